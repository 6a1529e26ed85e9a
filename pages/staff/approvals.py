"""What waits for a leader to say yes or no, each with one press to its form."""

from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response

from api.facts import RECORDED_HERE
from api.permission import Who
from api.resources import Needs
from api.retention import page as retention
from pages.staff.rendering import staff_page
from policy.access.file import RESTRICTION, REVIEW
from policy.deadlines import without_number
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.headings import heading_of_kind
from policy.permissions import may_record
from policy.retention.record import State
from store import approvals
from store.approvals import Waiting

routes = APIRouter(include_in_schema=False)

ANSWERS: Final = frozenset(
    {
        *("closure_approved", "closure_declined"),
        *("warning_approved", "warning_declined"),
        *("surveillance_authorised", "surveillance_refused"),
        *("publicity_approved", "publicity_declined"),
        *("team_reviewed", "threshold_decided", "review_decided"),
    }
)
"""Facts that answer what somebody asked a leader."""
MOST: Final = 100
_RECORDS: Final = 20
"""Proposed to be erased, as many as are asked one by one whether they are shut to somebody."""


class Shown(Frozen):
    """`answers` are the forms for what it can be answered with; none where it is answered elsewhere."""

    waiting: Waiting
    late: bool
    answers: tuple[tuple[str, str], ...]


@routes.get("/approvals")
async def shown(who: Who, needs: Needs) -> Response:
    """Of cases that the caller may see. Of who may see a case a manager is asked, of a case review too."""
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        waiting = await approvals.waiting(db, ANSWERS, who.role, (RESTRICTION, REVIEW), MOST)
    records = await retention(who, needs, state=State.PROPOSED, limit=_RECORDS)
    return await staff_page(
        needs,
        who,
        "staff/approvals.html",
        "Approvals",
        waiting=[_shown(one, who.role, now) for one in waiting],
        records=records.records,
        more=records.next is not None,
        most=MOST if len(waiting) == MOST else None,
    )


def _shown(one: Waiting, role: Role, now: datetime) -> Shown:
    if one.key.startswith((RESTRICTION, REVIEW)):
        taken = one.key.removeprefix(REVIEW) if one.key.startswith(REVIEW) else ""
        form = f"/access-review/{one.about}{'?taken=' + taken if taken else ''}"
        return Shown(waiting=one, late=one.due <= now, answers=((form, "Look at the reason"),))
    here = one.about == one.case_ref
    matter = f"?matter={one.key}" if one.key != without_number(one.key) else ""
    answers = tuple(
        (f"/cases/{one.about}/record/{fact}{matter}", heading_of_kind(fact))
        for fact in one.met_by
        if here and fact in ANSWERS and fact in RECORDED_HERE and may_record(role, fact)
    )
    return Shown(waiting=one, late=one.due <= now, answers=answers)
