"""The register: one row per case, derived from its timeline. `opening` is the file before its first fact. Whom it
is open to beside its officer is told beside it: `restricted`, `admitted`, `conflicts`, `emergency` are access's.
Up to which entry measures have counted it is `counted`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    CompoundSelect,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    union,
    update,
)
from sqlalchemy import (
    Sequence as Numbers,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from policy.case_file import CaseFile
from policy.editions import EditionRef, of
from policy.frozen import Frozen
from policy.working_days import ClosureDays
from store.sessions import METADATA, Reading, Writing
from store.timeline import START

CHANNEL: Final = "timeline"
"""Notified with `<case_ref> <seq>` when a transaction that records commits."""

number = Numbers("case_number", metadata=METADATA)

cases = Table(
    "cases",
    METADATA,
    Column("ref", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("opening", JSONB, nullable=False),
    Column("file", JSONB, nullable=False),
    Column("stage", Text, nullable=False),
    Column("serious", Boolean, nullable=False),
    Column("hate", Boolean, nullable=False),
    Column("category", Text),
    Column("ward", Text),
    Column("officer", Text),
    Column("cover", Text),
    Column("cover_until", Date),
    Column("reported_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("next_due", DateTime(timezone=True)),
    Column("opened_by", Text),
    Column("taken_by", Text),
    Column("given_by", Text),
    Column("domestic_abuse", Boolean, nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("admitted", ARRAY(Text), nullable=False),
    Column("conflicts", ARRAY(Text), nullable=False),
    Column("emergency", JSONB, nullable=False),
    Column("counted", Integer, nullable=False, server_default="-1"),
)


_OF_REF = cases.c.ref == bindparam("of_ref")
_LOCKED = select(cases.c.seq, cases.c.head, cases.c.file).where(_OF_REF).with_for_update()
_KEPT = update(cases).where(_OF_REF).returning(func.pg_notify(CHANNEL, func.concat(cases.c.ref, " ", cases.c.seq)))


class Row(Frozen):
    """A line of the register, as lists show it."""

    ref: str
    stage: str
    serious: bool
    hate: bool
    category: str | None
    ward: str | None
    officer: str | None
    reported_at: datetime
    closed_at: datetime | None
    next_due: datetime | None
    domestic_abuse: bool
    restricted: bool


_ROW = tuple(cases.c[name] for name in Row.model_fields)


@dataclass(frozen=True)
class Kept:
    """What the register holds of a case for the next fold."""

    seq: int
    head: bytes
    file: CaseFile


NOBODY_S: Final[dict[str, Any]] = {
    "opened_by": None,
    "restricted": False,
    "admitted": [],
    "conflicts": [],
    "emergency": {},
}
"""Whom it is open to, where nobody has said anything of that."""


def seen_to_by(me: str, today: date) -> ColumnElement[bool]:
    """Cases of which somebody is the officer, or the cover today."""
    return or_(cases.c.officer == me, and_(cases.c.cover == me, cases.c.cover_until >= today))


async def next_ref(db: Writing, year: int) -> str:
    """`CW-2026-000123`. Numbers may be skipped, and are never used twice."""
    return (await next_refs(db, year, 1))[0]


async def next_refs(db: Writing, year: int, many: int) -> list[str]:
    values = select(number.next_value()).select_from(func.generate_series(1, many))
    return [f"CW-{year}-{value:06d}" for value in (await db.connection.scalars(values)).all()]


async def number_beyond(db: Writing, last: int) -> None:
    """The next case has a higher number than this."""
    now = await db.connection.scalar(select(number.next_value()))
    if now is not None and now < last:
        await next_refs(db, 0, last - now)


async def register(  # noqa: PLR0913, PLR0917 - what a case is before its first fact
    db: Writing,
    ref: str,
    edition: EditionRef,
    closure_days: ClosureDays,
    reported_at: datetime,
    opened_by: str | None = None,
    *,
    texts: bool = False,
) -> CaseFile:
    """A case that has its reference and no fact yet. `opened_by` is who of the staff took the report."""
    file = CaseFile(ref=ref, edition=edition, closure_days=closure_days, texts=texts)
    opening = file.model_dump(mode="json")
    row = {"ref": ref, "seq": 0, "head": START, "opening": opening, "file": opening, "reported_at": reported_at}
    told = {"stage": file.stage, "serious": False, "hate": False, "domestic_abuse": False}
    await db.connection.execute(insert(cases).values(**row | told | NOBODY_S | {"opened_by": opened_by}))
    return file


async def lock(db: Writing, ref: str) -> Kept | None:
    """The case's row, held until the transaction ends."""
    row = (await db.connection.execute(_LOCKED, {"of_ref": ref})).one_or_none()
    return row and Kept(row.seq, row.head, CaseFile.model_validate(row.file))


async def keep(db: Writing, file: CaseFile, head: bytes, next_due: datetime | None) -> None:
    """Keeps what the case has become, and notifies whoever waits for it once the transaction commits."""
    whole = {"of_ref": file.ref, "seq": file.seq, "head": head, "file": file.model_dump(mode="json")}
    await db.connection.execute(_KEPT, whole | as_told(file, next_due))


