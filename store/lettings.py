"""What lettings asked about whom, why, and what they were told: appended, never changed. Personal data."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Table,
    Text,
    Uuid,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB

from policy.case_file import CaseFile
from policy.facts.base import Role
from policy.facts.consequences import ABOUT
from policy.frozen import Frozen
from policy.lettings import Answer, Applicant, History
from store import disclosures
from store.cases import cases
from store.disclosures import Disclosed
from store.mentions import mentions
from store.sessions import METADATA, Reading, Writing, behind

lettings_checks = Table(
    "lettings_checks",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("application", Text),
    Column("name", Text, nullable=False),
    Column("addresses", JSONB, nullable=False),
    Column("digest", Text, nullable=False),
    Column("history", Text, nullable=False),
    Column("upheld", Integer, nullable=False),
    Column("answer", JSONB, nullable=False),
)


_SHORTEST_ADDRESS: Final = 8
"""Letters and digits. With fewer somebody could ask by the name alone."""

_IN_BETWEEN: Final[ColumnElement[str]] = literal_column("'[\\s.,;''`\N{RIGHT SINGLE QUOTATION MARK}()/-]+'")
"""Spelt as the index on the names spells it."""


class Check(Frozen):
    """A line of the log."""

    id: str
    asked_at: datetime
    asked_by: str
    reason: str
    application: str | None
    name: str
    addresses: tuple[tuple[str, ...], ...]
    history: History
    upheld: int


_COLUMNS = tuple(lettings_checks.c[name] for name in Check.model_fields)


async def answered(db: Writing, id_: str) -> tuple[str, Answer] | None:
    """Digest and answer of a question asked before. Whoever brings the same id waits until we are done."""
    await db.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(id_, 0))))
    query = select(lettings_checks.c.digest, lettings_checks.c.answer).where(lettings_checks.c.id == id_)
    row = (await db.connection.execute(query)).one_or_none()
    return None if row is None else (row.digest, Answer.model_validate(row.answer))


async def keep(db: Writing, check: Check, answer: Answer, digest: str, cases_found: Sequence[str]) -> None:
    """Also in the register of disclosures: a line for each case of which it told that there is something, about
    whom that is about, or one about nobody.
    """
    row = check.model_dump() | {"answer": answer.model_dump(mode="json"), "digest": digest}
    await db.connection.execute(insert(lettings_checks).values(**row))
    told = Disclosed(
        id=check.id,
        case_ref=None,
        seq=None,
        what="lettings_answered",
        at=check.asked_at,
        entered_at=check.asked_at,
        told=(Role.LETTINGS,),
        about=(),
        gateway=None,
        lawful_reason=check.reason,
        by_id=check.asked_by,
    )
    of_cases = [
        told.model_copy(
            update={"id": str(uuid5(NAMESPACE_OID, f"{check.id} {ref}")), "case_ref": ref, "about": (ABOUT,)}
        )
        for ref in cases_found
    ]
    await disclosures.enter(db, of_cases or [told])


async def page(db: Reading, limit: int, after: tuple[datetime, str] | None = None) -> Sequence[Check]:
    """The newest first, beginning behind `after` (asked_at, id)."""
    order = lettings_checks.c.asked_at, lettings_checks.c.id
    query = select(*_COLUMNS).order_by(*(column.desc() for column in order)).limit(limit)
    if after is not None:
        query = query.where(tuple_(*order) < behind(after))
    return [Check(**row._asdict()) for row in await db.connection.execute(query)]


async def cases_against(db: Reading, applicant: Applicant) -> list[CaseFile]:
    """The cases in which this person is complained about."""
    query = select(cases.c.file).where(cases.c.ref.in_(complained_about(applicant)))
    return [CaseFile.model_validate(file) for file in await db.connection.scalars(query)]


def complained_about(applicant: Applicant) -> Select[Any]:
    """References of cases about somebody of the same name at one of the addresses, however it is spelt.
    Somebody who complained, a witness or a place is never asked for: `part` says what somebody is in a case.
    """
    stored, name = spelt(func.array_to_string(mentions.c.address, " ")), spelt(mentions.c.name)
    asked = [spelt(literal(" ".join(lines))) for lines in applicant.addresses]
    return select(mentions.c.case_ref).where(
        mentions.c.part == "about",
        name == spelt(literal(applicant.name)),
        name != "",
        or_(*(_same_place(stored, address) for address in asked)),
    )


def _same_place(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[bool]:
    """One address goes on where the other ends; a house number alone is no address."""
    long_enough = func.least(func.length(one), func.length(other)) >= _SHORTEST_ADDRESS
    return long_enough & (func.starts_with(one, other) | func.starts_with(other, one))


def spelt(words: ColumnElement[Any]) -> ColumnElement[Any]:
    """Without what people spell differently: capitals, spaces, full stops, commas, hyphens, apostrophes."""
    return func.regexp_replace(
        func.lower(func.normalize(words)), _IN_BETWEEN, literal_column("''"), literal_column("'g'")
    )
