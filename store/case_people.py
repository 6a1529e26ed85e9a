"""Who is on which case, as what, and how the case says that they are reached safely: ids and codes alone. Derived
from the timeline.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Table, Text, Time, Uuid, delete, insert, select
from sqlalchemy.dialects.postgresql import ARRAY

from policy.case_file import CaseFile
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
    Column("safe_told_at", DateTime(timezone=True)),
    Column("safe_means", ARRAY(Text)),
    Column("safe_from", Time),
    Column("safe_until", Time),
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


def rows_of(file: CaseFile) -> list[dict[str, Any]]:
    """In the order of their keys."""
    return [
        {
            "case_ref": file.ref,
            "key": key,
            "part": one.part.value,
            "person_id": one.person,
            "minor": one.minor,
            "acts_for": one.acts_for,
            "since": one.since,
            "left_at": one.left_at,
            "safe_told_at": safe and safe.told_at,
            "safe_means": safe and [means.value for means in safe.means],
            "safe_from": safe and safe.from_time,
            "safe_until": safe and safe.until_time,
        }
        for key, one in sorted(file.people.items())
        for safe in (file.safe_ways.get(key),)
    ]


async def enter(db: Writing, file: CaseFile) -> None:
    """In place of whoever was on the case before."""
    await forget(db, file.ref)
    if rows := rows_of(file):
        await db.connection.execute(insert(case_people), rows)


async def of_case(db: Reading, ref: str) -> list[dict[str, Any]]:
    """In the order of their keys."""
    found = await db.connection.execute(select(case_people).where(case_people.c.case_ref == ref))
    return sorted((row._asdict() for row in found), key=lambda row: row["key"])


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
