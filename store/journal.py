"""The journal: what happened to places, focus areas and prevention work, append-only. Cases have a timeline."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, DateTime, Integer, Table, Text, Uuid, func, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from policy.deadlines import Deadline
from policy.facts.base import SYSTEM
from policy.facts.ruling import DeadlineMissed
from policy.frozen import Frozen
from policy.journal import Note
from store.sessions import METADATA, Reading, Writing

journal = Table(
    "journal",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("about", Uuid(as_uuid=False), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("fact", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("content", JSONB, nullable=False),
)


class KeyUsedForAnotherNote(Exception):
    """The Idempotency-Key came with another body, or for something else, before."""


class HistoryLine(Frozen):
    seq: int
    fact: str
    at: datetime
    recorded_at: datetime
    by_id: str
    by_role: str
    content: dict[str, Any]


async def standing(db: Writing, note: Note) -> int | None:
    """The place in its history of a note that is recorded already. Whoever else brings the same id waits until
    we are done. Raises KeyUsedForAnotherNote.
    """
    await db.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(note.id, 0))))
    query = select(journal.c.seq, journal.c.digest).where(journal.c.id == note.id)
    row = (await db.connection.execute(query)).one_or_none()
    if row is None:
        return None
    if row.digest != note.digest:
        raise KeyUsedForAnotherNote(note.id)
    return int(row.seq)


def misses(owed: Iterable[Deadline], now: datetime) -> list[Note]:
    """The notes that say of each that is over by now, and not noticed, that it was missed. Each time other ids."""
    over = [one for one in owed if one.due < now and not one.noticed]
    facts = [DeadlineMissed(at=one.due, key=one.key, row=one.row, due=one.due) for one in over]
    return [Note(id=str(uuid4()), by=SYSTEM, recorded_at=now, fact=fact) for fact in facts]


async def append(db: Writing, about: str, seq: int, note: Note) -> None:
    """`about` is the id of the place or the work. Raises StoreRefused where the place in the history is taken."""
    row = {
        "id": note.id,
        "about": about,
        "seq": seq,
        "fact": note.fact.fact,
        "at": note.at,
        "recorded_at": note.recorded_at,
        "by_id": note.by.id,
        "by_role": note.by.role.value,
        "digest": note.digest,
        "content": note.fact.model_dump(mode="json"),
    }
    await db.connection.execute(insert(journal).values(**row))


async def history(db: Reading, about: str) -> list[HistoryLine]:
    """In the order of recording."""
    columns = [journal.c[name] for name in HistoryLine.model_fields]
    query = select(*columns).where(journal.c.about == about).order_by(journal.c.seq)
    return [HistoryLine(**row._asdict()) for row in await db.connection.execute(query)]


async def notes(db: Reading, about: str) -> list[Note]:
    """The same, as they were recorded."""
    rows = await db.connection.execute(select(journal).where(journal.c.about == about).order_by(journal.c.seq))
    return [
        Note.model_validate(
            {
                "id": row.id,
                "by": {"id": row.by_id, "role": row.by_role},
                "recorded_at": row.recorded_at,
                "fact": row.content,
                "digest": row.digest,
            }
        )
        for row in rows
    ]
