"""What is carried on beside cases: one row each, derived from its timeline. `opening` is the file before its first
fact. Its timeline and its ledger stand under its own reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.frozen import Frozen
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS, Kind
from store.cases import CHANNEL
from store.sessions import METADATA, Reading, Writing
from store.timeline import START

procedures = Table(
    "procedures",
    METADATA,
    Column("ref", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_ref", Text),
    Column("seq", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("opening", JSONB, nullable=False),
    Column("file", JSONB, nullable=False),
    Column("stage", Text, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("next_due", DateTime(timezone=True)),
)

_OF_REF = procedures.c.ref == bindparam("of_ref")
_ROW = select(procedures).where(_OF_REF)
_KEPT = (
    update(procedures)
    .where(_OF_REF)
    .returning(func.pg_notify(CHANNEL, func.concat(procedures.c.ref, " ", procedures.c.seq)))
)


class ProcedureLine(Frozen):
    """As its case shows it."""

    ref: str
    kind: str
    stage: str
    finished: bool
    next_due: datetime | None


@dataclass(frozen=True)
class Kept:
    """What the row holds: the file before its first fact and as it is now, and where its timeline ends."""

    kind: Kind
    seq: int
    head: bytes
    opening: ProcedureFile
    file: ProcedureFile


async def register(db: Writing, kind: str, opening: ProcedureFile) -> None:
    """One that has its reference and no fact yet. Registered already, it stays as it is."""
    told = opening.model_dump(mode="json")
    row = {
        "ref": opening.ref,
        "kind": kind,
        "case_ref": opening.case,
        "seq": 0,
        "head": START,
        "opening": told,
        "file": told,
        "stage": opening.stage,
        "finished": False,
    }
    await db.connection.execute(insert(procedures).values(**row).on_conflict_do_nothing())


async def lock(db: Writing, ref: str) -> Kept | None:
    """The row, held until the transaction ends."""
    return _kept((await db.connection.execute(_ROW.with_for_update(), {"of_ref": ref})).one_or_none())


async def kept_of(db: Reading, ref: str) -> Kept | None:
    return _kept((await db.connection.execute(_ROW, {"of_ref": ref})).one_or_none())


def _kept(row: Any) -> Kept | None:  # noqa: ANN401 - a row has no better type
    if row is None:
        return None
    kind = KINDS[row.kind]
    read = kind.rulebook.file.model_validate
    return Kept(kind, row.seq, row.head, read(row.opening), read(row.file))


async def keep(db: Writing, file: ProcedureFile, head: bytes, next_due: datetime | None) -> None:
    """Keeps what it has become, and notifies whoever waits for it once the transaction commits."""
    values: dict[str, Any] = {
        "of_ref": file.ref,
        "seq": file.seq,
        "head": head,
        "file": file.model_dump(mode="json"),
        "stage": file.stage,
        "finished": file.finished,
        "next_due": next_due,
    }
    await db.connection.execute(_KEPT, values)


async def file_of(db: Reading, ref: str) -> ProcedureFile | None:
    kept = await kept_of(db, ref)
    return None if kept is None else kept.file


async def of_case(db: Reading, case_ref: str) -> list[ProcedureLine]:
    """In the order in which they began; then those that are about it among other cases."""
    columns = [procedures.c[name] for name in ProcedureLine.model_fields]
    about_it = procedures.c.file["cases"].contains([case_ref])
    query = select(*columns).where((procedures.c.case_ref == case_ref) | about_it)
    order = (procedures.c.case_ref.is_(None), func.length(procedures.c.ref), procedures.c.ref)
    rows = await db.connection.execute(query.order_by(*order))
    return [ProcedureLine(**row._asdict()) for row in rows]


class ProcedureShown(Frozen):
    """As a list shows it: codes and dates. `about` is the remedy, the agency or the district."""

    ref: str
    kind: str
    case_ref: str | None
    about: str | None
    stage: str
    finished: bool
    next_due: datetime | None


_PLACE = (func.coalesce(procedures.c.case_ref, ""), func.length(procedures.c.ref), procedures.c.ref)
_ABOUT = func.coalesce(*(procedures.c.file[name].astext for name in ("remedy", "agency", "district")))


async def page(  # noqa: PLR0913 - one for each filter
    db: Reading, kind: str, limit: int, *, case: str | None, stage: str | None, after: str | None
) -> list[ProcedureShown]:
    """Those of one kind, in the order of their references: the numbers of a case as numbers."""
    columns = [procedures.c[name] for name in ProcedureShown.model_fields if name != "about"]
    query = select(*columns, _ABOUT.label("about")).where(procedures.c.kind == kind).order_by(*_PLACE).limit(limit)
    if case is not None:
        query = query.where((procedures.c.case_ref == case) | procedures.c.file["cases"].contains([case]))
    if stage is not None:
        query = query.where(procedures.c.stage == stage)
    if after is not None:
        behind = (await db.connection.execute(select(*_PLACE).where(procedures.c.ref == after))).one_or_none()
        if behind is None:
            return []
        query = query.where(tuple_(*_PLACE) > tuple_(*behind))
    return [ProcedureShown(**row._asdict()) for row in await db.connection.execute(query)]


async def files_of(db: Reading, kind: str) -> list[ProcedureFile]:
    """Every one of that kind that has begun."""
    query = select(procedures.c.file).where(procedures.c.kind == kind, procedures.c.seq > 0)
    read = KINDS[kind].rulebook.file.model_validate
    return [read(file) for file in await db.connection.scalars(query)]


async def refs(db: Reading) -> list[str]:
    return list((await db.connection.scalars(select(procedures.c.ref).order_by(procedures.c.ref))).all())


async def refs_of(db: Reading, case_refs: Sequence[str]) -> list[str]:
    """What these cases have begun beside them."""
    return list(
        (await db.connection.scalars(select(procedures.c.ref).where(procedures.c.case_ref.in_(case_refs)))).all()
    )
