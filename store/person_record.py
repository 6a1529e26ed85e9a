"""Everything that is kept about one person: which rows of which tables, and what is left out and why. The document
that they may ask for (UK GDPR art. 15) is made of this alone: a column that is not left out here is in it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Row, Select, Table, and_, exists, false, literal, or_, select, tuple_

from policy.private_links import PRIVATE_LINK
from store import disclosures, lookings, private_links, retention
from store.access import case_access
from store.applications import applications
from store.case_people import case_people
from store.cases import cases
from store.changes import changes
from store.corrections import corrections
from store.deadlines import deadlines
from store.diaries import diary_entries
from store.evidence_custody import evidence_custody
from store.evidence_files import evidence_files
from store.findings import findings
from store.journal import journal
from store.letters import letters
from store.lettings import lettings_checks, spelt
from store.links import links
from store.mentions import mentions
from store.not_in_a_record import NOT_INCLUDED
from store.people import addresses, people
from store.procedures import procedures
from store.reports import reports
from store.sendings import sendings
from store.sessions import Reading
from store.tenancies import household, tenancies
from store.timeline import content, timeline

_BATCH: Final = 200


@dataclass(frozen=True)
class Whose:
    """A person and, where it is about cases, a case of theirs with what is carried on beside it."""

    person: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A table, and which of its rows are about them, in the order of `by` and then of its key. `said` holds more
    of each row, under the same key. It `concerns_others` always or never; None where their case or home decides.
    What is `without` is blanked in texts: whoever reads a private link can use it.
    """

    part: str
    table: Table
    whose: Callable[[Whose], ColumnElement[bool]]
    by: str | None = None
    said: Table | None = None
    concerns_others: bool | None = None
    without: re.Pattern[str] | None = None

    @property
    def columns(self) -> list[Column[Any]]:
        """Those that are not left out."""
        of_both = [*self.table.c, *(self.said.c if self.said is not None else ())]
        return [column for column in of_both if f"{column.table.name}.{column.name}" not in _LEFT_OUT]


_LEFT_OUT: Final = frozenset(name for one in NOT_INCLUDED for name in one.of)


def _homes(whose: Whose) -> Select[Any]:
    return select(household.c.tenancy_id).where(household.c.person_id == whose.person)


def _namesake(whose: Whose) -> ColumnElement[bool]:
    name = select(people.c.name).where(people.c.id == whose.person).scalar_subquery()
    return spelt(lettings_checks.c.name) == spelt(name)


def _decided(whose: Whose) -> ColumnElement[bool]:
    shut = select(case_access.c.id).where(case_access.c.case_ref.in_(whose.refs))
    return or_(journal.c.about.in_([retention.id_of(ref) for ref in whose.refs]), journal.c.about.in_(shut))


def _of_their_files(whose: Whose) -> ColumnElement[bool]:
    theirs = select(evidence_files.c.id).where(evidence_files.c.case_ref.in_(whose.refs))
    return evidence_custody.c.file_id.in_(theirs)


OF_THEM: Final = (
    Source("person", people, lambda of: people.c.id == of.person, concerns_others=False),
    Source("address", addresses, lambda of: addresses.c.person_id == of.person, concerns_others=False),
    Source("household", household, lambda of: household.c.person_id == of.person, concerns_others=False),
    Source("change", changes, lambda of: changes.c.about == of.person, by="at", concerns_others=False),
    Source("on_case", case_people, lambda of: case_people.c.person_id == of.person, concerns_others=False),
    Source("looking", lookings.lookings, lambda of: lookings.theirs(of.person), by="at", concerns_others=False),
    Source(
        "disclosure",
        disclosures.disclosures,
        lambda of: disclosures.names(of.person),
        by="entered_at",
        concerns_others=True,
    ),
    Source("lettings_check", lettings_checks, _namesake, by="asked_at", concerns_others=True),
    Source(
        "retention", retention.retention, lambda of: retention.retention.c.ref == of.person, concerns_others=False
    ),
    Source(
        "decision",
        journal,
        lambda of: journal.c.about == retention.id_of(of.person),
        by="seq",
        concerns_others=False,
    ),
)
OF_THEIR_HOMES: Final = (
    Source("tenancy", tenancies, lambda of: tenancies.c.id.in_(_homes(of)), by="starts"),
    Source("change", changes, lambda of: changes.c.about.in_(_homes(of)), by="at"),
)
OF_THEIR_CASES: Final = (
    Source("case", cases, lambda of: cases.c.ref.in_(of.refs)),
    Source("beside", procedures, lambda of: procedures.c.ref.in_(of.refs)),
    Source("report", reports, lambda of: reports.c.case_ref.in_(of.refs), by="received_at"),
    Source("application", applications, lambda of: applications.c.ref.in_(of.refs), by="received_at"),
    Source("mention", mentions, lambda of: mentions.c.case_ref.in_(of.refs)),
    Source(
        "link", links, lambda of: links.c.case_ref.in_(of.refs) | links.c.other.in_(of.refs), concerns_others=True
    ),
    Source("entry", timeline, lambda of: timeline.c.case_ref.in_(of.refs), said=content),
    Source("correction", corrections, lambda of: corrections.c.case_ref.in_(of.refs), by="recorded_at"),
    Source("deadline", deadlines, lambda of: deadlines.c.case_ref.in_(of.refs), by="due"),
    Source("letter", letters, lambda of: letters.c.case_ref.in_(of.refs), by="composed_at", without=PRIVATE_LINK),
    Source("sending", sendings, lambda of: sendings.c.ref.in_(of.refs), by="composed_at", without=PRIVATE_LINK),
    Source(
        "private_link",
        private_links.private_links,
        lambda of: private_links.private_links.c.case_ref.in_(of.refs),
        by="issued_at",
    ),
    Source("private_link_use", private_links.uses, lambda of: private_links.of_cases(of.refs), by="at"),
    Source("diary_entry", diary_entries, lambda of: diary_entries.c.case_ref.in_(of.refs), by="kept_at"),
    Source("evidence", evidence_files, lambda of: evidence_files.c.case_ref.in_(of.refs), by="added_at"),
    Source("custody", evidence_custody, _of_their_files, by="at"),
    Source("finding", findings, lambda of: findings.c.case_ref.in_(of.refs), by="found_at"),
    Source("retention", retention.retention, lambda of: retention.retention.c.ref.in_(of.refs)),
    Source("decision", journal, _decided, by="recorded_at", concerns_others=True),
)
SOURCES: Final = (*OF_THEM, *OF_THEIR_HOMES, *OF_THEIR_CASES)

