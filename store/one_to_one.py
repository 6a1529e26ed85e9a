"""What an officer and whoever leads them talk about: each of their open cases, what closed, and what was missed.
References, codes and days alone: nobody's words, and no names of residents.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, and_, or_, select

from policy.frozen import Frozen
from store.board import OPEN
from store.cases import cases, seen_to_by
from store.deadlines import deadlines
from store.procedures import procedures, which_of
from store.sessions import Reading


class Owed(Frozen):
    """On a case. `noticed_at` is when it was seen to be missed, and so went to whoever stands above."""

    case_ref: str
    key: str
    owed: str
    due: datetime
    owed_by: str
    met_by: tuple[str, ...]
    noticed_at: datetime | None
    ending: str | None


class Beside(Frozen):
    ref: str
    kind: str
    case_ref: str
    which: str | None
    stage: str
    next_due: datetime | None


class Case(Frozen):
    """`officer` is another where they only cover. `owed` is what is open, the earliest due first."""

    ref: str
    category: str | None
    stage: str
    serious: bool
    hate: bool
    domestic_abuse: bool
    restricted: bool
    officer: str | None
    cover: str | None
    cover_until: date | None
    reported_at: datetime
    next_due: datetime | None
    last_contact_at: AwareDatetime | None
    last_review_at: AwareDatetime | None
    owed: tuple[Owed, ...] = ()
    beside: tuple[Beside, ...] = ()


class Closed(Frozen):
    ref: str
    closed_at: datetime
    closing: str | None


_COLUMNS = tuple(name for name in Case.model_fields if name in cases.c)
_IN_FILE = ("last_contact_at", "last_review_at")
_OWED = tuple(deadlines.c[name] for name in Owed.model_fields)
_BESIDE = tuple(which_of.label(name) if name == "which" else procedures.c[name] for name in Beside.model_fields)


def theirs(officer: str, today: date) -> ColumnElement[bool]:
    """Open cases that are the officer's, or that they cover today."""
    return and_(OPEN, seen_to_by(officer, today))


async def open_cases(db: Reading, officer: str, today: date) -> Sequence[Case]:
    """Those with the earliest next day first, and last what has none."""
    told = (cases.c.file[name].astext.label(name) for name in _IN_FILE)
    query = select(*(cases.c[name] for name in _COLUMNS), *told).where(theirs(officer, today))
    rows = list(await db.connection.execute(query.order_by(cases.c.next_due.nulls_last(), cases.c.ref)))
    refs = [row.ref for row in rows]
    owed: dict[str, list[Any]] = defaultdict(list)
    due = select(*_OWED).where(deadlines.c.case_ref.in_(refs), deadlines.c.ending.is_(None))
    for row in await db.connection.execute(due.order_by(deadlines.c.due, deadlines.c.key)):
        owed[row.case_ref].append(row._asdict())
    going: dict[str, list[Any]] = defaultdict(list)
    beside = select(*_BESIDE).where(procedures.c.case_ref.in_(refs), ~procedures.c.finished)
    for row in await db.connection.execute(beside.order_by(procedures.c.next_due.nulls_last(), procedures.c.ref)):
        going[row.case_ref].append(row._asdict())
    return [Case.model_validate(row._asdict() | {"owed": owed[row.ref], "beside": going[row.ref]}) for row in rows]


async def closed_since(db: Reading, officer: str, since: datetime) -> Sequence[Closed]:
    """The newest first."""
    closing = cases.c.file["closing"].astext.label("closing")
    query = select(cases.c.ref, cases.c.closed_at, closing).where(
        cases.c.officer == officer, cases.c.closed_at >= since
    )
    return [
        Closed(**row._asdict()) for row in await db.connection.execute(query.order_by(cases.c.closed_at.desc()))
    ]


async def missed_since(db: Reading, officer: str, since: datetime) -> Sequence[Owed]:
    """What an officer owed on a case of theirs and was seen to be missed since, which goes to a supervisor; also
    what turned out to have been done in time.
    """
    lately = or_(OPEN, cases.c.closed_at >= since)
    query = (
        select(*_OWED)
        .join_from(deadlines, cases, cases.c.ref == deadlines.c.case_ref)
        .where(cases.c.officer == officer, lately)
        .where(deadlines.c.noticed_at >= since, deadlines.c.owed_by == "officer")
        .order_by(deadlines.c.noticed_at.desc(), deadlines.c.case_ref, deadlines.c.key)
    )
    return [Owed.model_validate(row._asdict()) for row in await db.connection.execute(query)]
