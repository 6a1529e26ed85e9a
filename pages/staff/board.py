"""The board: what waits for somebody, whose cases are open, what is due when, and where they stand."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.rendering import staff_page
from policy.permissions import Action, may
from policy.working_days import LONDON, london_day
from store import board
from store.board import Until

routes = APIRouter(include_in_schema=False)

WAITING: Final = {
    "no_officer": "Cases that no officer has",
    "not_begun": "Reports whose case is only being started",
    "no_case": "Files of which nobody has said what they are",
}
DUE: Final = {
    "late": "Late",
    "today": "Today",
    "week": "In the next seven days",
    "later": "Later",
    "none": "Nothing has a day",
}


@routes.get("/board")
async def shown(who: Who, needs: Needs) -> Response:
    """Of the cases that the caller may see, as recorded."""
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        officers, stages = await board.by_officer(db, now), await board.by_stage(db, now)
        due, waiting = await board.by_due(db, until(now)), await board.waiting(db)
    return await staff_page(
        needs,
        who,
        "staff/board.html",
        "Board",
        of_us=[one.officer for one in officers],
        officers=officers,
        stages=stages,
        due=[(called, due[key]) for key, called in DUE.items() if key in due],
        waiting=[(WAITING[one.what], one) for one in waiting],
        leads=may(who.role, Action.LEAD_TEAM),
        now=now,
    )


def until(now: datetime) -> Until:
    today = london_day(now)
    ends = [datetime.combine(today + timedelta(days=days), time(), LONDON) for days in (1, 8)]
    return Until(now=now, today=ends[0], week=ends[1])
