"""Prevention work as it stands now; what was told before stands in the journal."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Date,
    Integer,
    Table,
    Text,
    Uuid,
    and_,
    case,
    exists,
    func,
    insert,
    select,
    tuple_,
    update,
)

from policy.frozen import Frozen
from policy.journal import Note
from policy.measures.prevention import Begun
from policy.prevention import PreventionCorrected, PreventionEnded, PreventionPlanned, PreventionWork
from store import journal
from store.sessions import METADATA, Reading, Writing, behind

prevention_work = Table(
    "prevention_work",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("place", Text),
    Column("ward", Text),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    Column("cost", BigInteger),
    Column("bid", BigInteger),
    Column("partners", ARRAY(Text), nullable=False),
    Column("result", Text),
    Column("result_words", Text),
    Column("final_cost", BigInteger),
    Column("awarded", BigInteger),
)


class WorkNotKnown(LookupError):
    """There is no prevention work of this id."""


class Work(Frozen):
    """Amounts in pence. `cost` and `bid` as planned, `final_cost` and `awarded` as they came out."""

    id: str
    kind: str
    title: str
    words: str
    place: str | None
    ward: str | None
    starts: date
    ends: date | None
    cost: int | None
    bid: int | None
    partners: tuple[str, ...]
    result: str | None
    result_words: str | None
    final_cost: int | None
    awarded: int | None


class WorkFilter(Frozen):
    """Work that was going on at some time between `since` and `until`, both days included."""

    kind: str | None = None
    ward: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None


_COLUMNS = tuple(prevention_work.c[name] for name in Work.model_fields)


async def record(db: Writing, about: str, note: Note) -> int:
    """Keeps what was planned, corrected or came of it, once. Returns its place in the history.
    Raises WorkNotKnown and KeyUsedForAnotherNote.
    """
    if known := await journal.standing(db, note):
        return known
    fact = note.fact
    if isinstance(fact, PreventionPlanned):
        seq = 1
        await db.connection.execute(insert(prevention_work).values(id=about, seq=seq, **_planned(fact)))
    else:
        query = select(prevention_work.c.seq).where(prevention_work.c.id == about).with_for_update()
        before = await db.connection.scalar(query)
        if before is None:
            raise WorkNotKnown(about)
        seq = before + 1
        this = update(prevention_work).where(prevention_work.c.id == about)
        await db.connection.execute(this.values(seq=seq, **_changed(note)))
    await journal.append(db, about, seq, note)
    return seq


def _planned(fact: PreventionWork) -> dict[str, Any]:
    row = fact.model_dump(include=set(PreventionWork.model_fields))
    return row | {"partners": list(fact.partners)}


def _changed(note: Note) -> dict[str, Any]:
    match note.fact:
        case PreventionCorrected() as fact:
            return _planned(fact)
        case PreventionEnded() as fact:
            told = {"result": fact.result, "result_words": fact.words}
            return told | {"final_cost": fact.cost, "awarded": fact.awarded}
        case _:
            raise TypeError(note.fact.fact)


async def begun(db: Reading, known_at: datetime) -> list[Begun]:
    """What had been planned by then, and what had been told to have come of it; otherwise as it stands now."""
    told = journal.journal.c

    def known(fact: str) -> ColumnElement[bool]:
        of_it = and_(told.about == prevention_work.c.id, told.fact == fact)
        return exists().where(of_it, told.recorded_at <= known_at)

    result = case((known("prevention_ended"), prevention_work.c.result))
    columns = (*(prevention_work.c[name] for name in ("kind", "ward", "starts")), result)
    query = select(*columns).where(known("prevention_planned"))
    return [Begun(*row) for row in await db.connection.execute(query)]


async def page(
    db: Reading, wanted: WorkFilter, limit: int, after: tuple[date, str] | None = None
) -> Sequence[Work]:
    """The latest start first, beginning behind `after` (starts, id)."""
    starts, ends, id_ = (prevention_work.c[name] for name in ("starts", "ends", "id"))
    query = select(*_COLUMNS).order_by(starts.desc(), id_.desc()).limit(limit)
    for name in ("kind", "ward", "place"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(prevention_work.c[name] == value)
    if wanted.since is not None:
        query = query.where(func.coalesce(ends >= wanted.since, True))
    if wanted.until is not None:
        query = query.where(starts <= wanted.until)
    if after is not None:
        query = query.where(tuple_(starts, id_) < behind(after))
    return [Work(**row._asdict()) for row in await db.connection.execute(query)]


async def by_id(db: Reading, about: str) -> Work:
    """Raises WorkNotKnown."""
    row = (await db.connection.execute(select(*_COLUMNS).where(prevention_work.c.id == about))).one_or_none()
    if row is None:
        raise WorkNotKnown(about)
    return Work(**row._asdict())
