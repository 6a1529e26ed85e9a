"""A case on a virtual clock, with what is carried on beside it: each step as its workflow takes it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from policy import audit, rules
from policy.case import CASE
from policy.case_file import CaseFile
from policy.deadlines import without_number
from policy.duties import Begin, Duty, Outcome, SendLetter, Tell, came_of, duties, goes_from
from policy.editions import of
from policy.facts import Entry
from policy.facts.base import Actor, Fact, Recorded
from policy.facts.people import Means
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.procedures.base import first_id
from policy.simulation.beside import Beside, asked_for
from policy.simulation.outage import Outage
from policy.simulation.played import Played
from policy.simulation.thread import Thread

_DAY: Final = timedelta(days=1)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ToldBeside:
    """An entry of what is carried on beside the case as the matter `on`."""

    on: str
    entry: Recorded[Any]

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def by(self) -> Actor:
        return self.entry.by

    @property
    def at(self) -> datetime:
        return self.entry.at

    @property
    def recorded_at(self) -> datetime:
        return self.entry.recorded_at

    @property
    def fact(self) -> Fact:
        fact: Fact = self.entry.fact
        return fact


Happening = Entry | ToldBeside


class LivedCase(Thread[CaseFile, Entry]):
    def __init__(self, opening: CaseFile, outage: Outage | None, unreachable: Collection[str] = ()) -> None:
        super().__init__(CASE, opening)
        self.outage = outage
        self.unreachable = unreachable
        self.held: list[Entry] = []
        self.timeline = audit.Timeline()
        self.night: datetime | None = None
        self.settled: tuple[int, ...] = ()
        self.waits_until: datetime | None = None
        self.beside: dict[str, Beside] = {}

    def played(self, stopped_at: datetime) -> Played:
        return Played(
            rulebook=CASE,
            opening=self.opening,
            taken=tuple(self.taken),
            refused=tuple(self.refused),
            stopped_at=stopped_at,
            beside={matter: each.played(stopped_at) for matter, each in self.beside.items()},
        )

    def tell(self, told: Happening) -> None:
        """What is told in an outage is kept and reaches the case at its end."""
        now = told.recorded_at
        self._run_to(now)
        if isinstance(told, ToldBeside):
            if told.on not in self.beside:
                self.beside[told.on] = Beside(without_number(told.on), asked_for(told.on, self.file))
            self.beside[told.on].offer(told.entry, now)
        elif self.outage and self.outage.holds(now):
            self.held.append(told)
            return
        else:
            self.offer(told, now)
        self._settle(now)

    def run_on(self, until: datetime) -> None:
        self._run_to(until)
        if not (self.outage and self.outage.holds(until)):
            self._settle(until)

    def _run_to(self, now: datetime) -> None:
        """Wakes the case at each moment before `now` at which something fell due, and when an outage ends."""
        while (moment := self._next_moment()) is not None and moment < now:
            self._wake(moment, now)
        if self.outage and self.outage.until == now:
            self._wake(now, now)

    def _next_moment(self) -> datetime | None:
        due = [] if self._due() is _NEVER else [self.awake(self._due())]
        released = [self.outage.until] if self.outage and self.held else []
        night = [self.awake(self.night)] if self.night and self.file.closed_at is None else []
        return min(due + released + night, default=None)

    def awake(self, moment: datetime) -> datetime:
        return self.outage.until if self.outage and self.outage.holds(moment) else moment

    def _wake(self, now: datetime, until: datetime) -> None:
        held, self.held = self.held, []
        for entry in held:
            self.notice(now)  # what fell due before the case hears of anything else was missed
            self.offer(entry, now)
        if self.settled != self._how_far() or self._due() <= now:
            self._settle(now)
        if self.night is not None and self.night <= now:
            self._look(now, until)

    def _look(self, now: datetime, until: datetime) -> None:
        """The night's check. Of nights in which nothing would be found as long as nothing happens it is the only
        one.
        """
        edition = of(self.file.edition)
        last = self._last_night_before(min(self._due(), until))
        if last > now and audit.is_quiet(self.file, self.timeline, now, last, edition):
            self.night = audit.night_after(last, edition)
            return
        self.night = audit.night_after(now, edition)
        for fact in audit.findings(self.file, self.timeline, now, edition):
            self.record_own(fact.pattern, fact, now)

    def _last_night_before(self, moment: datetime) -> datetime:
        edition = of(self.file.edition)
        last = audit.night_after(moment - _DAY, edition)
        return last if last < moment else audit.night_after(moment - 2 * _DAY, edition)

    def _due(self) -> datetime:
        """The next moment at which something falls due, or is to be done."""
        coming = (self.waits_until, *(each.next_due for each in (self, *self.beside.values())))
        return min((moment for moment in coming if moment is not None), default=_NEVER)

    def _settle(self, now: datetime) -> None:
        """Until nobody has anything to do or to say at this moment."""
        self.notice(now)
        while owed := [duty for duty in duties(self.file) if goes_from(duty, now) <= now]:
            for duty in owed:
                self.record_own(duty.key, came_of(duty, self._performed(duty, now), now), now)
            self.notice(now)
        self.waits_until = min((goes_from(duty, now) for duty in duties(self.file)), default=None)
        news = [fact for each in self.beside.values() for fact in each.settled(self.file, now)]
        for fact in news:
            self.observe(fact.fact, fact, now)
        if news:
            self._settle(now)
        self.settled = self._how_far()

    def _how_far(self) -> tuple[int, ...]:
        """Of everything here, how much has been recorded."""
        return self.file.seq, *(each.file.seq for each in self.beside.values())

    def _performed(self, duty: Duty, now: datetime) -> Outcome:
        match duty:
            case SendLetter():
                return _sent(duty)
            case Begin():
                self.beside[duty.key] = begun = Beside(duty.kind, duty.opening, self.unreachable)
                begun.record(begun.rulebook.own(first_id(duty.opening), duty.begins, now), now)
            case Tell():
                self.beside[duty.key].observe(duty.news.fact, duty.news.model_copy(update={"at": now}), now)
        return Outcome.TOLD

    def check(self, entry: Entry) -> None:
        if isinstance(entry.fact, ReportReceived | IncidentReported):
            rules.taken_as_told(entry, of(self.file.edition))
        if self.taken or not isinstance(entry.fact, ReportReceived):
            super().check(entry)

    def record(self, entry: Entry, now: datetime) -> None:
        super().record(entry, now)
        self.timeline.add(audit.told(self.file.seq, entry))
        self.night = self.night or audit.night_after(now, of(self.file.edition))


def _sent(duty: SendLetter) -> Outcome:
    """On a good day: mail goes at once, what is posted waits for somebody to post it."""
    return Outcome.SENT if duty.means is Means.EMAIL and not duty.by_hand else Outcome.READY_TO_POST
