"""Open cases in numbers, by team, officer, category, ward or seriousness. (timescales-monitored)"""

from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response

from api.counts import counted
from api.permission import Who
from api.resources import Needs
from pages.staff.rendering import staff_page
from store.live_counts import By

routes = APIRouter(include_in_schema=False)

SORTED: Final = {
    By.TEAM: ("By team", "No team"),
    By.OFFICER: ("By officer", "Nobody yet"),
    By.CATEGORY: ("By category", "Not said yet"),
    By.WARD: ("By ward", "No ward"),
    By.SERIOUSNESS: ("By seriousness", ""),
}
"""What each is called, and what stands there where there is nothing."""


@routes.get("/counts")
async def shown(who: Who, needs: Needs, by: By = By.TEAM) -> Response:
    """Of the cases that the caller may see, as recorded."""
    async with needs.store.reading() as db:
        counts = await counted(db, by, datetime.now(UTC))
    return await staff_page(
        needs,
        who,
        "staff/counts.html",
        "Counts",
        of_us=[one.by for one in counts.sorted] if by is By.OFFICER else [],
        counts=counts,
        by=by,
        ways_to_sort=[(one, called) for one, (called, _) in SORTED.items()],
        called=SORTED[by][0],
        nothing=SORTED[by][1],
    )
