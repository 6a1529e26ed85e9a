"""The service at a glance: open cases by whose they are and where they stand. Closed ones are not read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from policy.frozen import Frozen
from store.cases import cases
from store.sessions import Reading
from store.sign_ins import staff


class Load(Frozen):
    """Of one officer, or of nobody yet. `next_due` is the earliest that anybody owes on one of their cases."""

    officer: str | None
    name: str | None
    open: int
    late: int
    serious: int
    hate: int
    next_due: datetime | None


class Standing(Frozen):
    stage: str
    open: int
    late: int


_OPEN = cases.c.closed_at.is_(None)


async def by_officer(db: Reading, now: datetime) -> Sequence[Load]:
    """Those with the most that is late first, and before them what is nobody's."""
    return [Load(**row._asdict()) for row in await db.connection.execute(officers(now))]


async def by_stage(db: Reading, now: datetime) -> Sequence[Standing]:
    return [Standing(**row._asdict()) for row in await db.connection.execute(stages(now))]


def officers(now: datetime) -> Select[Any]:
    """What `by_officer` asks."""
    late = func.count().filter(cases.c.next_due < now)
    return (
        select(
            cases.c.officer,
            func.max(staff.c.name).label("name"),
            func.count().label("open"),
            late.label("late"),
            func.count().filter(cases.c.serious).label("serious"),
            func.count().filter(cases.c.hate).label("hate"),
            func.min(cases.c.next_due).label("next_due"),
        )
        .outerjoin_from(cases, staff, staff.c.subject == cases.c.officer)
        .where(_OPEN)
        .group_by(cases.c.officer)
        .order_by(cases.c.officer.is_not(None), late.desc(), cases.c.officer)
    )


def stages(now: datetime) -> Select[Any]:
    """What `by_stage` asks."""
    late = func.count().filter(cases.c.next_due < now)
    return (
        select(cases.c.stage, func.count().label("open"), late.label("late"))
        .where(_OPEN)
        .group_by(cases.c.stage)
        .order_by(func.count().desc(), cases.c.stage)
    )
