"""The board: whose cases are open, how many are late, and where they stand."""

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.rendering import staff_page
from store import board

routes = APIRouter(include_in_schema=False)


@routes.get("/board")
async def shown(who: Who, needs: Needs) -> Response:
    """Of the cases that the caller may see."""
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        officers, stages = await board.by_officer(db, now), await board.by_stage(db, now)
    return await staff_page(needs, who, "staff/board.html", "Board", officers=officers, stages=stages, now=now)