def as_told(file: CaseFile, next_due: datetime | None) -> dict[str, Any]:
    """What its row says of a case, as lists and counts read it."""
    values: dict[str, Any] = {
        "stage": file.stage,
        "serious": file.serious,
        "hate": file.hate is not None,
        "domestic_abuse": bool(file.domestic_abuse),
        "category": of(file.edition).leading(file.categories),
        "ward": file.ward,
        "officer": file.officer,
        "taken_by": file.taken_by,
        "given_by": file.given_by,
        "cover": file.cover and file.cover.officer,
        "cover_until": file.cover and file.cover.until,
        "closed_at": file.closed_at,
        "next_due": next_due,
    }
    return values if file.reported_at is None else values | {"reported_at": file.reported_at}


async def told(db: Reading, ref: str) -> dict[str, Any]:
    """The whole row. Raises NoResultFound."""
    return (await db.connection.execute(select(cases).where(cases.c.ref == ref))).one()._asdict()


async def file_of(db: Reading, ref: str) -> CaseFile | None:
    value = await db.connection.scalar(select(cases.c.file).where(cases.c.ref == ref))
    return None if value is None else CaseFile.model_validate(value)


async def row_of(db: Reading, ref: str) -> Row | None:
    row = (await db.connection.execute(select(*_ROW).where(cases.c.ref == ref))).one_or_none()
    return None if row is None else Row(**row._asdict())


async def whose(db: Reading, ref: str) -> str | None:
    """Its officer, or whoever took the report while it has none."""
    has_it: str | None = await db.connection.scalar(
        select(func.coalesce(cases.c.officer, cases.c.opened_by)).where(cases.c.ref == ref)
    )
    return has_it


async def is_registered(db: Reading, ref: str) -> bool:
    return await db.connection.scalar(select(cases.c.ref).where(cases.c.ref == ref)) is not None


async def opening_of(db: Reading, ref: str) -> CaseFile:
    """Raises NoResultFound."""
    query = select(cases.c.opening).where(cases.c.ref == ref)
    return CaseFile.model_validate((await db.connection.execute(query)).scalar_one())


async def head_of(db: Reading, ref: str) -> tuple[int, bytes]:
    """Raises NoResultFound."""
    row = (await db.connection.execute(select(cases.c.seq, cases.c.head).where(cases.c.ref == ref))).one()
    return row.seq, row.head


class Filter(Frozen):
    """`late`, here or beside the case, is judged against the `now` that the caller passes to `page`."""

    open: bool | None = None
    stage: str | None = None
    serious: bool | None = None
    hate: bool | None = None
    category: str | None = None
    ward: str | None = None
    officer: str | None = None
    late: bool | None = None
    words: str | None = None


async def page(
    db: Reading, wanted: Filter, now: datetime, limit: int, after: tuple[datetime, str] | None = None
) -> Sequence[Row]:
    """The newest reports first, beginning behind `after` (reported_at, ref). For whoever may see none but those
    that name them these are found first: among very many there would be hardly any to be shown.
    """
    found = query(wanted, now, limit, after)
    if db.viewer is not None and db.viewer.only_named:
        found = found.where(cases.c.ref.in_(select(func.cases_naming(db.viewer.id))))
    rows = await db.connection.execute(found)
    return [Row(**row._asdict()) for row in rows]


def query(wanted: Filter, now: datetime, limit: int, after: tuple[datetime, str] | None = None) -> Select[Any]:
    """What `page` asks."""
    found = select(*_ROW).order_by(cases.c.reported_at.desc(), cases.c.ref.desc()).limit(limit)
    for name, value in wanted.model_dump(exclude={"open", "late", "words"}, exclude_none=True).items():
        found = found.where(cases.c[name] == value)
    if wanted.open is not None:
        found = found.where(cases.c.closed_at.is_(None) if wanted.open else cases.c.closed_at.is_not(None))
    if wanted.late is not None:
        late = cases.c.ref.in_(_late(now))
        found = found.where(late if wanted.late else ~late)
    if wanted.words:
        found = found.where(_speaks_of(wanted.words))
    if after is not None:
        found = found.where(tuple_(cases.c.reported_at, cases.c.ref) < tuple_(*after))
    return found


def _late(now: datetime) -> CompoundSelect[tuple[str]]:
    """Where something is late on the case or on what is carried on beside it; each by its own index."""
    from store.procedures import procedures  # noqa: PLC0415 - they refer to cases, and a search of cases to them

    one = cases.alias()
    beside = select(procedures.c.case_ref).where(procedures.c.next_due < now, procedures.c.case_ref.is_not(None))
    return union(select(one.c.ref).where(one.c.next_due < now), beside)


def _speaks_of(words: str) -> Any:  # noqa: ANN401 - a SQL condition has no better type
    from store.mentions import speaking_of  # noqa: PLC0415 - mentions refer to cases, and a search of cases to them

    return cases.c.ref.in_(select(literal(words.strip().upper())).union_all(speaking_of(words)))
