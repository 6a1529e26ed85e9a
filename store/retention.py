"""What is decided about how long records are kept: one row for each record of which anything was, and its history
in the journal. The row's lock is its one writer.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, Date, Table, Text, Uuid, collate, select, tuple_, union, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.editions import Edition
from policy.facts.base import SYSTEM
from policy.frozen import Frozen
from policy.journal import BesideFact, Note
from policy.retention import folding, rules
from policy.retention.facts import HoldReason
from policy.retention.record import RetentionFile, State
from store import journal
from store.procedures import procedures
from store.sessions import METADATA, Reading, Writing

retention = Table(
    "retention",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("ref", Text, nullable=False),
    Column("kind", Text),
    Column("state", Text, nullable=False),
    Column("last", Date),
    Column("file", JSONB, nullable=False),
)


class Line(Frozen):
    """`last` is the last day on which it had to be kept, as proposed."""

    ref: str
    kind: str
    state: State
    last: date


class Erasure(Frozen):
    """When a record was erased, who approved it, and under what: kept so many months, until `last`."""

    erased_at: datetime
    approved_by: str
    kind: str
    edition: str
    months: int
    last: date


_LINE: Final = tuple(retention.c[name] for name in Line.model_fields)


def id_of(ref: str) -> str:
    """Under which its history stands in the journal."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"casework:retention/{ref}"))


def ours(file: RetentionFile, fact: BesideFact) -> Note:
    """What the system itself records of it next; the same for the same place in its history."""
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"casework:retention/{file.ref}/{file.seq + 1}/{fact.fact}"))
    return Note(id=key, by=SYSTEM, recorded_at=fact.at, fact=fact, digest=key)


async def record(db: Writing, ref: str, note: Note, edition: Edition) -> int:
    """Checks and records what is decided of it, once. Returns its place in the history.
    Raises Refused and KeyUsedForAnotherNote.
    """
    if known := await journal.standing(db, note):
        return known
    before = await locked(db, ref)
    rules.check(before, note, edition)
    file = folding.after(before, note)
    kept: dict[str, Any] = {"state": file.state, "file": file.model_dump(mode="json")}
    if file.proposal is not None:
        kept |= {"kind": file.proposal.kind, "last": file.proposal.last}
    await db.connection.execute(update(retention).where(retention.c.ref == ref).values(**kept))
    await journal.append(db, id_of(ref), file.seq, note)
    return file.seq


async def locked(db: Writing, ref: str) -> RetentionFile:
    """As it stands, held until the transaction ends. It has a row from now on."""
    empty = RetentionFile(ref=ref)
    row = {"id": id_of(ref), "ref": ref, "state": empty.state, "file": empty.model_dump(mode="json")}
    await db.connection.execute(insert(retention).values(**row).on_conflict_do_nothing())
    query = select(retention.c.file).where(retention.c.ref == ref).with_for_update()
    return RetentionFile.model_validate((await db.connection.execute(query)).scalar_one())


async def file_of(db: Reading, ref: str) -> RetentionFile:
    """Empty where nothing was decided of it."""
    file = await db.connection.scalar(select(retention.c.file).where(retention.c.ref == ref))
    return RetentionFile(ref=ref) if file is None else RetentionFile.model_validate(file)


async def held(db: Reading, refs: Collection[str]) -> tuple[HoldReason, ...]:
    """Every hold that stands on any of these."""
    query = select(retention.c.file).where(retention.c.ref.in_(refs)).order_by(retention.c.ref)
    files = [RetentionFile.model_validate(file) for file in await db.connection.scalars(query)]
    return tuple(reason for file in files for reason in file.holds.values())


async def is_erased(db: Reading, ref: str) -> bool:
    state = await db.connection.scalar(select(retention.c.state).where(retention.c.ref == ref))
    return state == State.ERASED


async def erasure_of(db: Reading, ref: str) -> Erasure | None:
    """None while there is anything of it."""
    file = await file_of(db, ref)
    if file.erased_at is None or file.approved_by is None or file.proposal is None:
        return None
    return Erasure(
        erased_at=file.erased_at,
        approved_by=file.approved_by,
        **file.proposal.model_dump(include={"kind", "edition", "months", "last"}),
    )


async def erased_whole(db: Reading) -> frozenset[str]:
    """All that is erased, with what was carried on beside it."""
    erased = select(retention.c.ref).where(retention.c.state == State.ERASED)
    beside = select(procedures.c.ref).where(procedures.c.case_ref.in_(erased))
    return frozenset((await db.connection.scalars(union(erased, beside))).all())


async def approved(db: Reading, after: str, limit: int) -> list[str]:
    """References behind `after`."""
    ref = collate(retention.c.ref, "C")
    query = select(ref).where(retention.c.state == State.APPROVED, ref > after).order_by(ref).limit(limit)
    return list((await db.connection.scalars(query)).all())


async def page(
    db: Reading, state: State, limit: int, after: tuple[date, str] | None = None, kind: str | None = None
) -> Sequence[Line]:
    """Of those that were proposed once, the longest over first, beginning behind `after` (last, ref)."""
    query = (
        select(*_LINE)
        .where(retention.c.state == state, retention.c.last.is_not(None))
        .order_by(retention.c.last, retention.c.ref)
        .limit(limit)
    )
    if kind is not None:
        query = query.where(retention.c.kind == kind)
    if after is not None:
        query = query.where(tuple_(retention.c.last, retention.c.ref) > tuple_(*after))
    return [Line(**row._asdict()) for row in await db.connection.execute(query)]
