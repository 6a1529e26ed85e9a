"""The people of a case, as its report names them. Derived from the timeline."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Integer,
    Select,
    Table,
    Text,
    delete,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from policy.case_file import COMPLAINANT
from policy.facts import Entry
from policy.facts.contact import ComplainantDetailsTold
from policy.facts.people import Means, Person
from policy.facts.reporting import ReportReceived
from store.sessions import METADATA, Reading, Writing

people = Table(
    "people",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("name", Text),
    Column("standing", Text, nullable=False),
    Column("address", ARRAY(Text), nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("prefers", Text),
    Column("words", Text, nullable=False),
)

_WORDS: ColumnElement[Any] = literal_column("to_tsvector('simple', words)")
"""Spelt as the index spells it."""


def named_in(ref: str, seq: int, entry: Entry) -> list[dict[str, Any]]:
    """The rows that an entry adds."""
    fact = entry.fact
    place = {"case_ref": ref, "seq": seq}
    if isinstance(fact, ComplainantDetailsTold):
        row = fact.complainant.model_dump(mode="json") | place | {"part": "complainant"}
        return [row | {"words": _words(row)}]
    if not isinstance(fact, ReportReceived):
        return []
    rows = []
    for part, person in (("complainant", fact.complainant), ("about", fact.about)):
        if person is not None:
            told = person.model_dump(mode="json")
            rows.append({"email": None, "phone": None, "prefers": None} | told | {"part": part})
    if fact.place is not None and fact.place.address:
        rows.append({"part": "place", "standing": "unknown", "address": list(fact.place.address)})
    blank = dict.fromkeys(("name", "email", "phone", "prefers"))
    return [row | place | {"words": _words(row)} for row in (blank | row for row in rows)]


def _words(row: dict[str, Any]) -> str:
    """What somebody may be looked for by."""
    parts = (row["name"], *row["address"], row["email"], row["phone"])
    return " ".join(part for part in parts if part)


async def enter(db: Writing, rows: list[dict[str, Any]]) -> None:
    if rows:
        await db.connection.execute(insert(people).on_conflict_do_nothing(), rows)


async def forget(db: Writing, ref: str) -> None:
    """Before a rebuild."""
    await db.connection.execute(delete(people).where(people.c.case_ref == ref))


async def complainant(db: Reading, ref: str) -> Person | None:
    return await called(db, ref, COMPLAINANT)


async def called(db: Reading, ref: str, part: str) -> Person | None:
    """Whom the case file calls so, as told last: the complainant, or `about`, whom the report was about."""
    newest = people.c.seq.desc()
    query = select(people).where(people.c.case_ref == ref, people.c.part == part).order_by(newest).limit(1)
    row = (await db.connection.execute(query)).one_or_none()
    if row is None:
        return None
    return Person(
        name=row.name,
        standing=row.standing,
        address=tuple(row.address),
        email=row.email,
        phone=row.phone,
        prefers=row.prefers and Means(row.prefers),
    )


def speaking_of(words: str) -> Select[Any]:
    """The references of cases in which a person or place is called so."""
    return select(people.c.case_ref).where(
        _WORDS.bool_op("@@")(func.plainto_tsquery(literal_column("'simple'::regconfig"), words))
    )
