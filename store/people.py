"""People whom we know, under one id in all their cases: who they are, how to reach them, where they lived when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, model_validator
from pydantic_core import to_json
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Row,
    Table,
    Text,
    Uuid,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from policy.facts.base import Email, Line, Phone, Words
from policy.facts.people import Means, Standing
from policy.frozen import Frozen
from policy.likeness import marks_of
from store.sessions import METADATA, Reading, Writing

people = Table(
    "people",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("name", Text, nullable=False),
    Column("date_of_birth", Date),
    Column("minor", Boolean, nullable=False),
    Column("standing", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("prefers", Text),
    Column("safe_contact", Text),
    Column("words", Text, nullable=False),
    Column("marks", ARRAY(Text), nullable=False),
)

addresses = Table(
    "addresses",
    METADATA,
    Column("person_id", Uuid(as_uuid=False), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date),
    Column("lines", ARRAY(Text), nullable=False),
)

_WORDS: Final[ColumnElement[Any]] = literal_column("to_tsvector('simple', words)")
"""Spelt as the index spells it."""

MOST_FOUND: Final = 50
GROWN_UP: Final = 18
_EARLIEST: Final = date(1900, 1, 1)
_LATEST: Final = date(2200, 1, 1)


def _in_the_calendar(day: date) -> date:
    if not _EARLIEST <= day < _LATEST:
        raise ValueError(f"must lie between the years {_EARLIEST.year} and {_LATEST.year}")
    return day


Day = Annotated[date, AfterValidator(_in_the_calendar)]


class Address(Frozen):
    """Where somebody lived from `since` until the day before `until`."""

    since: Day
    until: Day | None = None
    lines: tuple[Line, ...]


class PersonTold(Frozen):
    """What is told of a person. `minor` counts where the date of birth is not known; `safe_contact` is how to
    reach them without putting them at risk; `address` is where they live now, and `address_since` since when,
    which is today if nobody says.
    """

    name: Line
    date_of_birth: Day | None = None
    minor: bool = False
    standing: Standing = Standing.UNKNOWN
    email: Email | None = None
    phone: Phone | None = None
    prefers: Means | None = None
    safe_contact: Words | None = None
    address: tuple[Line, ...] = ()
    address_since: Day | None = None


class Person(PersonTold):
    """`addresses` begin with the newest."""

    id: str
    addresses: tuple[Address, ...] = ()

    def is_minor(self, today: date) -> bool:
        born = self.date_of_birth
        if born is None:
            return self.minor
        had_birthday = (today.month, today.day) >= (born.month, born.day)
        return today.year - born.year - (not had_birthday) < GROWN_UP


class Moved(Frozen):
    """To which address, and since when; today if that is not said."""

    address: tuple[Line, ...]
    since: Day | None = None

    @model_validator(mode="after")
    def _goes_somewhere(self) -> "Moved":
        if not self.address:
            raise ValueError("say where they have moved to")
        return self


class MovedBeforeTheyMovedIn(Exception):
    """The move is dated no later than the one before."""


async def add(db: Writing, id_: str, told: PersonTold, today: date) -> Person:
    person = _living_at(Person(**told.model_dump(), id=id_), (), today)
    await db.connection.execute(insert(people).values(**_row(person)))
    await _write_addresses(db, person)
    return person


_BRING: Final = text("SELECT bring_people(CAST(:new AS jsonb), CAST(:homes AS jsonb))")


async def add_unknown(db: Writing, told: Mapping[str, PersonTold], today: date) -> None:
    """By the ids that they are to have. Who is known already stays as they are. Safe to do twice at once."""
    new = [_living_at(Person(**one.model_dump(), id=id_), (), today) for id_, one in told.items()]
    if new:
        rows, homes = [_row(person) for person in new], [row for person in new for row in _homes_of(person)]
        await db.connection.execute(_BRING, {"new": to_json(rows).decode(), "homes": to_json(homes).decode()})


async def correct(db: Writing, before: Person, told: PersonTold, today: date) -> Person:
    """Keeps the person as told. Another address corrects the one that they live at, none takes back the last move.
    Raises MovedBeforeTheyMovedIn.
    """
    earlier = before.addresses[1:] if before.address else before.addresses
    earlier = tuple(
        home.model_copy(update={"until": None}) if home.until == before.address_since else home for home in earlier
    )
    after = _living_at(Person(**told.model_dump(), id=before.id), earlier, today)
    await _write(db, after)
    return after


async def move(db: Writing, before: Person, moved: Moved, today: date) -> Person:
    """Raises MovedBeforeTheyMovedIn."""
    home = before.model_copy(update={"address": moved.address, "address_since": moved.since})
    after = _living_at(home, before.addresses, today)
    await _write(db, after)
    return after


async def by_id(db: Reading, id_: str) -> Person | None:
    found = await by_ids(db, [id_])
    return found.get(id_)


async def lock(db: Writing, id_: str) -> Person | None:
    """The person, held until the transaction ends."""
    await db.connection.execute(select(people.c.id).where(people.c.id == id_).with_for_update())
    return await by_id(db, id_)


async def by_ids(db: Reading, ids: Sequence[str]) -> dict[str, Person]:
    """Those of them that there are."""
    if not ids:
        return {}
    rows = (await db.connection.execute(select(people).where(people.c.id.in_(ids)))).all()
    query = select(addresses).where(addresses.c.person_id.in_(ids)).order_by(addresses.c.since.desc())
    homes = (await db.connection.execute(query)).all()
    return {row.id: _person(row, [home for home in homes if home.person_id == row.id]) for row in rows}


async def called(db: Reading, words: str) -> list[Person]:
    """Whoever has all the words among names, addresses, e-mail addresses and telephone numbers."""
    asked = func.plainto_tsquery(literal_column("'simple'::regconfig"), words)
    query = select(people.c.id).where(_WORDS.bool_op("@@")(asked)).order_by(people.c.name, people.c.id)
    ids = list((await db.connection.scalars(query.limit(MOST_FOUND))).all())
    found = await by_ids(db, ids)
    return [found[id_] for id_ in ids]


async def marked(db: Reading, marks: Sequence[str], limit: int) -> dict[str, list[str]]:
    """Who shares which of these marks."""
    alike = select(people.c.id, people.c.marks).where(people.c.marks.overlap(list(marks)))
    found = alike.cte("alike").prefix_with("MATERIALIZED")  # by the index, whatever the limit makes of its cost
    query = select(found).limit(limit)
    wanted = set(marks)
    return {row.id: sorted(wanted & set(row.marks)) for row in await db.connection.execute(query)}


def _living_at(person: Person, earlier: tuple[Address, ...], today: date) -> Person:
    """With the address told, which ends the one before. Raises MovedBeforeTheyMovedIn."""
    homes = earlier
    if person.address:
        since = person.address_since or today
        if earlier and since <= earlier[0].since:
            raise MovedBeforeTheyMovedIn(person.id)
        left = [home.model_copy(update={"until": min(home.until or since, since)}) for home in earlier[:1]]
        homes = (Address(since=since, lines=person.address), *left, *earlier[1:])
    return person.model_copy(update={"addresses": homes, **_here(homes)})


def _here(homes: Sequence[Address]) -> dict[str, Any]:
    """Where they live now, if we know."""
    if not homes or homes[0].until is not None:
        return {"address": (), "address_since": None}
    return {"address": homes[0].lines, "address_since": homes[0].since}


async def _write(db: Writing, person: Person) -> None:
    await db.connection.execute(update(people).where(people.c.id == person.id).values(**_row(person)))
    await _write_addresses(db, person)


async def _write_addresses(db: Writing, person: Person) -> None:
    await db.connection.execute(addresses.delete().where(addresses.c.person_id == person.id))
    if rows := _homes_of(person):
        await db.connection.execute(insert(addresses), rows)


def _homes_of(person: Person) -> list[dict[str, Any]]:
    return [home.model_dump() | {"person_id": person.id, "lines": list(home.lines)} for home in person.addresses]


def _row(person: Person) -> dict[str, Any]:
    """With what they are found and recognised by, at any address that they ever had."""
    lines = [line for home in person.addresses for line in home.lines]
    words = (person.name, *lines, person.email, person.phone)
    marks = {*marks_of(person.name, (), person.email, person.phone)}
    for home in person.addresses:
        marks |= set(marks_of(address=home.lines))
    row = person.model_dump(exclude={"address", "address_since", "addresses"})
    return row | {"words": " ".join(word for word in words if word), "marks": sorted(marks)}


def _person(row: Row[Any], homes: Sequence[Row[Any]]) -> Person:
    kept = tuple(Address(since=home.since, until=home.until, lines=tuple(home.lines)) for home in homes)
    told = {name: value for name, value in row._asdict().items() if name in Person.model_fields}
    return Person(**told, addresses=kept, **_here(kept))
