"""What is carried on beside cases: one row each, derived from its timeline. `opening` is the file before its first
fact. Its timeline and its ledger stand under its own reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    bindparam,
    false,
    func,
    literal_column,
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


which_of: Final[ColumnElement[str]] = literal_column(
    "coalesce(procedures.file ->> 'remedy', procedures.file ->> 'agency', procedures.file ->> 'district')", Text
)
"""As its index has it."""


_BY_NUMBER: Final[tuple[ColumnElement[Any], ...]] = (
    func.coalesce(procedures.c.case_ref, procedures.c.ref),
    func.length(procedures.c.ref),
    procedures.c.ref,
)
"""By case, and `-6` before `-26`, which letter by letter comes first. As the indexes have it."""


class ProcedureLine(Frozen):
    """As its case and lists show it. `which` is the edition's key of its remedy, agency or district."""

    ref: str
    kind: str
    case_ref: str | None
    which: str | None
    stage: str
    finished: bool
    next_due: datetime | None


_LINE: Final = tuple(
    which_of.label(name) if name == "which" else procedures.c[name] for name in ProcedureLine.model_fields
)


class ProcedureFilter(Frozen):
    """`case` finds what was begun on it and what is about it; `late` is judged against the `now` of `page`."""

    case: str | None = None
    stage: str | None = None
    finished: bool | None = None
    late: bool | None = None


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
    kept = {"of_ref": file.ref, "seq": file.seq, "head": head, "file": file.model_dump(mode="json")}
    await db.connection.execute(_KEPT, kept | as_told(file, next_due))


def as_told(file: ProcedureFile, next_due: datetime | None) -> dict[str, Any]:
    """What its row says of it, as lists and counts read it."""
    return {"case_ref": file.case, "stage": file.stage, "finished": file.finished, "next_due": next_due}


async def told(db: Reading, ref: str) -> dict[str, Any]:
    """The whole row. Raises NoResultFound."""
    return (await db.connection.execute(_ROW, {"of_ref": ref})).one()._asdict()


async def file_of(db: Reading, ref: str) -> ProcedureFile | None:
    kept = await kept_of(db, ref)
    return None if kept is None else kept.file


async def of_case(db: Reading, case_ref: str) -> list[ProcedureLine]:
    """In the order in which they began; then those that are about it among other cases."""
    found = select(*_LINE).where(_of_case(case_ref))
    order = (procedures.c.case_ref.is_(None), func.length(procedures.c.ref), procedures.c.ref)
    rows = await db.connection.execute(found.order_by(*order))
    return [ProcedureLine(**row._asdict()) for row in rows]


def _of_case(case_ref: str) -> ColumnElement[bool]:
    return (procedures.c.case_ref == case_ref) | procedures.c.file["cases"].contains([case_ref])


async def page(  # noqa: PLR0913, PLR0917 - which, as of when, and where the page stands
    db: Reading,
    kind: str,
    wanted: ProcedureFilter,
    which: str | None,
    now: datetime,
    limit: int,
    before: str | None,
) -> list[ProcedureLine]:
    """Of one kind, by reference, the newest case first, beginning behind the reference `before`."""
    rows = await db.connection.execute(query(kind, wanted, which, now, limit, before))
    return [ProcedureLine(**row._asdict()) for row in rows]


def query(  # noqa: PLR0913, PLR0917 - as above
    kind: str, wanted: ProcedureFilter, which: str | None, now: datetime, limit: int, before: str | None = None
) -> Select[Any]:
    """What `page` asks."""
    found = (
        select(*_LINE).where(procedures.c.kind == kind).order_by(*(one.desc() for one in _BY_NUMBER)).limit(limit)
    )
    if wanted.case is not None:
        found = found.where(_of_case(wanted.case))
    if wanted.stage is not None:
        found = found.where(procedures.c.stage == wanted.stage)
    if wanted.finished is not None:
        found = found.where(procedures.c.finished if wanted.finished else ~procedures.c.finished)
    if wanted.late is not None:
        late = func.coalesce(procedures.c.next_due < now, false())
        found = found.where(late if wanted.late else ~late)
    if which is not None:
        found = found.where(which_of == which)
    if before is not None:
        case = "-".join(before.split("-")[:3])
        found = found.where(tuple_(*_BY_NUMBER) < tuple_(case, len(before), before))
    return found


async def files_of(db: Reading, kind: str) -> list[ProcedureFile]:
    """Every one of that kind that has begun."""
    begun = select(procedures.c.file).where(procedures.c.kind == kind, procedures.c.seq > 0)
    read = KINDS[kind].rulebook.file.model_validate
    return [read(file) for file in await db.connection.scalars(begun)]


async def refs(db: Reading) -> list[str]:
    return list((await db.connection.scalars(select(procedures.c.ref).order_by(procedures.c.ref))).all())


async def refs_of(db: Reading, case_refs: Sequence[str]) -> list[str]:
    """What these cases have begun beside them."""
    return list(
        (await db.connection.scalars(select(procedures.c.ref).where(procedures.c.case_ref.in_(case_refs)))).all()
    )
