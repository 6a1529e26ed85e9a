"""The policy's own review as it stands; its history is in the journal. Its one row's lock is its one writer."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Column, Table, Uuid, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.editions import Edition
from policy.estates.file import Counting
from policy.facts.base import SYSTEM
from policy.journal import Note
from policy.own_review import folding, rules
from policy.own_review.file import ID, ReviewOfPolicy, begun
from store import journal
from store.sessions import METADATA, Reading, Writing

policy_review = Table(
    "policy_review",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("file", JSONB, nullable=False),
)


async def file_of(db: Reading, edition: Edition) -> ReviewOfPolicy:
    """By the edition where nothing was recorded yet."""
    value = await db.connection.scalar(select(policy_review.c.file))
    return begun(edition) if value is None else ReviewOfPolicy.model_validate(value)


async def record(db: Writing, note: Note, counting: Counting) -> int:
    """Checks and records what happened, once. Returns its place in the history. Raises Refused and
    KeyUsedForAnotherNote.
    """
    if known := await journal.standing(db, note):
        return known
    file = await _locked(db, counting.edition)
    rules.check(file, note)
    return (await _written(db, file, note, counting)).seq


async def notice(db: Writing, now: datetime, counting: Counting) -> int:
    """Records what the system owes by now, and returns how much that was. Safe to repeat."""
    file = await _locked(db, counting.edition)
    before = file.seq
    while fact := folding.to_record(file, now, counting):
        note = Note(id=str(uuid4()), by=SYSTEM, recorded_at=now, fact=fact)
        file = await _written(db, file, note, counting)
    return file.seq - before


async def _locked(db: Writing, edition: Edition) -> ReviewOfPolicy:
    first = begun(edition).model_dump(mode="json")
    await db.connection.execute(insert(policy_review).values(id=ID, file=first).on_conflict_do_nothing())
    value = await db.connection.scalar(select(policy_review.c.file).with_for_update())
    return ReviewOfPolicy.model_validate(value)


async def _written(db: Writing, before: ReviewOfPolicy, note: Note, counting: Counting) -> ReviewOfPolicy:
    file = folding.after(before, note, counting)
    await journal.append(db, file.id, file.seq, note)
    await db.connection.execute(update(policy_review).values(file=file.model_dump(mode="json")))
    return file
