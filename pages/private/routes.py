"""The page of a private link, which asks for the second fact, and one's own case behind it."""

import hmac
import secrets
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.resources import Needs, Resources
from pages.form import Form
from pages.private.own_case import own_case
from pages.private.telling import ways
from pages.private.visiting import VISITING, Linked, OnMyCase, Opened, known_of, locked_now, opened
from pages.rendering import page
from policy.deadlines import Deadline
from policy.editions import of
from policy.facts.base import Role
from policy.private_links import Asks, LinkPurpose, SecondFact
from policy.rows import section_of
from policy.working_days import working_days_after
from store import private_links
from store.private_links import What

routes = APIRouter(include_in_schema=False)

_LEADS_TO: Final = {
    LinkPurpose.MY_CASE: "/my-case",
    LinkPurpose.DIARY: "/diary",
    LinkPurpose.QUESTIONNAIRE: "/questions",
}
_ROW: Final = "needs-met"
_ASKED: Final = {
    Asks.PHONE: ("What are the last four digits of your telephone number?", "Write the last four digits"),
    Asks.POSTCODE: ("What is your postcode?", "Write your postcode, such as TN13 1AA"),
}


@routes.get("/l/{token}")
async def ask(token: str, there: Linked, needs: Needs) -> Response:
    """Changes nothing and shows nothing of anybody: programs that look into mail follow links, too."""
    async with needs.everything.writing() as db:
        await private_links.note(db, there.link.id, What.OPENED, datetime.now(UTC))
        known = await known_of(db, there)
    return _asked(needs, token, known)


@routes.post("/l/{token}")
async def answer(token: str, there: Linked, form: Form, needs: Needs) -> Response:
    """To an address without the token, where it was right. Guesses wait for each other."""
    typed, now = form.get("answer", [""])[0], datetime.now(UTC)
    secret = secrets.token_urlsafe(32)
    async with needs.everything.writing() as db:
        there = await opened(db, await private_links.lock(db, there.link.id))
        known = await known_of(db, there)
        if known is None or not known.is_a_guess(typed):
            return _asked(needs, token, known, wrong=_ASKED[known.asks][1] if known else "")
        right = hmac.compare_digest(known.as_given(typed).encode(), known.answer.encode())
        if right:
            await private_links.answered_right(db, there.link, secret, now)
        else:
            left = await private_links.answered_wrong(db, there.link, _look_into_it(there, now), now)
    if right:
        gone_on = RedirectResponse(_LEADS_TO[there.link.purpose], HTTPStatus.SEE_OTHER)
        VISITING.give(needs.settings, gone_on, secret)
        return gone_on
    if not left:
        raise locked_now()
    how = _ASKED[known.asks][1]
    tries = "You can try once more" if left == 1 else f"You can try {left} more times"
    return _asked(needs, token, known, wrong=f"That is not what we have. {how}, or ring us. {tries}")


@routes.get("/my-case")
async def my_case(there: OnMyCase, needs: Needs) -> Response:
    async with needs.everything.writing() as db:
        now = datetime.now(UTC)
        await private_links.note(db, there.link.id, What.SEEN, now)
        own = await own_case(db, there.file, there.link.person, now)
    return page(needs.settings, "private/my_case.html", "Where things stand", own=own, ways=ways(there))


def _asked(needs: Resources, token: str, known: SecondFact | None, wrong: str = "") -> Response:
    heading = _ASKED[known.asks][0] if known is not None else "Please ring us"
    return page(
        needs.settings,
        "private/link.html",
        f"{'Error: ' if wrong and known else ''}One question first",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong and known else HTTPStatus.OK,
        heading=heading,
        asks=known and known.asks,
        token=token,
        wrong=wrong,
    )


def _look_into_it(there: Opened, now: datetime) -> Deadline:
    """What the case's officer owes once somebody has guessed too often."""
    edition = of(there.file.edition)
    due = working_days_after(now, 1, there.file.closure_days, edition.office.closes)
    return Deadline(
        key=f"private-link:{there.link.id}",
        since=there.file.seq,
        row=_ROW,
        section=section_of(_ROW),
        edition=edition.name,
        owed_by=Role.OFFICER,
        owed="Ask them whether they tried to open their private link, and end it or give them another",
        due=due.moment,
        counted=due.counted,
        met_by=(),
    )
