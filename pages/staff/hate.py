"""Hate cases: all that are open, with what was perceived, the risk, who helps, last contact and what is owed."""

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.rendering import staff_page
from policy.company import called
from store import hate_cases
from store.open_beside import MOST

routes = APIRouter(include_in_schema=False)


@routes.get("/safety/hate")
async def shown(who: Who, needs: Needs) -> Response:
    """Of the cases that the caller may see. What is due first stands first, so what is late before it. The title
    says nothing of hate: it stands in a browser's tab and history.
    """
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        found = await hate_cases.open_ones(db)
    return await staff_page(
        needs,
        who,
        "staff/hate_cases.html",
        "Community safety",
        cases=found,
        most=MOST if len(found) == MOST else None,
        called=called,
        now=now,
    )
