"""What was corrected of entries of timelines: added beside them, also of a closed case, and never changed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Column, DateTime, Integer, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import insert

from policy.correcting import Correction, EntryCorrected
from policy.journal import Note
from store import retention
from store.journal import KeyUsedForAnotherNote
from store.sessions import METADATA, Reading, Writing
from store.timeline import TimelineEntry, content

corrections = Table(
    "corrections",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("case_ref", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("wrong", Text, nullable=False),
    Column("right", Text, nullable=False),
)


class NothingToCorrect(LookupError):
    """There is no such entry, or what it said has been erased."""


async def add(db: Writing, ref: str, note: Note) -> None:
    """Once, and while nothing erases it. Raises AlreadyErased, NothingToCorrect and KeyUsedForAnotherNote."""
    fact = note.fact
    if not isinstance(fact, EntryCorrected):
        raise TypeError(fact.fact)
    await retention.alone(db)
    await retention.not_erased(db, ref)
    here = (content.c.case_ref == ref) & (content.c.seq == fact.seq)
    if await db.connection.scalar(select(content.c.seq).where(here)) is None:
        raise NothingToCorrect(f"{ref} {fact.seq}")
    row = {
        "id": note.id,
        "case_ref": ref,
        "recorded_at": note.recorded_at,
        "by_id": note.by.id,
        "by_role": note.by.role.value,
        "digest": note.digest,
    }
    told = fact.model_dump(include={"seq", "at", "wrong", "right"})
    await db.connection.execute(insert(corrections).values(**row | told).on_conflict_do_nothing())
    kept = await db.connection.scalar(select(corrections.c.digest).where(corrections.c.id == note.id))
    if kept != note.digest:
        raise KeyUsedForAnotherNote(note.id)


async def marked(db: Reading, ref: str, entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Each entry with what was corrected of it, the earliest first."""
    query = select(corrections).where(corrections.c.case_ref == ref)
    found: dict[int, list[Correction]] = {}
    for row in await db.connection.execute(query.order_by(corrections.c.recorded_at, corrections.c.id)):
        found.setdefault(row.seq, []).append(Correction(**row._asdict()))
    return [
        entry.model_copy(update={"corrected_by": tuple(found[entry.seq])}) if entry.seq in found else entry
        for entry in entries
    ]


async def ids_until(db: Reading, ref: str, moment: datetime) -> frozenset[str]:
    """What had been corrected by then."""
    query = select(corrections.c.id).where(corrections.c.case_ref == ref, corrections.c.recorded_at <= moment)
    return frozenset(await db.connection.scalars(query))
