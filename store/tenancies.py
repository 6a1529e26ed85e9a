"""Tenancies and the households that live under them: joint tenants are several people, children among them."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import model_validator
from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Row,
    Table,
    Text,
    Uuid,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from policy.facts.base import Line, Name
from policy.facts.parts import PersonId
from policy.frozen import Frozen
from policy.likeness import marks_of
from policy.tenure import Tenure
from store.people import Day
from store.sessions import METADATA, Reading, Writing

tenancies = Table(
    "tenancies",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("reference", Text),
    Column("address", ARRAY(Text), nullable=False),
    Column("tenure", Text, nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    Column("starter_ends", Date),
    Column("marks", ARRAY(Text), nullable=False),
)

household = Table(
    "household",
    METADATA,
    Column("tenancy_id", Uuid(as_uuid=False), primary_key=True),
    Column("person_id", Uuid(as_uuid=False), primary_key=True),
    Column("place", Text, nullable=False),
    Column("since", Date),
    Column("until", Date),
)


class InHousehold(StrEnum):
    """What somebody is in a household."""

    TENANT = "tenant"
    MEMBER = "member"


class Member(Frozen):
    """`since` and `until` where somebody came later than the tenancy began, or left before it ends."""

    person: PersonId
    place: InHousehold = InHousehold.MEMBER
    since: Day | None = None
    until: Day | None = None


class TenancyTold(Frozen):
    """`reference` is the landlord's own. `starter_ends` is when a starter tenancy stops being one."""

    reference: Name | None = None
    address: tuple[Line, ...]
    tenure: Tenure
    starts: Day
    ends: Day | None = None
    starter_ends: Day | None = None
    people: tuple[Member, ...]

    @model_validator(mode="after")
    def _makes_sense(self) -> "TenancyTold":
        if not self.address:
            raise ValueError("say which home it is")
        if not any(one.place is InHousehold.TENANT for one in self.people):
            raise ValueError("a tenancy has a tenant")
        if len({one.person for one in self.people}) != len(self.people):
            raise ValueError("somebody is named twice")
        if any(day is not None and day < self.starts for day in (self.ends, self.starter_ends)):
            raise ValueError("it cannot end before it starts")
        if self.tenure is Tenure.NONE:
            raise ValueError("a tenancy has a tenure")
        if self.starter_ends is not None and self.tenure is not Tenure.STARTER:
            raise ValueError("only a starter tenancy has an end of being one")
        return self


class Tenancy(TenancyTold):
    id: str


class ReferenceTaken(Exception):
    """Another tenancy has this reference of the landlord's."""


async def add(db: Writing, id_: str, told: TenancyTold) -> Tenancy:
    """Raises ReferenceTaken."""
    tenancy = Tenancy(**told.model_dump(), id=id_)
    await _free(db, tenancy)
    await db.connection.execute(insert(tenancies).values(**_row(tenancy)))
    await _write_people(db, tenancy)
    return tenancy


async def correct(db: Writing, before: Tenancy, told: TenancyTold) -> Tenancy:
    """Keeps the tenancy as told, with the people told. Raises ReferenceTaken."""
    after = Tenancy(**told.model_dump(), id=before.id)
    await _free(db, after)
    await db.connection.execute(update(tenancies).where(tenancies.c.id == after.id).values(**_row(after)))
    await _write_people(db, after)
    return after


async def by_id(db: Reading, id_: str) -> Tenancy | None:
    row = (await db.connection.execute(select(tenancies).where(tenancies.c.id == id_))).one_or_none()
    return None if row is None else await _tenancy(db, row)


async def lock(db: Writing, id_: str) -> Tenancy | None:
    """The tenancy, held until the transaction ends."""
    await db.connection.execute(select(tenancies.c.id).where(tenancies.c.id == id_).with_for_update())
    return await by_id(db, id_)


async def of_person(db: Reading, person: str) -> list[Tenancy]:
    """The newest first."""
    theirs = select(household.c.tenancy_id).where(household.c.person_id == person)
    query = select(tenancies).where(tenancies.c.id.in_(theirs)).order_by(tenancies.c.starts.desc(), tenancies.c.id)
    return [await _tenancy(db, row) for row in (await db.connection.execute(query)).all()]


async def households(db: Reading, people: Sequence[str], today: date) -> dict[str, set[str]]:
    """Whom each of them lives with today, themselves included."""
    found = {person: {person} for person in people}
    if not people:
        return found
    other = household.alias("other")
    query = (
        select(household.c.person_id, other.c.person_id.label("lives_with"))
        .join_from(household, other, other.c.tenancy_id == household.c.tenancy_id)
        .join(tenancies, tenancies.c.id == household.c.tenancy_id)
        .where(household.c.person_id.in_(people), _lasts(tenancies.c.starts, tenancies.c.ends, today))
        .where(_lasts(household.c.since, household.c.until, today), _lasts(other.c.since, other.c.until, today))
    )
    for row in await db.connection.execute(query):
        found[row.person_id].add(row.lives_with)
    return found


async def living_at(db: Reading, marks: Sequence[str], today: date, limit: int) -> set[str]:
    """Who lives today at a home that has one of these marks."""
    alike = select(tenancies).where(tenancies.c.marks.overlap(list(marks)))
    homes = alike.cte("alike").prefix_with("MATERIALIZED")  # by the index, whatever the limit makes of its cost
    query = (
        select(household.c.person_id)
        .join_from(household, homes, homes.c.id == household.c.tenancy_id)
        .where(_lasts(homes.c.starts, homes.c.ends, today))
        .where(_lasts(household.c.since, household.c.until, today))
        .limit(limit)
    )
    return set((await db.connection.scalars(query)).all())


def _lasts(since: ColumnElement[Any], until: ColumnElement[Any], day: date) -> ColumnElement[bool]:
    return or_(since.is_(None), since <= day) & or_(until.is_(None), until > day)


async def _free(db: Writing, tenancy: Tenancy) -> None:
    if tenancy.reference is None:
        return
    lock = func.pg_advisory_xact_lock(func.hashtextextended(f"tenancy {tenancy.reference}", 0))
    await db.connection.execute(select(lock))
    taken = select(tenancies.c.id).where(tenancies.c.reference == tenancy.reference, tenancies.c.id != tenancy.id)
    if await db.connection.scalar(taken) is not None:
        raise ReferenceTaken(tenancy.id)


async def _write_people(db: Writing, tenancy: Tenancy) -> None:
    await db.connection.execute(household.delete().where(household.c.tenancy_id == tenancy.id))
    rows = [
        {"tenancy_id": tenancy.id, "person_id": one.person, "place": one.place.value}
        | {"since": one.since, "until": one.until}
        for one in tenancy.people
    ]
    await db.connection.execute(insert(household), rows)


def _row(tenancy: Tenancy) -> dict[str, Any]:
    row = tenancy.model_dump(exclude={"people"}) | {"address": list(tenancy.address)}
    return row | {"tenure": tenancy.tenure.value, "marks": list(marks_of(address=tenancy.address))}


async def _tenancy(db: Reading, row: Row[Any]) -> Tenancy:
    query = select(household).where(household.c.tenancy_id == row.id).order_by(household.c.place.desc())
    people = tuple(
        Member(person=one.person_id, place=one.place, since=one.since, until=one.until)
        for one in await db.connection.execute(query.order_by(household.c.person_id))
    )
    told = {name: value for name, value in row._asdict().items() if name in Tenancy.model_fields}
    return Tenancy(**told, people=people)
