"""Who is on which case, as what: ids and codes alone. Derived from the timeline."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Boolean, Column, DateTime, Table, Text, Uuid, delete, insert, select

from policy.company import OnCase
from policy.facts.parts import Part
from policy.frozen import Frozen
from store.cases import cases
from store.sessions import METADATA, Reading, Writing

case_people = Table(
    "case_people",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("part", Text, nullable=False),
    Column("person_id", Uuid(as_uuid=False)),
    Column("minor", Boolean, nullable=False),
    Column("acts_for", Text),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("left_at", DateTime(timezone=True)),
)


class Appearance(Frozen):
    """Somebody known on a case."""

    person_id: str
    case_ref: str
    key: str
    part: Part
    left_at: datetime | None
    reported_at: datetime
    closed_at: datetime | None


_APPEARANCE = tuple((case_people if name in case_people.c else cases).c[name] for name in Appearance.model_fields)


async def enter(db: Writing, ref: str, people: Mapping[str, OnCase]) -> None:
    """In place of whoever was on the case before."""
    await forget(db, ref)
    rows = [
        {
            "case_ref": ref,
            "key": key,
            "part": one.part.value,
            "person_id": one.person,
            "minor": one.minor,
            "acts_for": one.acts_for,
            "since": one.since,
            "left_at": one.left_at,
        }
        for key, one in people.items()
    ]
    if rows:
        await db.connection.execute(insert(case_people), rows)


async def forget(db: Writing, ref: str) -> None:
    """Before a rebuild."""
    await db.connection.execute(delete(case_people).where(case_people.c.case_ref == ref))


async def appearances(
    db: Reading,
    people: Sequence[str],
    *,
    reported_since: datetime | None = None,
    open_since: datetime | None = None,
    besides: str | None = None,
) -> list[Appearance]:
    """The newest case first. `open_since` leaves out cases that had closed by then, `besides` one case."""
    newest = (cases.c.reported_at.desc(), case_people.c.case_ref.desc(), case_people.c.key)
    query = (
        select(*_APPEARANCE)
        .join_from(case_people, cases, cases.c.ref == case_people.c.case_ref)
        .where(case_people.c.person_id.in_(people))
        .order_by(*newest)
    )
    if reported_since is not None:
        query = query.where(cases.c.reported_at >= reported_since)
    if open_since is not None:
        query = query.where(cases.c.closed_at.is_(None) | (cases.c.closed_at >= open_since))
    if besides is not None:
        query = query.where(case_people.c.case_ref != besides)
    return [Appearance(**row._asdict()) for row in await db.connection.execute(query)]
