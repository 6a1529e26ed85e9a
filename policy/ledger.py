"""What a recorded fact did to the deadlines: newly owed, noticed as missed, kept, recorded late, late, moved."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime

from policy.deadlines import Deadline
from policy.facts import Entry
from policy.facts.ruling import DeadlineMissed
from policy.frozen import Frozen


class Ending(StrEnum):
    KEPT = "kept"
    RECORDED_LATE = "recorded_late"
    LATE = "late"
    WITHDRAWN = "withdrawn"


class Ended(Frozen):
    """How a deadline ended and by which fact. `at` is when that happened, `recorded_at` when we learnt it."""

    ending: Ending
    by: str
    at: AwareDatetime
    recorded_at: AwareDatetime


class Line(Frozen):
    """One occurrence of an obligation, as the ledger has it. Open while `ended` is None."""

    deadline: Deadline
    noticed_at: datetime | None = None
    ended: Ended | None = None


def lines(before: list[Deadline], after: list[Deadline], entry: Entry) -> list[Line]:
    """The lines that the entry changed. A deadline that only moved to another date is withdrawn and owed anew."""
    stood = {(d.key, d.due) for d in before}
    standing = {(d.key, d.due) for d in after}
    gone = [Line(deadline=d, ended=_ended(d, entry)) for d in before if (d.key, d.due) not in standing]
    new = [Line(deadline=d) for d in after if (d.key, d.due) not in stood]
    return gone + new + _noticed(after, entry)


def _noticed(after: list[Deadline], entry: Entry) -> list[Line]:
    fact = entry.fact
    if not isinstance(fact, DeadlineMissed):
        return []
    missed = [d for d in after if d.key == fact.key and d.due == fact.due]
    return [Line(deadline=d, noticed_at=entry.recorded_at) for d in missed]


def _ended(deadline: Deadline, entry: Entry) -> Ended:
    return Ended(ending=_ending(deadline, entry), by=entry.fact.fact, at=entry.at, recorded_at=entry.recorded_at)


def _ending(deadline: Deadline, entry: Entry) -> Ending:
    """Made in time but written down late counts as kept, and as recorded late; the miss stays on record."""
    if entry.fact.fact not in deadline.met_by:
        return Ending.WITHDRAWN
    if entry.at > deadline.due:
        return Ending.LATE
    return Ending.RECORDED_LATE if entry.recorded_at > deadline.due else Ending.KEPT


def last_of_each(changed: Sequence[Line]) -> list[Line]:
    """One line an occurrence: its last state, with the moment it was noticed."""
    last: dict[tuple[str, datetime], Line] = {}
    for line in changed:
        place = (line.deadline.key, line.deadline.due)
        noticed = line.noticed_at or (last[place].noticed_at if place in last else None)
        last[place] = line.model_copy(update={"noticed_at": noticed})
    return list(last.values())
