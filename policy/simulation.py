"""Dated entries through the policy on a virtual clock, taken as a case's workflow takes them.

Order at one moment is the loop's: first what was told, then what fell due, then letters, then the night's check.
The end of an outage is a moment of its own and comes before anything told at that moment; a check that the outage
kept from running runs then, once.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from pydantic import AwareDatetime, model_validator

from policy import audit, folding, rules
from policy.case_file import CaseFile
from policy.deadlines import Deadline, SetAside, clocks_set_aside, deadlines
from policy.duties import Outcome, SendLetter, came_of, duties
from policy.editions import of
from policy.facts import SYSTEM, CaseFact, Entry
from policy.facts.people import Means
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.facts.ruling import DeadlineMissed
from policy.frozen import Frozen
from policy.ledger import Ending, Line, corrected, last_of_each, lines, place_of
from policy.refusals import Refusal, Refused
from policy.standing import Standing, standing


class Outage(Frozen):
    """Nothing carries the case on from `since` until just before `until`."""

    since: AwareDatetime
    until: AwareDatetime

    @model_validator(mode="after")
    def _ends(self) -> "Outage":
        if self.until <= self.since:
            raise ValueError("an outage ends after it began")
        return self

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment < self.until


class Taken(Frozen):
    """An entry, when the case took it, and the case after it. `lines` are the ledger's lines that it changed."""

    entry: Entry
    at: AwareDatetime
    file: CaseFile
    lines: tuple[Line, ...]


class TurnedAway(Frozen):
    """An entry that the policy refused. Nothing has changed."""

    entry: Entry
    refusal: Refusal


