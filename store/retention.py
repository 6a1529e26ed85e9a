"""What is decided about how long records are kept: one row for each record of which anything was, and its history
in the journal. Whoever decides does so alone.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, Date, Table, Text, Uuid, collate, func, literal, select, tuple_, union, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.editions import Edition
from policy.facts.base import SYSTEM
from policy.frozen import Frozen
from policy.journal import BesideFact, Note
from policy.refusals.retention import AlreadyErased
from policy.retention import folding, rules
from policy.retention.facts import ErasureApproved, ErasureLapsed, HoldPlaced, HoldReason, WhyLapsed
from policy.retention.record import ALONE, Around, RetentionFile, State
from policy.working_days import london_day
from store import journal
from store.procedures import procedures
from store.sessions import METADATA, Reading, Writing
from store.worked_on import worked_on

retention = Table(
    "retention",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("ref", Text, nullable=False),
    Column("kind", Text),
    Column("state", Text, nullable=False),
    Column("last", Date),
    Column("erased_from", Date),
    Column("file", JSONB, nullable=False),
)


class Line(Frozen):
    """`last` is the last day on which it had to be kept, as proposed."""

    ref: str
    kind: str
    state: State
    last: date


class Held(Frozen):
    """`holds` are by the id of the fact that placed them."""

    ref: str
    holds: dict[str, HoldReason]


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
    """Checks and records what is decided of it, once. A hold ends every approval of what belongs together with it.
    Returns its place in the history. Raises Refused and KeyUsedForAnotherNote.
    """
    await alone(db)
    if known := await journal.standing(db, note):
        return known
    before = await locked(db, ref)
    approves = isinstance(note.fact, ErasureApproved)
    others = await _before_approving(db, ref, note) if approves else ALONE
    rules.check(before, note, edition, others)
    file = folding.after(before, note)
    kept: dict[str, Any] = {"state": file.state, "file": file.model_dump(mode="json")}
    if file.proposal is not None:
        kept |= {"kind": file.proposal.kind, "last": file.proposal.last}
    if approves:
        kept["erased_from"] = file.erased_from(edition)
    await db.connection.execute(update(retention).where(retention.c.ref == ref).values(**kept))
    await journal.append(db, id_of(ref), file.seq, note)
    if isinstance(note.fact, HoldPlaced):
        for other in await belonging_together(db, ref):
            await lapse(db, other, note.recorded_at, WhyLapsed.KEPT_AFTER_ALL, edition)
    return file.seq


async def lapse(db: Writing, ref: str, now: datetime, why: WhyLapsed, edition: Edition) -> None:
    """Where it is approved, it is no longer."""
    file = await file_of(db, ref)
    if file.state is State.APPROVED:
        await record(db, ref, ours(file, ErasureLapsed(at=now, why=why)), edition)


async def alone(db: Writing) -> None:
    """Nobody else decides about any record until the transaction ends. Comes before any other lock."""
    await db.connection.execute(select(func.decide_alone()))


async def locked(db: Writing, ref: str) -> RetentionFile:
    """As it stands, until the transaction ends. It has a row from now on."""
    await alone(db)
    empty = RetentionFile(ref=ref)
    row = {"id": id_of(ref), "ref": ref, "state": empty.state, "file": empty.model_dump(mode="json")}
    await db.connection.execute(insert(retention).values(**row).on_conflict_do_nothing())
    return await file_of(db, ref)


async def file_of(db: Reading, ref: str) -> RetentionFile:
    """Empty where nothing was decided of it."""
    file = await db.connection.scalar(select(retention.c.file).where(retention.c.ref == ref))
    return RetentionFile(ref=ref) if file is None else RetentionFile.model_validate(file)


async def belonging_together(db: Reading, ref: str) -> list[str]:
    """Itself too. With a case, the cases that it is joined with, the persons on any of them and the reviews about
    any of them; with what is decided of by the month, every other month.
    """
    return list((await db.connection.scalars(select(func.belonging_together(ref)))).all())


async def around(db: Reading, ref: str, today: date) -> Around:
    """What is decided of all that belongs together with it."""
    here = retention.c.ref.in_(await belonging_together(db, ref))
    query = select(retention.c.file).where(here).order_by(retention.c.ref)
    files = [RetentionFile.model_validate(file) for file in await db.connection.scalars(query)]
    needed = [file.refused_until for file in files if file.refused_until is not None and ":" in ref]
    return Around(
        held=tuple(reason for file in files for reason in file.holds.values()),
        lifted_by=tuple(file.lifted_by for file in files if file.lifted_by is not None),
        needed_until=max((until for until in needed if until >= today), default=None),
    )


async def _before_approving(db: Reading, ref: str, note: Note) -> Around:
    others = await around(db, ref, london_day(note.recorded_at))
    return others.model_copy(update={"worked_on_it": await worked_on(db, ref)})


async def not_erased(db: Reading, ref: str) -> None:
    """Raises AlreadyErased."""
    if await is_erased(db, ref):
        raise AlreadyErased("This has been erased, and nothing is added to it any more.")


async def is_erased(db: Reading, ref: str) -> bool:
    state = await db.connection.scalar(select(retention.c.state).where(retention.c.ref == ref))
    return state == State.ERASED


async def erased_of(db: Reading, refs: Collection[str]) -> frozenset[str]:
    """Those of them that are erased."""
    gone = retention.c.ref.in_(refs), retention.c.state == State.ERASED
    return frozenset((await db.connection.scalars(select(retention.c.ref).where(*gone))).all())


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


async def erased_at(db: Reading) -> dict[str, datetime]:
    """When each record was erased, by reference."""
    query = select(retention.c.ref, retention.c.file["erased_at"].astext).where(retention.c.state == State.ERASED)
    return {ref: datetime.fromisoformat(at) for ref, at in await db.connection.execute(query)}


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


async def held_records(db: Reading, limit: int, after: str | None) -> list[Held]:
    """Every record on which a hold stands, by reference, beginning behind `after`."""
    ref, holds = collate(retention.c.ref, "C"), retention.c.file["holds"]
    query = select(retention.c.ref, holds.label("holds")).where(holds != literal({}, JSONB), ref > (after or ""))
    rows = await db.connection.execute(query.order_by(ref).limit(limit))
    return [Held(**row._asdict()) for row in rows]


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
