"""Hate cases: all that are open, with what was perceived, the risk, who helps, last contact and what is owed."""

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.paged import PartNumber, skipped
from pages.staff.paged import part as part_of
from pages.staff.rendering import staff_page
from policy.company import called
from store import hate_cases
from store.open_beside import MOST

routes = APIRouter(include_in_schema=False)


@routes.get("/safety/hate")
async def shown(who: Who, needs: Needs, part: PartNumber = 1) -> Response:
    """Of the cases that the caller may see. What is due first stands first, so what is late before it. The title
    says nothing of hate: it stands in a browser's tab and history.
    """
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        found = await hate_cases.open_ones(db, skipped(part, MOST))
        here = await part_of("/safety/hate", part, len(found), MOST, lambda: hate_cases.how_many(db))
    return await staff_page(
        needs,
        who,
        "staff/hate_cases.html",
        "Community safety",
        of_us=[one.officer for one in found],
        cases=found,
        part=here,
        called=called,
        now=now,
    )
