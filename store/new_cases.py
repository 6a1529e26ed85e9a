"""The cases that came in on a day, and what is owed on each. References, codes and days alone: nobody's words."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, select

from policy.frozen import Frozen
from policy.measures.period import Period
from store.cases import cases
from store.deadlines import deadlines
from store.relations import team_members
from store.sessions import Reading
from store.timeline import timeline

MOST: Final = 200


class Owed(Frozen):
    owed: str
    owed_by: str
    due: datetime


class NewCase(Frozen):
    """`came_at` is when its report was recorded. `teams` are its officer's, or of whoever took the report while it
    has none. `owed` is what is open, the earliest due first.
    """

    ref: str
    came_at: datetime
    category: str | None
    ward: str | None
    stage: str
    serious: bool
    hate: bool
    restricted: bool
    domestic_abuse: bool
    officer: str | None
    teams: tuple[str, ...]
    owed: tuple[Owed, ...] = ()


_COLUMNS: Final = tuple(cases.c[name] for name in NewCase.model_fields if name in cases.c)
_OWED: Final = tuple(deadlines.c[name] for name in Owed.model_fields)


def came_on(day: date) -> Select[Any]:
    """By index, however many came before."""
    return select(cases.c.ref).join_from(timeline, cases, _first(day))


def _first(day: date) -> ColumnElement[bool]:
    """As the measure `came_in` counts it: a report that was told late came when it was recorded. On no day's list
    it would be lost.
    """
    whole = Period(first=day, last=day)
    came = and_(timeline.c.recorded_at >= whole.begins, timeline.c.recorded_at < whole.over)
    return and_(timeline.c.case_ref == cases.c.ref, timeline.c.seq == 1, came)


async def how_many(db: Reading, day: date) -> int:
    return await db.connection.scalar(select(func.count()).select_from(came_on(day).subquery())) or 0


async def of_day(db: Reading, day: date, skip: int = 0) -> Sequence[NewCase]:
    """In the order in which they came, behind so many as `skip`."""
    has_it = func.coalesce(cases.c.officer, cases.c.taken_by)
    teams = select(team_members.c.team).where(team_members.c.staff == has_it).order_by(team_members.c.team)
    query = (
        select(
            timeline.c.recorded_at.label("came_at"), *_COLUMNS, func.array(teams.scalar_subquery()).label("teams")
        )
        .join_from(timeline, cases, _first(day))
        .order_by(timeline.c.recorded_at, cases.c.ref)
        .limit(MOST)
        .offset(skip)
    )
    rows = [row._asdict() for row in await db.connection.execute(query)]
    owed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    of_these = deadlines.c.case_ref.in_([row["ref"] for row in rows]) & deadlines.c.ending.is_(None)
    asked = select(deadlines.c.case_ref, *_OWED).where(of_these).order_by(deadlines.c.due, deadlines.c.key)
    for one in await db.connection.execute(asked):
        owed[one.case_ref].append({name: getattr(one, name) for name in Owed.model_fields})
    return [NewCase.model_validate(row | {"owed": owed[row["ref"]]}) for row in rows]
