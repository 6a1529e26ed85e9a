"""What a recorded fact did to the deadlines: newly owed, noticed as missed, kept, recorded late, late, moved."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from pydantic import AwareDatetime

from policy.company import AFFECTED, COMPLAINANT, VICTIMS
from policy.deadlines import OF_SOMEBODY, Deadline, bare_key, stem_of
from policy.facts.base import Role
from policy.facts.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.disability import DisabilityMeetingHeld
from policy.facts.disclosing import AgencyToldOfRefusal
from policy.facts.groups import GroupToldOfRefusal
from policy.facts.hearings import HearingHeld, When, WitnessSupported
from policy.facts.matters import Step
from policy.facts.parts import Part, PersonIdentified, PersonJoined, PersonLeft
from policy.facts.proceedings import Heard
from policy.facts.ruling import DeadlineMissed
from policy.facts.support import SupportOffered
from policy.frozen import Frozen
from policy.working_days import BACK, Counted, london_day

_AGAIN_AND_AGAIN: Final = frozenset({"regular-contact", "review"})


class Ending(StrEnum):
    KEPT = "kept"
    RECORDED_LATE = "recorded_late"
    LATE = "late"
    MISSED = "missed"
    """Can no longer be done: what it was owed before has happened without it."""
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


class NamedFact(Protocol):
    @property
    def fact(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Told(Protocol):
    """What was recorded, on a case or beside it: when it happened and when we learnt it."""

    @property
    def fact(self) -> NamedFact: ...
    @property
    def at(self) -> datetime: ...
    @property
    def recorded_at(self) -> datetime: ...


class Ended(Frozen):
    """How a deadline ended and by which fact. `at` is when that happened, `recorded_at` when we learnt it,
    `moved_to` the date that took its place where another fact moved it.
    """

    ending: Ending
    by: str
    at: AwareDatetime
    recorded_at: AwareDatetime
    moved_to: AwareDatetime | None = None


class Line(Frozen):
    """One occurrence of an obligation, as the ledger has it, named by key and `since`. Open while not `ended`."""

    deadline: Deadline
    noticed_at: datetime | None = None
    ended: Ended | None = None


def lines(before: list[Deadline], after: list[Deadline], entry: Told) -> list[Line]:
    """The lines that the entry changed. One that moved to another date ends there and is owed anew; at a matter's
    next stage something else is owed, and nothing has moved.
    """
    stood = {_same(d) for d in before}
    standing = {_same(d) for d in after}
    due_now = {(d.key, d.stage): d.due for d in after}
    gone = [_gone(d, due_now.get((d.key, d.stage)), entry) for d in before if _same(d) not in standing]
    new = [Line(deadline=d) for d in after if _same(d) not in stood]
    return gone + new + _restated(before, after) + _noticed(after, entry)


def _gone(deadline: Deadline, due_now: datetime | None, entry: Told) -> Line:
    """What can no longer be done is noticed as missed with that, where it had not been before."""
    ended = _ended(deadline, due_now, entry)
    noticed = (deadline.noticed_at or entry.recorded_at) if ended.ending is Ending.MISSED else None
    return Line(deadline=deadline, noticed_at=noticed, ended=ended)


def _same(deadline: Deadline) -> tuple[str, datetime, str | None]:
    """What is owed next on a matter is another thing, on the same day too."""
    return deadline.key, deadline.due, deadline.stage


def _restated(before: list[Deadline], after: list[Deadline]) -> list[Line]:
    """By the same day somebody else owes it now, or more of it is owed, or that day is counted in another way."""
    known = {_same(d): stated(d) for d in before}
    return [Line(deadline=d) for d in after if known.get(_same(d), stated(d)) != stated(d)]


def stated(deadline: Deadline) -> tuple[Role, str | None, str, Counted, tuple[str, ...]]:
    return deadline.owed_by, deadline.owner, deadline.owed, deadline.counted, deadline.met_by


def _noticed(after: list[Deadline], entry: Told) -> list[Line]:
    fact = entry.fact
    if not isinstance(fact, DeadlineMissed):
        return []
    missed = [d for d in after if d.key == fact.key and d.due == fact.due]
    return [Line(deadline=d, noticed_at=entry.recorded_at) for d in missed]


def _ended(deadline: Deadline, due_now: datetime | None, entry: Told) -> Ended:
    ending = _ending(deadline, entry)
    if ending is Ending.WITHDRAWN and due_now not in {None, deadline.due}:
        ending = Ending.MOVED
    return Ended(
        ending=ending,
        by=entry.fact.fact,
        at=entry.at,
        recorded_at=entry.recorded_at,
        moved_to=due_now if ending is Ending.MOVED else None,
    )


def _ending(deadline: Deadline, entry: Told) -> Ending:
    """Made in time but written down late counts as kept, and as recorded late; the miss stays on record."""
    if not _keeps(deadline, entry.fact):
        return Ending.MISSED if _happened_without_it(deadline, entry.fact) else Ending.WITHDRAWN
    if entry.at > deadline.due:
        return Ending.LATE
    return Ending.RECORDED_LATE if entry.recorded_at > deadline.due else Ending.KEPT


def _happened_without_it(deadline: Deadline, fact: NamedFact) -> bool:
    """Nobody is prepared for a hearing after it. (witness-care, section 4)"""
    match fact:
        case HearingHeld(matter=hearing):
            held = [hearing]
        case Heard():
            held = [key for key, day in fact.court_days().items() if day is not None and day.heard_at is not None]
        case _:
            held = []
    return any(deadline.key.startswith(f"hearing-{When.BEFORE}:{hearing}:") for hearing in held)


def _keeps(deadline: Deadline, fact: NamedFact) -> bool:
    """It is of a kind that does, and about the person to whom the deadline is owed, where it is to one."""
    stem, _, whose = bare_key(deadline.key).partition(":")
    if fact.fact not in deadline.met_by or stem not in OF_SOMEBODY:
        return fact.fact in deadline.met_by and _concerns(stem, fact)
    if isinstance(fact, WitnessSupported):
        return f"{stem}:{whose}" == f"hearing-{fact.when}:{fact.hearing}:{fact.person}"
    if isinstance(fact, AgencyToldOfRefusal | GroupToldOfRefusal):
        return whose == (fact.agency if isinstance(fact, AgencyToldOfRefusal) else fact.group)
    return not hasattr(fact, "person") or whose == (fact.person or COMPLAINANT)


def _concerns(stem: str, fact: NamedFact) -> bool:
    """What is owed to the victims, whoever they are, is not done for the other side or for another purpose."""
    match stem, fact:
        case "support-offer", SupportOffered(person=str(person)):
            return _part_of(person) in AFFECTED
        case "victim-found", PersonJoined() | PersonIdentified() | PersonLeft():
            return fact.key == Part.VICTIM
        case "police-withdrawal", ConsentGiven():
            return fact.purpose is Purpose.POLICE and _part_of(fact.person) in VICTIMS
        case "police-consent", ConsentAsked() | ConsentGiven() | ConsentRefused() | ConsentWithdrawn():
            return fact.purpose is Purpose.POLICE and _part_of(fact.person) in VICTIMS
    return True


def _part_of(key: str) -> str:
    """What they are called on the case begins with it."""
    return key.partition("-")[0]


def corrected(late: Iterable[Line], entry: Told) -> list[Line]:
    """Lines that ended late or missed and turn out kept: it had been done in time, and that was written down only
    now. What was missed may turn out to have been done late, too. Who agrees after all has told nobody of their
    no, and that one no was heard says nothing of another; of whom a meeting was owed no line says.
    """
    fact = entry.fact
    if isinstance(fact, Step | DisabilityMeetingHeld):
        return []
    if isinstance(fact, AgencyToldOfRefusal | GroupToldOfRefusal) and fact.about:
        return []
    found = [one for one in late if _keeps(one.deadline, fact) and _ends_better(one, fact.at)]
    if isinstance(fact, ConsentGiven):
        found = [one for one in found if stem_of(bare_key(one.deadline.key)) not in _OF_A_NO]
    return [
        one.model_copy(update={"ended": _ended(one.deadline, None, entry)})
        for one in found
        if _begun(one, fact.at)
    ]


_OF_A_NO: Final = frozenset({"police-withdrawal", "disclosure-refusal", "group-refusal"})


def _ends_better(line: Line, at: datetime) -> bool:
    missed = line.ended is not None and line.ended.ending is Ending.MISSED
    return missed or at <= line.deadline.due


def _begun(line: Line, at: datetime) -> bool:
    """What is owed again and again counts from the day after it was last done; what is counted back begins with
    nothing.
    """
    if line.deadline.counted.unit == BACK:
        return True
    day, start = london_day(at), line.deadline.counted.start
    return day > start or (day == start and line.deadline.key not in _AGAIN_AND_AGAIN)


MAY_TURN_OUT_BETTER: Final = frozenset({Ending.LATE, Ending.MISSED})


def place_of(line: Line) -> tuple[str, int]:
    """What names an occurrence on its case."""
    return line.deadline.key, line.deadline.since


def last_of_each(changed: Iterable[Line]) -> list[Line]:
    """One line an occurrence: its last state, with the moment it was noticed."""
    last: dict[tuple[str, int], Line] = {}
    for line in changed:
        place = place_of(line)
        known = line.noticed_at is not None or place not in last
        last[place] = line if known else line.model_copy(update={"noticed_at": last[place].noticed_at})
    return list(last.values())
