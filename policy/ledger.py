"""What a recorded fact did to the deadlines: kept, kept but recorded late, late, moved, or newly owed."""

from datetime import datetime
from enum import StrEnum

from policy.deadlines import Deadline
from policy.facts import Entry
from policy.frozen import Frozen


class Ending(StrEnum):
    KEPT = "kept"
    RECORDED_LATE = "recorded_late"
    LATE = "late"
    WITHDRAWN = "withdrawn"


class Ended(Frozen):
    """A deadline that no longer stands, how it ended and by which fact."""

    deadline: Deadline
    ending: Ending
    by: str
    at: datetime
    recorded_at: datetime


def ended(before: list[Deadline], after: list[Deadline], entry: Entry) -> list[Ended]:
    """The deadlines that the entry ended. One that only moved to another date is withdrawn."""
    standing = {(d.key, d.due) for d in after}
    return [
        Ended(
            deadline=deadline,
            ending=_ending(deadline, entry),
            by=entry.fact.fact,
            at=entry.at,
            recorded_at=entry.recorded_at,
        )
        for deadline in before
        if (deadline.key, deadline.due) not in standing
    ]


def _ending(deadline: Deadline, entry: Entry) -> Ending:
    """Made in time but written down late counts as kept, and as recorded late; the miss stays on record."""
    if entry.fact.fact not in deadline.met_by:
        return Ending.WITHDRAWN
    if entry.at > deadline.due:
        return Ending.LATE
    return Ending.RECORDED_LATE if entry.recorded_at > deadline.due else Ending.KEPT
