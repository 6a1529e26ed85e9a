"""The one place where entries become rows: timeline, register, ledger, people and reports in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from policy import folding
from policy.case_file import CaseFile
from policy.deadlines import Deadline, deadlines
from policy.editions import of
from policy.facts import Entry
from policy.facts.needs import DomesticAbuseRecognised, NeedEnded, NeedTold
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.ledger import Ending, Line, corrected, lines, place_of
from store import cases, letters, people, reports, timeline
from store import deadlines as ledger
from store.sessions import Writing

_TAKES_LETTERS_BACK = (NeedTold, NeedEnded, DomesticAbuseRecognised)


class GapInTimeline(RuntimeError):
    """The entries would leave a hole: the store is behind the engine, after a restore say."""


class CaseNotRegistered(LookupError):
    """There is no row for this reference."""


@dataclass
class Projection:
    """What a case's rows are, from its entries alone. Used when recording and when rebuilding."""

    file: CaseFile
    open: list[Deadline] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, file: CaseFile, late: Sequence[Line] = ()) -> "Projection":
        """`late` are the lines that ended late before."""
        return cls(file, deadlines(file, of(file.edition)), late=list(late))

    def take(self, entry: Entry) -> None:
        self.file = folding.after(self.file, entry, of(self.file.edition))
        now_open = deadlines(self.file, of(self.file.edition))
        self._enter(lines(self.open, now_open, entry))
        self._enter(corrected(self.late, entry))
        self.open = now_open
        self.people += people.named_in(self.file.ref, self.file.seq, entry)

    def _enter(self, changed: list[Line]) -> None:
        self.lines += changed
        places = {place_of(line) for line in changed}
        ended_late = [line for line in changed if line.ended and line.ended.ending is Ending.LATE]
        self.late = [line for line in self.late if place_of(line) not in places] + ended_late

    async def write(self, db: Writing, head: bytes) -> None:
        next_due = self.open[0].due if self.open else None
        await cases.keep(db, self.file, head, next_due)
        await ledger.enter(db, self.file.ref, self.lines)
        await people.enter(db, self.people)


async def record(db: Writing, ref: str, first: int, entries: Sequence[Entry], now: datetime) -> int:
    """Records what is not there yet and returns the case's last sequence number. Safe to repeat.
    Raises CaseNotRegistered and GapInTimeline.
    """
    kept = await cases.lock(db, ref)
    if kept is None:
        raise CaseNotRegistered(ref)
    if first > kept.seq + 1:
        raise GapInTimeline(f"{ref}: entry {first} follows entry {kept.seq}")
    new = entries[kept.seq + 1 - first :]
    if not new:
        return kept.seq
    projection = Projection.of(kept.file, await ledger.late_of(db, ref))
    for entry in new:
        projection.take(entry)
    head = await timeline.append(db, ref, kept.seq + 1, kept.head, new)
    await projection.write(db, head)
    told = [e.id for e in new if isinstance(e.fact, ReportReceived | IncidentReported)]
    await reports.settle(db, told, now)
    await letters.told(db, ref, new, now)
    if any(isinstance(entry.fact, _TAKES_LETTERS_BACK) for entry in new):
        await letters.take_back(db, ref, projection.file.letters.keys(), now)
    return projection.file.seq


async def rebuild(db: Writing, ref: str) -> None:
    """Makes the case's projections anew from its timeline. Raises ContentErased where that is not possible."""
    kept = await cases.lock(db, ref)
    if kept is None:
        raise CaseNotRegistered(ref)
    projection = Projection.of(await cases.opening_of(db, ref))
    for entry in await timeline.entries_of(db, ref):
        projection.take(entry.entry())
    await ledger.forget(db, ref)
    await people.forget(db, ref)
    await projection.write(db, kept.head)
