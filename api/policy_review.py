"""The policy's own review: when it is due, who sees to it, and what came of it. (policy-review)"""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter
from pydantic import AwareDatetime

from api.border import Body, Key, noted, schema_of
from api.journal import JournalRecorded, may, named, one_of
from api.permission import By
from api.places import counting
from api.resources import Needs
from policy.deadlines import Deadline
from policy.editions import in_force_on
from policy.frozen import Frozen
from policy.own_review.facts import (
    OwnedBy,
    PolicyReviewBroughtForward,
    PolicyReviewed,
    PolicyReviewOwnerNamed,
)
from policy.own_review.file import ID, ReviewOfPolicy
from policy.working_days import london_day
from store import journal, policy_review
from store.journal import HistoryLine

routes = APIRouter(tags=["policy-review"])

RECORDED_HERE: Final = named(PolicyReviewOwnerNamed, PolicyReviewBroughtForward, PolicyReviewed)
_FACT: Final = one_of(RECORDED_HERE)
_HAPPENED: Final[dict[str, Any]] = {
    "the law changes": {
        "value": {
            "fact": "policy_review_brought_forward",
            "to": "2027-03-01",
            "reasons": "The Act that changes grounds for possession comes into force in May.",
        }
    },
    "reviewed": {
        "value": {"fact": "policy_reviewed", "came_of_it": "unchanged", "words": "It says what we do."},
    },
}


class PolicyReviewTold(Frozen):
    """`deadlines` are owed now: from the reminder on, and what went up to managers once the day had passed."""

    due: Deadline
    owned_by: OwnedBy
    owner: str | None
    reviewed_at: AwareDatetime | None
    deadlines: tuple[Deadline, ...]
    history: tuple[HistoryLine, ...]


@routes.get("/policy-review", summary="When our policy is reviewed next")
async def told(needs: Needs) -> PolicyReviewTold:
    """By whom, how that day was counted, and all that was recorded of it."""
    file = await standing(needs)
    async with needs.store.reading() as db:
        history = await journal.history(db, ID)
    return PolicyReviewTold(
        due=file.due,
        owned_by=file.owned_by,
        owner=file.owner,
        reviewed_at=file.reviewed_at,
        deadlines=tuple(file.owed.values()),
        history=tuple(history),
    )


@routes.post(
    "/policy-review/facts",
    summary="Record what happened to the review of our policy",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(_FACT, _HAPPENED),
)
async def record(body: Body, key: Key, by: By, needs: Needs) -> JournalRecorded:
    """Who sees to it, that it comes forward, or what came of it."""
    may(by.role, body, RECORDED_HERE)
    note = noted(_FACT, body, key, by, about=ID)
    async with needs.store.writing() as db:
        seq = await policy_review.record(db, note, counting(needs, note.recorded_at))
    return JournalRecorded(id=ID, seq=seq, fact_id=key)


async def standing(needs: Needs) -> ReviewOfPolicy:
    async with needs.everything.reading() as db:
        return await policy_review.file_of(db, in_force_on(london_day(datetime.now(UTC))))
