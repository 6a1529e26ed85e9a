"""The service at a glance: open cases by whose they are, where they stand and what is due, and what waits for
somebody. Closed ones are not read: each question is asked of the index of open ones.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, union_all

from policy.frozen import Frozen
from store.cases import cases
from store.evidence_files import evidence_files, unnamed
from store.reports import reports
from store.sessions import Reading
from store.timeline import timeline


class Load(Frozen):
    """Of one officer, or of nobody yet. `next_due` is the earliest that anybody owes on one of their cases."""

    officer: str | None
    open: int
    late: int
    serious: int
    hate: int
    next_due: datetime | None


class Standing(Frozen):
    stage: str
    open: int
    late: int


class Waiting(Frozen):
    """How many wait for somebody, and since when the first does."""

    what: str
    many: int
    since: datetime


class Urgent(Frozen):
    """An open case as recorded, up to its entry `seq` at `recorded_at`."""

    ref: str
    officer: str | None
    stage: str
    next_due: datetime
    seq: int
    recorded_at: datetime | None


class Until(Frozen):
    """Ends of today and of the week, in London."""

    now: datetime
    today: datetime
    week: datetime


OPEN: Final = cases.c.closed_at.is_(None)


async def by_officer(db: Reading, now: datetime) -> Sequence[Load]:
    """Those with the most that is late first, and before them what is nobody's."""
    return [Load(**row._asdict()) for row in await db.connection.execute(officers(now))]


def officers(now: datetime) -> Select[Any]:
    late = func.count().filter(cases.c.next_due < now)
    return (
        select(
            cases.c.officer,
            func.count().label("open"),
            late.label("late"),
            func.count().filter(cases.c.serious).label("serious"),
            func.count().filter(cases.c.hate).label("hate"),
            func.min(cases.c.next_due).label("next_due"),
        )
        .where(OPEN)
        .group_by(cases.c.officer)
        .order_by(cases.c.officer.is_not(None), late.desc(), cases.c.officer)
    )


async def by_stage(db: Reading, now: datetime) -> Sequence[Standing]:
    return [Standing(**row._asdict()) for row in await db.connection.execute(stages(now))]


def stages(now: datetime) -> Select[Any]:
    late = func.count().filter(cases.c.next_due < now)
    return (
        select(cases.c.stage, func.count().label("open"), late.label("late"))
        .where(OPEN)
        .group_by(cases.c.stage)
        .order_by(func.count().desc(), cases.c.stage)
    )


async def by_due(db: Reading, until: Until) -> dict[str, int]:
    """How many open cases have their next day in each of `late`, `today`, `week`, `later`, or `none`."""
    return {row.when: row.open for row in await db.connection.execute(dues(until))}


def dues(until: Until) -> Select[Any]:
    due = cases.c.next_due
    when = case(
        (due.is_(None), "none"),
        (due < until.now, "late"),
        (due < until.today, "today"),
        (due < until.week, "week"),
        else_="later",
    ).label("when")
    return select(when, func.count().label("open")).where(OPEN).group_by(when)


async def urgent(db: Reading, most: int) -> Sequence[Urgent]:
    """Those whose next day is the earliest."""
    return [Urgent(**row._asdict()) for row in await db.connection.execute(_urgent(most))]


def _urgent(most: int) -> Select[Any]:
    columns = (cases.c.ref, cases.c.officer, cases.c.stage, cases.c.next_due, cases.c.seq)
    last = and_(timeline.c.case_ref == cases.c.ref, timeline.c.seq == cases.c.seq)
    return (
        select(*columns, timeline.c.recorded_at)
        .outerjoin_from(cases, timeline, last)
        .where(OPEN, cases.c.next_due.is_not(None))
        .order_by(cases.c.next_due, cases.c.ref)
        .limit(most)
    )


async def waiting(db: Reading) -> Sequence[Waiting]:
    """Cases that no officer has, reports that their case does not have yet, and files that no fact names."""
    nobodys = OPEN & cases.c.officer.is_(None)
    first = (
        _waiting("no_officer", cases.c.reported_at).where(nobodys),
        _waiting("not_begun", reports.c.received_at).where(reports.c.settled_at.is_(None)),
        _waiting("no_case", evidence_files.c.added_at).where(unnamed()),
    )
    return [Waiting(**row._asdict()) for row in await db.connection.execute(union_all(*first))]


def _waiting(what: str, since: ColumnElement[datetime]) -> Select[str, int, datetime]:
    counted = select(literal(what).label("what"), func.count().label("many"), func.min(since).label("since"))
    return counted.having(func.count() > 0)
