"""Places that are inspected, and what was found there. The row's lock is the place's one writer."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Column, DateTime, Table, Text, Uuid, func, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import JSONB

from policy import ledger
from policy.estates import facts, folding, rules
from policy.estates.file import INSPECTION, Counting, PlaceFile
from policy.frozen import Frozen
from policy.journal import Note
from store import findings, inspections, journal
from store.inspections import place_deadlines
from store.sessions import METADATA, Reading, Writing, behind

places = Table(
    "places",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("name", Text, nullable=False),
    Column("ward", Text),
    Column("address", ARRAY(Text), nullable=False),
    Column("officer", Text),
    Column("listed_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("file", JSONB, nullable=False),
)


class PlaceNotListed(LookupError):
    """There is no place of this id."""


class ListedPlace(Frozen):
    """`due` is None once the place is no longer inspected."""

    id: str
    name: str
    ward: str | None
    address: tuple[str, ...]
    officer: str | None
    listed_at: datetime
    ended_at: datetime | None
    due: datetime | None
    overdue: bool


class PlaceFilter(Frozen):
    ward: str | None = None
    officer: str | None = None
    overdue: bool | None = None


async def list_place(db: Writing, note: Note, counting: Counting) -> int:
    """Lists a place under the note's id, or finds it listed. Raises Refused and KeyUsedForAnotherNote."""
    if known := await journal.standing(db, note):
        return known
    fact, before = note.fact, PlaceFile(id=note.id)
    if not isinstance(fact, facts.PlaceListed):
        raise TypeError(fact.fact)
    rules.check(before, note, counting)
    file = folding.after(before, note, counting)
    row = fact.model_dump(include={"name", "ward", "officer"})
    listed = {
        "id": note.id,
        "address": list(fact.address),
        "listed_at": fact.at,
        "file": file.model_dump(mode="json"),
    }
    await db.connection.execute(insert(places).values(**row | listed))
    await _written(db, before, file, note)
    return file.seq


async def record(db: Writing, place: str, note: Note, counting: Counting) -> int:
    """Checks and records what happened there, once. Returns its place in the history.
    Raises PlaceNotListed, Refused and KeyUsedForAnotherNote.
    """
    if known := await journal.standing(db, note):
        return known
    before = await _locked(db, place)
    rules.check(before, note, counting)
    return (await _kept(db, before, note, counting)).seq


async def missed(db: Reading, now: datetime, after: str, limit: int) -> list[str]:
    """Places behind `after` at which something is over and nobody has noticed, by id."""
    due, place = place_deadlines.c.due, place_deadlines.c.place_id
    open_one = place_deadlines.c.ending.is_(None) & place_deadlines.c.noticed_at.is_(None)
    query = select(place).where(open_one, due < now).group_by(place).order_by(place).limit(limit)
    if after:
        query = query.where(place > after)
    return [*await db.connection.scalars(query)]


async def notice(db: Writing, place: str, now: datetime, counting: Counting) -> int:
    """Records of each thing that is over there by now that it was missed, and returns how many. Safe to repeat."""
    file = await _locked(db, place)
    notes = journal.misses(file.owed.values(), now)
    for note in notes:
        file = await _kept(db, file, note, counting)
    return len(notes)


async def _locked(db: Writing, place: str) -> PlaceFile:
    """Raises PlaceNotListed."""
    query = select(places.c.file).where(places.c.id == place).with_for_update()
    row = (await db.connection.execute(query)).one_or_none()
    if row is None:
        raise PlaceNotListed(place)
    return PlaceFile.model_validate(row.file)


async def _kept(db: Writing, before: PlaceFile, note: Note, counting: Counting) -> PlaceFile:
    file = folding.after(before, note, counting)
    kept = {"officer": file.officer, "ended_at": file.ended_at, "file": file.model_dump(mode="json")}
    await db.connection.execute(update(places).where(places.c.id == file.id).values(**kept))
    await _written(db, before, file, note)
    return file


async def _written(db: Writing, before: PlaceFile, file: PlaceFile, note: Note) -> None:
    await journal.append(db, file.id, file.seq, note)
    await inspections.enter(db, file.id, ledger.lines([*before.owed.values()], [*file.owed.values()], note))
    await findings.enter(db, file.id, note)


_DUE = (
    select(place_deadlines.c.due)
    .where(
        place_deadlines.c.place_id == places.c.id,
        place_deadlines.c.key == INSPECTION,
        place_deadlines.c.ending.is_(None),
    )
    .scalar_subquery()
)
_COLUMNS = tuple(places.c[name] for name in ListedPlace.model_fields if name in places.c)


async def page(
    db: Reading, wanted: PlaceFilter, now: datetime, limit: int, after: tuple[datetime, str] | None = None
) -> list[ListedPlace]:
    """The longest listed first, beginning behind `after` (listed_at, id)."""
    query = select(*_COLUMNS, _DUE.label("due")).order_by(places.c.listed_at, places.c.id).limit(limit)
    if wanted.ward is not None:
        query = query.where(places.c.ward == wanted.ward)
    if wanted.officer is not None:
        query = query.where(places.c.officer == wanted.officer)
    if wanted.overdue is not None:
        is_late = func.coalesce(now > _DUE, False)
        query = query.where(is_late if wanted.overdue else ~is_late)
    if after is not None:
        query = query.where(tuple_(places.c.listed_at, places.c.id) > behind(after))
    return [_place(row._asdict(), now) for row in await db.connection.execute(query)]


async def by_id(db: Reading, place: str, now: datetime) -> ListedPlace:
    """Raises PlaceNotListed."""
    query = select(*_COLUMNS, _DUE.label("due")).where(places.c.id == place)
    row = (await db.connection.execute(query)).one_or_none()
    if row is None:
        raise PlaceNotListed(place)
    return _place(row._asdict(), now)


async def file_of(db: Reading, place: str) -> PlaceFile:
    """Raises NoResultFound."""
    query = select(places.c.file).where(places.c.id == place)
    return PlaceFile.model_validate((await db.connection.execute(query)).scalar_one())


def _place(row: dict[str, Any], now: datetime) -> ListedPlace:
    return ListedPlace(**row, overdue=row["due"] is not None and row["due"] < now)
