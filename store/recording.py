"""The one place where entries become rows: timeline, register, ledger, people and reports in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, Final, TypeVar

from policy.across import HEARD
from policy.book import Book
from policy.case import CASE
from policy.case_file import CaseFile
from policy.company import Link
from policy.duties import Begin, duties
from policy.facts import Entry, Recorded
from policy.facts.evidence import EvidenceReceived
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.facts.warning import WarningServed
from policy.ledger import Line
from policy.told_of import told_others
from store import (
    across,
    case_people,
    cases,
    disclosures,
    evidence_files,
    letters,
    links,
    mentions,
    procedures,
    reports,
    sittings,
    timeline,
)
from store import deadlines as ledger
from store.disclosures import Disclosed
from store.sessions import Reading, Writing

R = TypeVar("R", bound=Recorded[Any])

CARRIED: Final = HEARD | {ReportReceived, IncidentReported}
"""What may have been kept as a report on its way to the case."""


class GapInTimeline(RuntimeError):
    """The entries would leave a hole: the store is behind the engine, after a restore say."""


class TimelineDiffers(RuntimeError):
    """At a place where an entry is to go stands another: store and engine have gone apart, after a restore say."""


class CaseNotRegistered(LookupError):
    """There is no row for this reference."""


@dataclass
class Projection:
    """What a case's rows are, from its entries alone. Used when recording and when rebuilding."""

    file: CaseFile
    book: Book
    linked: tuple[Link, ...] = ()
    mentions: list[dict[str, Any]] = field(default_factory=list)
    known_people: list[dict[str, Any]] = field(default_factory=list)
    disclosed: list[Disclosed] = field(default_factory=list)
    evidence: dict[str, EvidenceReceived] = field(default_factory=dict)

    @classmethod
    def of(cls, file: CaseFile, late: Sequence[Line] = ()) -> "Projection":
        """`late` are the lines that ended late before."""
        book = Book(CASE.deadlines(file), list(late))
        return cls(file, book, file.links, known_people=case_people.rows_of(file))

    def take(self, entry: Entry) -> None:
        told = told_others(self.file, entry.fact)
        self.file, owed = CASE.after_and_owed(self.file, entry)
        if told is not None:
            ref, seq = self.file.ref, self.file.seq
            line = disclosures.line_of(ref, told, entered_at=entry.recorded_at, by=entry.by, seq=seq)
            self.disclosed.append(line)
        self.book.turn(owed, entry)
        self.mentions += mentions.named_in(self.file.ref, self.file.seq, entry)
        self.evidence |= evidence_files.named_in(self.file.seq, entry)

    @property
    def next_due(self) -> datetime | None:
        """By when we owe something next."""
        return next((deadline.due for deadline in self.book.open if deadline.ours), None)

    async def write(self, db: Writing, head: bytes) -> None:
        await cases.keep(db, self.file, head, self.next_due)
        if self.file.links != self.linked:
            await links.keep(db, self.file.ref, self.file.links)
        await ledger.enter(db, self.file.ref, self.book.lines)
        await mentions.enter(db, self.mentions)
        await disclosures.derive(db, self.disclosed)
        await evidence_files.name_on(db, self.file.ref, self.evidence)
        if case_people.rows_of(self.file) != self.known_people:
            await case_people.enter(db, self.file)


async def record(db: Writing, ref: str, first: int, entries: Sequence[Entry], now: datetime) -> int:
    """Records what is not there yet and returns the case's last sequence number. Safe to repeat.
    Raises CaseNotRegistered, GapInTimeline and TimelineDiffers.
    """
    kept = await cases.lock(db, ref)
    if kept is None:
        raise CaseNotRegistered(ref)
    new = await not_there_yet(db, ref, kept.seq, first, entries)
    if not new:
        return kept.seq
    projection = Projection.of(kept.file, await ledger.late_of(db, ref))
    files = [projection.file]
    for entry in new:
        projection.take(entry)
        files.append(projection.file)
    head = await timeline.append(db, ref, kept.seq + 1, kept.head, new)
    await projection.write(db, head)
    await sittings.told(db, ref, new)
    for duty in duties(projection.file):
        if isinstance(duty, Begin):
            await procedures.register(db, duty.kind, duty.opening)
    changes = list(zip(pairwise(files), new, strict=True))
    for (before, _), entry in changes:
        await across.keep(db, before, entry, now)
    told = [e.id for e in new if type(e.fact) in CARRIED]
    await reports.settle(db, told, now)
    await letters.told(db, ref, new, now)
    for (before, after), entry in changes:
        if gone := before.letters.keys() - after.letters.keys():
            by_hand = isinstance(entry.fact, WarningServed)
            await letters.take_back(db, ref, gone, now, handed_over=by_hand)
    return projection.file.seq


async def not_there_yet(db: Reading, ref: str, last: int, first: int, entries: Sequence[R]) -> Sequence[R]:
    """Those behind the `last` of the timeline. Raises GapInTimeline, and TimelineDiffers where one of those before
    is not the entry that stands there.
    """
    if first > last + 1:
        raise GapInTimeline(f"{ref}: entry {first} follows entry {last}")
    there = entries[: last + 1 - first]
    if there and await timeline.ids_from(db, ref, first, len(there)) != [entry.id for entry in there]:
        raise TimelineDiffers(f"{ref}: other entries stand at {first} to {first + len(there) - 1}")
    return entries[len(there) :]


async def rebuild(db: Writing, ref: str) -> None:
    """Makes the case's projections anew from its timeline. Raises ContentErased where that is not possible."""
    kept = await cases.lock(db, ref)
    if kept is None:
        raise CaseNotRegistered(ref)
    projection = Projection.of(await cases.opening_of(db, ref))
    for entry in await timeline.entries_of(db, ref):
        projection.take(entry.entry())
    await ledger.forget(db, ref)
    await links.keep(db, ref, ())
    await mentions.forget(db, ref)
    await disclosures.forget(db, ref)
    await case_people.forget(db, ref)
    await projection.write(db, kept.head)
    await sittings.keep(db, ref)