After = tuple[Any, ...]


async def page(
    db: Reading, source: Source, whose: Whose, after: After | None = None
) -> tuple[list[dict[str, Any]], After | None]:
    """Some rows behind `after`, and behind what the next ones are: None where there are no more."""
    shown, order = source.columns, _order(source)
    query = select(*shown, *(column.label(f"_{n}") for n, column in enumerate(order)))
    if source.said is not None:
        same = [source.said.c[column.name] == column for column in source.table.primary_key]
        query = query.outerjoin_from(source.table, source.said, and_(*same))
    query = query.where(source.whose(whose)).order_by(*order).limit(_BATCH)
    if after is not None:
        behind = (literal(value, column.type) for value, column in zip(after, order, strict=True))
        query = query.where(tuple_(*order) > tuple_(*behind))
    rows = (await db.connection.execute(query)).all()
    last = tuple(rows[-1][len(shown) :]) if len(rows) == _BATCH else None
    return [_row(row, shown, source.without) for row in rows], last


def _order(source: Source) -> list[Column[Any]]:
    key = list(source.table.primary_key)
    return key if source.by is None else [source.table.c[source.by], *key]


def _row(row: Row[Any], shown: Sequence[Column[Any]], without: re.Pattern[str] | None) -> dict[str, Any]:
    """What stands in two tables under one name is the key of both, which the second may lack."""
    told: dict[str, Any] = {}
    for column, value in zip(shown, row, strict=False):
        blanked = without.sub("(a private link)", value) if without and isinstance(value, str) else value
        told.setdefault(column.name, blanked)
    return told


async def cases_of(db: Reading, person: str) -> list[str]:
    """References of those that they are or were on, and of those that these joined, which go on for both."""
    theirs = select(case_people.c.case_ref).where(case_people.c.person_id == person)
    same = (content.c.case_ref == timeline.c.case_ref) & (content.c.seq == timeline.c.seq)
    joined = (
        select(content.c.content["into"].astext)
        .join_from(timeline, content, same)
        .where(timeline.c.case_ref.in_(theirs), timeline.c.fact == "case_joined")
    )
    return sorted((await db.connection.scalars(theirs.union(joined))).all())


async def keys_of(db: Reading, person: str) -> tuple[str, ...]:
    """What they are called on their cases."""
    query = select(case_people.c.key).where(case_people.c.person_id == person).distinct()
    return tuple(sorted(await db.connection.scalars(query)))


async def beside(db: Reading, ref: str) -> list[str]:
    """What a case has begun beside it."""
    query = select(procedures.c.ref).where(procedures.c.case_ref == ref)
    return list((await db.connection.scalars(query.order_by(procedures.c.ref))).all())


async def reviews_of(db: Reading, refs: Sequence[str]) -> list[str]:
    """Case reviews that look at one of these cases, or were asked for by naming it."""
    named = [procedures.c.file[name].contains([ref]) for ref in refs for name in ("cases", "claimed")]
    query = select(procedures.c.ref).where(procedures.c.case_ref.is_(None), or_(false(), *named))
    return list((await db.connection.scalars(query.order_by(procedures.c.ref))).all())


async def alone_on(db: Reading, ref: str, person: str) -> bool:
    """Whether nobody else is or was on the case, known or not."""
    other = case_people.c.person_id.is_distinct_from(person)
    query = select(exists().where(case_people.c.case_ref == ref, other))
    return not await db.connection.scalar(query)


async def alone_at_home(db: Reading, person: str) -> bool:
    """Whether nobody else has been in a household with them."""
    other = household.c.person_id != person
    query = select(exists().where(household.c.tenancy_id.in_(_homes(Whose(person))), other))
    return not await db.connection.scalar(query)
