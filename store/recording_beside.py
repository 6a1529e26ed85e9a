"""The one place where entries of what is carried on beside a case become rows, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from policy.book import Book
from policy.facts.base import Recorded
from policy.ledger import Line
from policy.procedures.base import ProcedureFile
from policy.rulebook import Rulebook
from policy.told_of import told_others
from store import deadlines as ledger
from store import disclosures, procedures, sittings, timeline
from store.disclosures import Disclosed
from store.recording import not_there_yet
from store.sessions import Writing


class NotRegistered(LookupError):
    """There is no row for this reference."""


@dataclass
class Projection:
    """What its rows are, from its entries alone. Used when recording and when rebuilding."""

    kind: Rulebook[Any, Any]
    file: ProcedureFile
    book: Book
    disclosed: list[Disclosed] = field(default_factory=list)

    @classmethod
    def of(cls, kind: Rulebook[Any, Any], file: ProcedureFile, late: Sequence[Line] = ()) -> "Projection":
        """`late` are the lines that ended late before."""
        return cls(kind, file, Book(kind.deadlines(file), list(late)))

    def take(self, entry: Recorded[Any]) -> None:
        told = told_others(self.file, entry.fact)
        self.file = self.kind.after(self.file, entry)
        self.book.turn(self.kind.deadlines(self.file), entry)
        if told is not None:
            ref, seq = self.file.ref, self.file.seq
            line = disclosures.line_of(ref, told, entered_at=entry.recorded_at, by=entry.by, seq=seq)
            self.disclosed.append(line)

    @property
    def next_due(self) -> datetime | None:
        """By when we owe something next."""
        return next((deadline.due for deadline in self.book.open if deadline.ours), None)

    async def write(self, db: Writing, head: bytes) -> None:
        await procedures.keep(db, self.file, head, self.next_due)
        await ledger.enter(db, self.file.ref, self.book.lines)
        await disclosures.derive(db, self.disclosed)


async def record(
    db: Writing, kind: Rulebook[Any, Any], ref: str, first: int, entries: Sequence[Recorded[Any]]
) -> int:
    """Records what is not there yet and returns the last sequence number. Safe to repeat.
    Raises NotRegistered, GapInTimeline and TimelineDiffers.
    """
    kept = await procedures.lock(db, ref)
    if kept is None:
        raise NotRegistered(ref)
    new = await not_there_yet(db, ref, kept.seq, first, entries)
    if not new:
        return kept.seq
    projection = Projection.of(kind, kept.file, await ledger.late_of(db, ref))
    for entry in new:
        projection.take(entry)
    head = await timeline.append(db, ref, kept.seq + 1, kept.head, new)
    await projection.write(db, head)
    await sittings.told(db, ref, new)
    return projection.file.seq


async def rebuild(db: Writing, ref: str) -> None:
    """Makes its rows anew from its timeline. Raises ContentErased where that is not possible."""
    kept = await procedures.lock(db, ref)
    if kept is None:
        raise NotRegistered(ref)
    kind = kept.kind.rulebook
    projection = Projection.of(kind, kept.opening)
    for entry in await timeline.entries_of(db, ref):
        projection.take(entry.entry_as(kind.entry))
    await ledger.forget(db, ref)
    await disclosures.forget(db, ref)
    await projection.write(db, kept.head)
    await sittings.keep(db, ref)
