"""The people and places that a case's report names, as it names them. Derived from the timeline."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from policy.company import COMPLAINANT
from policy.facts import Entry
from policy.facts.consequences import ABOUT
from policy.facts.contact import ComplainantDetailsTold
from policy.facts.importing import CaseImported
from policy.facts.people import Means, Person
from policy.facts.reporting import ReportReceived
from policy.frozen import Frozen
from policy.likeness import marks_of
from store.case_people import case_people
from store.cases import cases
from store.sessions import METADATA, Reading, Writing
from store.timeline import timeline

MOST_LOOKED_AT: Final = 500
"""What more of them share tells little; their newest are looked at."""

mentions = Table(
    "mentions",
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
    Column("marks", ARRAY(Text), nullable=False),
)

_found = func.mentions_sharing(bindparam("shared", type_=ARRAY(Text))).table_valued(
    Column("case_ref", Text), Column("part", Text), Column("marks", ARRAY(Text))
)
_alike = select(_found).cte("alike").prefix_with("MATERIALIZED")
"""Found first, by the index on marks, and joined to their cases then, of which the caller is shown their own."""


def named_in(ref: str, seq: int, entry: Entry) -> list[dict[str, Any]]:
    """The rows that an entry adds."""
    fact = entry.fact
    place = {"case_ref": ref, "seq": seq}
    blank = dict.fromkeys(("name", "email", "phone", "prefers"))
    if isinstance(fact, CaseImported):
        row = blank | place | {"part": "imported", "standing": "unknown", "address": []}
        return [row | {"words": fact.reference, "marks": []}]
    if isinstance(fact, ComplainantDetailsTold):
        row = fact.complainant.model_dump(mode="json") | place | {"part": "complainant"}
        return [row | _recognised_by(row)]
    if not isinstance(fact, ReportReceived):
        return []
    rows = []
    for part, person in (("complainant", fact.complainant), ("about", fact.about)):
        if person is not None:
            told = person.model_dump(mode="json")
            rows.append({"email": None, "phone": None, "prefers": None} | told | {"part": part})
    if fact.place is not None and fact.place.address:
        rows.append({"part": "place", "standing": "unknown", "address": list(fact.place.address)})
    return [row | place | _recognised_by(row) for row in (blank | row for row in rows)]


def _recognised_by(row: dict[str, Any]) -> dict[str, Any]:
    """What somebody may be looked for by, and what they share with others."""
    parts = (row["name"], *row["address"], row["email"], row["phone"])
    marks = marks_of(row["name"], row["address"], row["email"], row["phone"])
    return {"words": " ".join(part for part in parts if part), "marks": list(marks)}


async def enter(db: Writing, rows: list[dict[str, Any]]) -> None:
    if rows:
        await db.connection.execute(insert(mentions).on_conflict_do_nothing(), rows)


async def forget(db: Writing, ref: str) -> None:
    """Before a rebuild."""
    await db.connection.execute(delete(mentions).where(mentions.c.case_ref == ref))


async def complainant(db: Reading, ref: str) -> Person | None:
    return await called(db, ref, COMPLAINANT)


async def called(db: Reading, ref: str, key: str) -> Person | None:
    """Whom the case file calls so, as told last, whenever that was written down: the complainant, or whom the
    report was about.
    """
    told = (timeline.c.case_ref == mentions.c.case_ref) & (timeline.c.seq == mentions.c.seq)
    query = (
        select(mentions)
        .join(timeline, told)
        .where(mentions.c.case_ref == ref, mentions.c.part == ("about" if key == ABOUT else key))
        .order_by(timeline.c.at.desc(), mentions.c.seq.desc())
        .limit(1)
    )
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
    """The references of cases in which a person or place is called so, whoever looks."""
    return select(func.mentions_speaking_of(words))


class Mention(Frozen):
    """Somebody or somewhere that a case's report named, and by which of the marks asked for."""

    case_ref: str
    part: str
    marks: tuple[str, ...]
    reported_at: datetime


async def sharing(db: Reading, marks: Sequence[str], *, open_since: datetime) -> list[Mention]:
    """In cases that are open or closed no earlier than `open_since`, the newest first."""
    return await _marked(db, marks, cases.c.closed_at.is_(None) | (cases.c.closed_at >= open_since))


async def at_address(
    db: Reading, address: Sequence[str], *, reported_since: datetime, besides: str
) -> list[Mention]:
    """Who was named as living there, as a complainant who was affected or as complained about."""
    reporter = (case_people.c.case_ref == _alike.c.case_ref) & (case_people.c.key == "complainant")
    saw_it = exists().where(reporter, case_people.c.part != "complainant")
    affected = (_alike.c.part == "complainant") & ~saw_it
    others = (cases.c.ref != besides) & (cases.c.reported_at >= reported_since)
    return await _marked(db, marks_of(address=address), others & (affected | (_alike.c.part == "about")))


async def _marked(db: Reading, marks: Sequence[str], wanted: ColumnElement[bool]) -> list[Mention]:
    query = (
        select(_alike, cases.c.reported_at)
        .join_from(_alike, cases, cases.c.ref == _alike.c.case_ref)
        .where(wanted)
        .order_by(cases.c.reported_at.desc(), _alike.c.case_ref, _alike.c.part)
        .limit(MOST_LOOKED_AT)
    )
    rows = (await db.connection.execute(query, {"shared": list(marks)})).all() if marks else []
    return [Mention(**row._asdict() | {"marks": tuple(sorted(set(row.marks) & set(marks)))}) for row in rows]
