"""What is carried on beside cases: one row each, derived from its timeline. `opening` is the file before its first
fact. Its timeline and its ledger stand under its own reference.
"""

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
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.frozen import Frozen
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS
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
_LOCKED = select(procedures.c.seq, procedures.c.head, procedures.c.kind, procedures.c.file)
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
    """What the row holds for the next fold."""

    seq: int
    head: bytes
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
    row = (await db.connection.execute(_LOCKED.where(_OF_REF).with_for_update(), {"of_ref": ref})).one_or_none()
    return row and Kept(row.seq, row.head, KINDS[row.kind].rulebook.file.model_validate(row.file))


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
    return await _file(db, ref, "file")


async def opening_of(db: Reading, ref: str) -> ProcedureFile | None:
    return await _file(db, ref, "opening")


async def _file(db: Reading, ref: str, column: str) -> ProcedureFile | None:
    query = select(procedures.c.kind, procedures.c[column]).where(procedures.c.ref == ref)
    row = (await db.connection.execute(query)).one_or_none()
    if row is None:
        return None
    file: ProcedureFile = KINDS[row.kind].rulebook.file.model_validate(row[1])
    return file


async def head_of(db: Reading, ref: str) -> tuple[int, bytes]:
    """Raises NoResultFound."""
    query = select(procedures.c.seq, procedures.c.head).where(procedures.c.ref == ref)
    row = (await db.connection.execute(query)).one()
    return row.seq, row.head


async def of_case(db: Reading, case_ref: str) -> list[ProcedureLine]:
    """In the order in which they began."""
    columns = [procedures.c[name] for name in ProcedureLine.model_fields]
    query = select(*columns).where(procedures.c.case_ref == case_ref)
    rows = await db.connection.execute(query.order_by(func.length(procedures.c.ref), procedures.c.ref))
    return [ProcedureLine(**row._asdict()) for row in rows]


async def refs(db: Reading) -> list[str]:
    return list((await db.connection.scalars(select(procedures.c.ref).order_by(procedures.c.ref))).all())
