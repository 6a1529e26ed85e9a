"""Hearings and meetings by day, and the address at which a calendar program fetches them."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.permission import Who
from api.problems import problem
from api.resources import Needs
from pages.form import Form
from pages.staff.recording.form import key_in
from pages.staff.rendering import staff_page
from policy.permissions import Action, may
from runtime.tokens import calendar_address
from store import calendar_addresses, hearings
from store.open_beside import MOST

routes = APIRouter(include_in_schema=False)


@routes.get("/safety/hearings")
async def shown(who: Who, needs: Needs) -> Response:
    """Of the cases that the caller may see; their calendar's address to nobody but them."""
    now, sees_cases = datetime.now(UTC), may(who.role, Action.LIST_CASES)
    async with needs.store.reading() as db:
        ahead = await hearings.all_of(db, now, hearings.ahead(now, MOST), of_cases=sees_cases)
        past = await hearings.all_of(db, now, hearings.past(now, MOST), of_cases=sees_cases)
        mine = await calendar_addresses.of(db, who.id, now)
    return await staff_page(
        needs,
        who,
        "staff/hearings.html",
        "Hearings and meetings",
        ahead=ahead,
        past=past,
        most=MOST,
        back=hearings.SHOWN_BACK.days,
        mine=mine,
        address=calendar_address(needs.settings, mine.id, mine.until) if mine else None,
        rests_after=calendar_addresses.RESTS_AFTER.days,
        sees_cases=sees_cases,
        key=str(uuid4()),
    )


@routes.post("/safety/hearings")
async def of_mine(form: Form, who: Who, needs: Needs) -> Response:
    """A new address, which ends the one before, or the end of it. Pressed twice it is done once."""
    now, wanted = datetime.now(UTC), form.get("do", [""])[0]
    if wanted not in {"make", "end"}:
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "Make a new address, or end yours.")
    async with needs.store.writing() as db:
        if wanted == "end":
            await calendar_addresses.revoke(db, who.id, now)
        elif not await calendar_addresses.make(db, who.id, key_in(form), now):
            detail = (
                "Sign in with your browser first, at /sign-in: a calendar is for somebody whom we know by that."
            )
            raise problem(HTTPStatus.CONFLICT, "never-signed-in", detail)
    return RedirectResponse("/safety/hearings#calendar", HTTPStatus.SEE_OTHER)
