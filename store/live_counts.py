"""How many cases are open now, late, due today and waiting for a leader, by whose and what they are: of
projections alone, in one question, however many have closed.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from policy.facts.base import Role
from policy.frozen import Frozen
from store.board import OPEN
from store.cases import cases
from store.deadlines import deadlines
from store.procedures import procedures
from store.relations import team_members
from store.sessions import Reading


class By(StrEnum):
    TEAM = "team"
    OFFICER = "officer"
    CATEGORY = "category"
    WARD = "ward"
    SERIOUSNESS = "seriousness"


class Count(Frozen):
    """Under what stands in `by`; None where that is nothing yet, or for all. `late` and `due_today` go by the next
    day by which we owe something on the case; on `waiting`, or beside them, a leader was asked for a decision. A
    case of two teams is in both.
    """

    by: str | None
    open: int
    late: int
    due_today: int
    waiting: int


_STANDS: Final[dict[By, ColumnElement[Any]]] = {
    By.TEAM: team_members.c.team,
    By.OFFICER: cases.c.officer,
    By.CATEGORY: cases.c.category,
    By.WARD: cases.c.ward,
    By.SERIOUSNESS: case((cases.c.serious, "serious"), else_="ordinary"),
}


async def counts(
    db: Reading, by: By | None, now: datetime, midnight: datetime, decisions: Collection[str]
) -> Sequence[Count]:
    """Those with the most that is late first, of all as one where nothing is asked for. `midnight` ends today;
    `decisions` are facts that answer a leader.
    """
    return [Count(**row._asdict()) for row in await db.connection.execute(question(by, now, midnight, decisions))]


def question(by: By | None, now: datetime, midnight: datetime, decisions: Collection[str]) -> Select[Any]:
    asked = deadlines.c.met_by.op("&&")(cast(sorted(decisions), ARRAY(Text)))
    waits = (
        select(func.coalesce(procedures.c.case_ref, deadlines.c.case_ref).label("case_ref"))
        .outerjoin_from(deadlines, procedures, procedures.c.ref == deadlines.c.case_ref)
        .where(deadlines.c.ending.is_(None), deadlines.c.owed_by == Role.SUPERVISOR.value, asked)
        .distinct()
        .subquery()
    )
    late = func.count().filter(cases.c.next_due < now)
    stands = cast(None, Text) if by is None else _STANDS[by]
    query: Select[Any] = (
        select(
            stands.label("by"),
            func.count().label("open"),
            late.label("late"),
            func.count().filter(cases.c.next_due >= now, cases.c.next_due < midnight).label("due_today"),
            func.count(waits.c.case_ref).label("waiting"),
        )
        .select_from(cases)
        .outerjoin(waits, waits.c.case_ref == cases.c.ref)
        .where(OPEN)
    )
    if by is By.TEAM:
        query = query.outerjoin(team_members, team_members.c.staff == cases.c.officer)
    return query if by is None else query.group_by(stands).order_by(late.desc(), stands.nulls_first())