class Played(Frozen):
    """What became of a case, from its opening until the clock stopped."""

    opening: CaseFile
    taken: tuple[Taken, ...]
    refused: tuple[TurnedAway, ...]
    stopped_at: AwareDatetime

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The timeline."""
        return tuple(taken.entry for taken in self.taken)

    @property
    def file(self) -> CaseFile:
        return self.taken[-1].file if self.taken else self.opening

    @property
    def standing(self) -> Standing:
        return standing(self.file, of(self.file.edition))

    def file_at(self, moment: datetime) -> CaseFile:
        """The case as it stood when everything taken up to the moment had been taken."""
        known = [taken.file for taken in self.taken if taken.at <= moment]
        return known[-1] if known else self.opening

    def deadlines_at(self, moment: datetime) -> list[Deadline]:
        file = self.file_at(moment)
        return deadlines(file, of(file.edition))

    def ledger(self) -> list[Line]:
        """Every occurrence of every deadline in its last state, in the order in which they came up."""
        return last_of_each(list(chain.from_iterable(taken.lines for taken in self.taken)))

    def flagged(self) -> list[Line]:
        """What we were noticed to miss, did late, or wrote down late. What residents leave undone is no miss."""
        wrong = (Ending.LATE, Ending.RECORDED_LATE)
        ours = (line for line in self.ledger() if line.deadline.ours)
        return [line for line in ours if line.noticed_at or (line.ended and line.ended.ending in wrong)]

    def set_aside(self) -> list[SetAside]:
        """Every clock that was ever set aside, once for each reason."""
        files = (taken.file for taken in self.taken)
        found = chain.from_iterable(clocks_set_aside(file, of(file.edition)) for file in files)
        return list(dict.fromkeys(found))


def simulate(
    opening: CaseFile,
    entries: Sequence[Entry],
    *,
    outage: Outage | None = None,
    until: datetime,
) -> Played:
    """Plays entries, given in the order in which they were recorded; the clock then runs on to `until`."""
    case = _Case(opening, outage)
    for entry in entries:
        case.tell(entry)
    case.run_on(until)
    return case.played(until)


def replayed(
    opening: CaseFile,
    entries: Sequence[Entry],
    refused: Sequence[TurnedAway],
    *,
    outage: Outage | None = None,
    until: datetime,
) -> Played:
    """The same account of a timeline that was recorded elsewhere."""
    case = _Case(opening, outage)
    for entry in entries:
        case.record(entry, case.awake(entry.recorded_at))
    case.refused = list(refused)
    return case.played(until)


class _Case:
    def __init__(self, opening: CaseFile, outage: Outage | None) -> None:
        self.opening = self.file = opening
        self.outage = outage
        self.held: list[Entry] = []
        self.taken: list[Taken] = []
        self.ledger: dict[tuple[str, int], Line] = {}
        self.refused: list[TurnedAway] = []
        self.timeline = audit.Timeline()
        self.night: datetime | None = None
        self.owed = self._deadlines()

    def played(self, stopped_at: datetime) -> Played:
        return Played(
            opening=self.opening, taken=tuple(self.taken), refused=tuple(self.refused), stopped_at=stopped_at
        )

    def tell(self, entry: Entry) -> None:
        """What is told in an outage is kept and reaches the case at its end."""
        now = entry.recorded_at
        self._run_to(now)
        if self.outage and self.outage.holds(now):
            self.held.append(entry)
            return
        self._offer(entry, now)
        self._settle(now)

    def run_on(self, until: datetime) -> None:
        self._run_to(until)
        if not (self.outage and self.outage.holds(until)):
            self._settle(until)

    def _run_to(self, now: datetime) -> None:
        """Wakes the case at each moment before `now` at which something fell due, and when an outage ends."""
        while (moment := self._next_moment()) is not None and moment < now:
            self._wake(moment)
        if self.outage and self.outage.until == now:
            self._wake(now)

    def _next_moment(self) -> datetime | None:
        due = [self.awake(d.due) for d in self.owed if not d.noticed][:1]
        released = [self.outage.until] if self.outage and self.held else []
        night = [self.awake(self.night)] if self.night and self.file.closed_at is None else []
        return min(due + released + night, default=None)

    def awake(self, moment: datetime) -> datetime:
        return self.outage.until if self.outage and self.outage.holds(moment) else moment

    def _wake(self, now: datetime) -> None:
        held, self.held = self.held, []
        for entry in held:
            self._offer(entry, now)
        self._settle(now)
        if self.night is not None and self.night <= now:
            self._look(now)

    def _look(self, now: datetime) -> None:
        """The night's check."""
        self.night = audit.night_after(now, of(self.file.edition))
        for fact in audit.findings(self.file, self.timeline, now, of(self.file.edition)):
            self._record_own(fact.pattern, fact, now)

    def _settle(self, now: datetime) -> None:
        self._notice(now)
        while owed := duties(self.file):
            for duty in owed:
                self._record_own(duty.key, came_of(duty, _outcome(duty), now), now)
            self._notice(now)

    def _notice(self, now: datetime) -> None:
        for d in self.owed:
            if d.due <= now and not d.noticed:
                self._record_own(d.key, DeadlineMissed(at=d.due, key=d.key, row=d.row, due=d.due), now)

    def _offer(self, entry: Entry, now: datetime) -> None:
        try:
            if isinstance(entry.fact, ReportReceived | IncidentReported):
                rules.taken_as_told(entry, of(self.file.edition))
            if self.taken or not isinstance(entry.fact, ReportReceived):
                rules.check(self.file, entry, of(self.file.edition))
        except Refused as refused:
            self.refused.append(TurnedAway(entry=entry, refusal=refused.refusal))
        else:
            self.record(entry, now)

    def _record_own(self, about: str, fact: CaseFact, now: datetime) -> None:
        id_ = f"{fact.fact}:{about}:{self.file.seq + 1}"
        self.record(Entry(id=id_, by=SYSTEM, recorded_at=now, fact=fact), now)

    def record(self, entry: Entry, now: datetime) -> None:
        before = self.owed
        self.file = folding.after(self.file, entry, of(self.file.edition))
        self.owed = self._deadlines()
        late = [line for line in self.ledger.values() if line.ended and line.ended.ending is Ending.LATE]
        changed = (*lines(before, self.owed, entry), *corrected(late, entry))
        known = (self.ledger[place] for place in map(place_of, changed) if place in self.ledger)
        self.ledger |= {place_of(line): line for line in last_of_each((*known, *changed))}
        self.taken.append(Taken(entry=entry, at=now, file=self.file, lines=changed))
        self.timeline.add(audit.told(self.file.seq, entry))
        self.night = self.night or audit.night_after(now, of(self.file.edition))

    def _deadlines(self) -> list[Deadline]:
        return deadlines(self.file, of(self.file.edition))


def _outcome(duty: SendLetter) -> Outcome:
    """On a good day: mail goes at once, what is posted waits for somebody to post it."""
    return Outcome.SENT if duty.means is Means.EMAIL and not duty.by_hand else Outcome.READY_TO_POST


def told_in_an_outage(entry: Entry) -> bool:
    """Whether this can be told while the case cannot answer. Everything else waits for the case's yes or no."""
    return isinstance(entry.fact, ReportReceived | IncidentReported)
