"""What waits for a leader to say yes or no, each with one press to its form."""

from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response

from api.paging import Cursor
from api.permission import Who
from api.resources import Needs
from api.retention import page as retention
from pages.staff.paged import PartNumber, skipped
from pages.staff.paged import part as part_of
from pages.staff.pressing import page_of, presses
from pages.staff.rendering import staff_page
from policy.access.file import RESTRICTION, REVIEW
from policy.deadlines import without_number
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.retention.record import State
from store import approvals
from store.approvals import ANSWERS, Asked, Waiting

routes = APIRouter(include_in_schema=False)

MOST: Final = 100
_RECORDS: Final = 20
"""Proposed to be erased, as many as are asked one by one whether they are shut to somebody."""


class Shown(Frozen):
    """`answers` are the forms for what it can be answered with; none where that is for another role."""

    waiting: Waiting
    page: str
    late: bool
    answers: tuple[tuple[str, str], ...]


@routes.get("/approvals")
async def shown(who: Who, needs: Needs, part: PartNumber = 1, records: Cursor = None) -> Response:
    """Of cases that the caller may see. Of who may see a case a manager is asked, of a case review too."""
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        asked = Asked(answers=ANSWERS, role=who.role, about_access=(RESTRICTION, REVIEW))
        waiting = await approvals.waiting(db, asked, MOST, skipped(part, MOST))
        shown = await part_of("/approvals", part, len(waiting), MOST, lambda: approvals.how_many(db, asked))
    proposed = await retention(who, needs, state=State.PROPOSED, cursor=records, limit=_RECORDS)
    return await staff_page(
        needs,
        who,
        "staff/approvals.html",
        "Approvals",
        of_us=[one.officer for one in waiting],
        waiting=[_shown(one, who.role, now) for one in waiting],
        records=proposed.records,
        next=proposed.next,
        part=shown,
    )


def _shown(one: Waiting, role: Role, now: datetime) -> Shown:
    matter = one.key if one.about == one.case_ref and one.key != without_number(one.key) else None
    asked = [fact for fact in one.met_by if fact in ANSWERS]
    answers = presses(one, asked, role, matter)
    return Shown(waiting=one, page=page_of(one, one.met_by), late=one.due <= now, answers=answers)
