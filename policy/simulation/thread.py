"""One file as its workflow carries it on: it takes entries, and notices what was missed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from policy.deadlines import Deadline
from policy.facts.base import Fact, Recorded
from policy.facts.ruling import DeadlineMissed
from policy.file import File
from policy.ledger import MAY_TURN_OUT_BETTER, Line, corrected, last_of_each, lines, place_of
from policy.refusals import Refused
from policy.rulebook import Rulebook
from policy.simulation.played import Taken, TurnedAway

F = TypeVar("F", bound=File)
E = TypeVar("E", bound=Recorded[Any])


class Thread(Generic[F, E]):
    def __init__(self, rulebook: Rulebook[F, E], opening: F) -> None:
        self.rulebook = rulebook
        self.opening = self.file = opening
        self.taken: list[Taken[F, E]] = []
        self.refused: list[TurnedAway[E]] = []
        self.ledger: dict[tuple[str, int], Line] = {}
        self.owed = rulebook.deadlines(opening)
        self.next_due = _next(self.owed)

    def offer(self, entry: E, now: datetime) -> None:
        try:
            self.check(entry)
        except Refused as refused:
            self.refused.append(TurnedAway(entry=entry, refusal=refused.refusal))
        else:
            self.record(entry, now)

    def check(self, entry: E) -> None:
        self.rulebook.check(self.file, entry)

    def observe(self, about: str, fact: Fact, now: datetime) -> None:
        """What comes from outside. Where the rules do not take it, nothing changes."""
        entry = self._own(about, fact, now)
        try:
            self.check(entry)
        except Refused:
            return
        self.record(entry, now)

    def record_own(self, about: str, fact: Fact, now: datetime) -> None:
        self.record(self._own(about, fact, now), now)

    def _own(self, about: str, fact: Fact, now: datetime) -> E:
        return self.rulebook.own(f"{fact.fact}:{about}:{self.file.seq + 1}", fact, now)

    def record(self, entry: E, now: datetime) -> None:
        before = self.owed
        self.file, self.owed = self.rulebook.after_and_owed(self.file, entry)
        self.next_due = _next(self.owed)
        late = [line for line in self.ledger.values() if line.ended and line.ended.ending in MAY_TURN_OUT_BETTER]
        changed = (*lines(before, self.owed, entry), *corrected(late, entry))
        known = (self.ledger[place] for place in map(place_of, changed) if place in self.ledger)
        self.ledger |= {place_of(line): line for line in last_of_each((*known, *changed))}
        self.taken.append(Taken(entry=entry, at=now, file=self.file, lines=changed))

    def notice(self, now: datetime) -> None:
        for d in self.owed:
            if d.due <= now and not d.noticed:
                self.record_own(d.key, DeadlineMissed(at=d.due, key=d.key, row=d.row, due=d.due), now)


def _next(owed: Sequence[Deadline]) -> datetime | None:
    return next((one.due for one in owed if not one.noticed), None)
