"""The register of disclosures: whatever left us, to whom, about whom and what allowed it. Codes and references.

What was recorded as a fact is derived from its timeline, in the same transaction. What leaves by itself is entered
before it does, so that nothing leaves where this cannot be written: through the API as what it is; a referral as
`referral_leaving`, in the transaction after which its agency is spoken to. That one was proposed is no line, since
it may never go. What came of a sending, once its timeline says so, takes the place of what was entered of it: that
it went or may have gone, and when; or no line, where it did not get there. Each further sending has its own.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Integer,
    Table,
    Text,
    Uuid,
    delete,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from policy.facts.base import Actor
from policy.frozen import Frozen
from policy.told_of import ToldOthers
from store.case_people import case_people
from store.procedures import procedures
from store.sessions import METADATA, Reading, Writing, behind

disclosures = Table(
    "disclosures",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("case_ref", Text),
    Column("seq", Integer),
    Column("what", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("entered_at", DateTime(timezone=True), nullable=False),
    Column("told", ARRAY(Text), nullable=False),
    Column("about", ARRAY(Text)),
    Column("gateway", Text),
    Column("lawful_reason", Text),
    Column("by_id", Text, nullable=False),
)


class Disclosed(Frozen):
    """`what` is the fact that told it, or the way on which it left; `told` are agencies and partners of the
    edition, somebody on the case, or the role of whoever took it. `about` are people of it by their key, None for
    whoever is on it. `seq` is its place in the timeline of `case_ref`: a case, or what is carried on beside it.
    """

    id: str
    case_ref: str | None
    seq: int | None
    what: str
    at: datetime
    entered_at: datetime
    told: tuple[str, ...]
    about: tuple[str, ...] | None
    gateway: str | None
    lawful_reason: str | None
    by_id: str


class Wanted(Frozen):
    """Of this person as we know them, told to this agency, under this gateway, since then."""

    person: str | None = None
    to: str | None = None
    gateway: str | None = None
    since: datetime | None = None


def line_of(ref: str, told: ToldOthers, *, entered_at: datetime, by: Actor, seq: int | None = None) -> Disclosed:
    """`seq` where it stands in the timeline of `ref`. One sending has one line."""
    return Disclosed(
        id=str(uuid5(NAMESPACE_OID, f"{ref} {told.sending or seq}")),
        case_ref=ref,
        seq=seq,
        what=told.fact,
        at=told.at,
        entered_at=entered_at,
        told=told.to,
        about=told.about,
        gateway=told.gateway,
        lawful_reason=told.lawful_reason,
        by_id=by.id,
    )


def standing(lines: Sequence[Disclosed]) -> list[Disclosed]:
    """In the order of the timeline: of one sending what was said last, and nothing that told nobody."""
    last = {line.id: line for line in lines}
    return sorted((line for line in last.values() if line.told), key=lambda line: line.seq or 0)


async def enter(db: Writing, lines: Sequence[Disclosed]) -> None:
    """Safe to repeat."""
    if lines:
        rows = [line.model_dump() for line in lines]
        await db.connection.execute(insert(disclosures).on_conflict_do_nothing(), rows)


async def enter_one(db: Writing, line: Disclosed) -> bool:
    """False where it has been entered before, under its id."""
    query = insert(disclosures).values(line.model_dump()).on_conflict_do_nothing().returning(disclosures.c.id)
    return await db.connection.scalar(query) is not None


async def derive(db: Writing, lines: Sequence[Disclosed]) -> None:
    """What a timeline says, in place of what was entered before it could. Safe to repeat."""
    if lines:
        said = {line.id for line in lines}
        await db.connection.execute(delete(disclosures).where(disclosures.c.id.in_(said)))
        await enter(db, standing(lines))


async def forget(db: Writing, ref: str) -> None:
    """What its timeline says. What was entered before it left stays."""
    await db.connection.execute(
        delete(disclosures).where(disclosures.c.case_ref == ref, disclosures.c.seq.is_not(None))
    )


async def of_timeline(db: Reading, ref: str, after: int = 0, limit: int | None = None) -> list[Disclosed]:
    """What stands there of what that timeline says, in its order, behind `after`."""
    said = disclosures.c.case_ref == ref, disclosures.c.seq > after
    query = select(disclosures).where(*said).order_by(disclosures.c.seq).limit(limit)
    return [Disclosed(**row._asdict()) for row in await db.connection.execute(query)]


async def without_a_fact(db: Reading, refs: Collection[str]) -> list[Disclosed]:
    """What was entered before it left, of these timelines; the newest first."""
    entered = disclosures.c.case_ref.in_(refs), disclosures.c.seq.is_(None)
    order = disclosures.c.entered_at.desc(), disclosures.c.id
    rows = await db.connection.execute(select(disclosures).where(*entered).order_by(*order))
    return [Disclosed(**row._asdict()) for row in rows]


async def page(
    db: Reading, wanted: Wanted, limit: int, after: tuple[datetime, str] | None = None
) -> list[Disclosed]:
    """The newest first, beginning behind `after` (entered_at, id)."""
    order = disclosures.c.entered_at, disclosures.c.id
    query = select(disclosures).order_by(*(column.desc() for column in order)).limit(limit)
    if wanted.person is not None:
        query = query.where(names(wanted.person))
    if wanted.to is not None:
        query = query.where(literal(wanted.to) == disclosures.c.told.any_())
    if wanted.gateway is not None:
        query = query.where(disclosures.c.gateway == wanted.gateway)
    if wanted.since is not None:
        query = query.where(disclosures.c.at >= wanted.since)
    if after is not None:
        query = query.where(tuple_(*order) < behind(after))
    return [Disclosed(**row._asdict()) for row in await db.connection.execute(query)]


def names(person: str) -> ColumnElement[bool]:
    """Which are about them. Who they are on a case may have become known, or been put right, after it was told."""
    among_them = disclosures.c.about.is_(None) | (case_people.c.key == disclosures.c.about.any_())
    beside = select(procedures.c.ref).where(
        procedures.c.ref == disclosures.c.case_ref,
        or_(
            procedures.c.case_ref == case_people.c.case_ref,
            procedures.c.file["cases"].contains(func.to_jsonb(case_people.c.case_ref)),
        ),
    )
    on_it = beside.correlate(disclosures, case_people).exists()
    there = (case_people.c.case_ref == disclosures.c.case_ref) | on_it
    found = select(case_people.c.key).where(case_people.c.person_id == person, among_them, there)
    return found.correlate(disclosures).exists()
