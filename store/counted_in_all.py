"""What all cases count in a period: how often each value was counted, in one question for all measures."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import product
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Text, all_, and_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from policy.measures.base import Measure, Place
from policy.measures.history import TEAM
from policy.measures.period import Period
from store.cases import cases
from store.counted import counted, counted_cases
from store.relations import team_members
from store.sessions import Reading

Found = dict[str, dict[Place, Counter[float]]]
"""By measure, as `sorted_out` tells it."""
_THEIR_CASE: Final = counted_cases.c.case_ref == counted.c.case_ref


async def added_up(
    db: Reading, wanted: Sequence[Measure], period: Period, by: Sequence[str], without: Collection[str] = ()
) -> Found:
    """Of all cases but some."""
    found: Found = {one.name: defaultdict(Counter, {(): Counter()}) for one in wanted}
    for query in questions(wanted, period, by, without):
        for measure, value, often, *where in await db.connection.execute(query):
            for place in product(*(names or () for names in where)):
                found[measure][place][value] += often
    return found


def questions(
    wanted: Sequence[Measure], period: Period, by: Sequence[str], without: Collection[str] = ()
) -> list[Select[Any]]:
    """Of what is counted on its day, and of what stands at the end; of all of them, and sorted."""
    on_days = counted.c.first.between(period.first, period.last)
    standing = and_(counted.c.first <= period.last, or_(counted.c.until.is_(None), counted.c.until > period.last))
    told = literal(sorted(without), ARRAY(Text))
    asked: list[Select[Any]] = []
    for stands, narrowed in ((False, on_days), (True, standing)):
        names = [one.name for one in wanted if one.stands is stands]
        for places in ((), by) if by else ((),):
            one = _sorted(places).where(counted.c.measure.in_(names), narrowed)
            asked += [one.where(counted.c.case_ref != all_(told)) if without else one] if names else []
    return asked


def _sorted(by: Sequence[str]) -> Select[Any]:
    query: Select[Any] = select(counted.c.measure, counted.c.value, func.count().label("often"))
    query = query.select_from(counted).group_by(counted.c.measure, counted.c.value)
    if by:
        query = query.join(counted_cases, _THEIR_CASE)
    for number, dimension in enumerate(by):
        query, place = _under(query, dimension, number)
        query = query.add_columns(place).group_by(place)
    return query


def _under(query: Select[Any], dimension: str, number: int) -> tuple[Select[Any], ColumnElement[Any]]:
    """A list of names, as it is kept: of all that stand under the same ones there is one row."""
    if dimension == TEAM:
        members = team_members.alias(f"team_{number}")
        theirs = members.c.staff == counted_cases.c.by["officer"][0].astext
        return query.join(members, theirs), func.jsonb_build_array(members.c.team, type_=JSONB)
    stands = func.coalesce(counted.c.more[dimension], counted_cases.c.by[dimension], type_=JSONB)
    return query, stands


async def read(db: Reading, since: datetime, before: datetime) -> tuple[int, int]:
    """Of cases that were reported before then and were not closed by `since`: how many are counted, and how many
    have been erased.
    """
    row = (await db.connection.execute(whole(since, before))).one()
    return row.read, row.asked - row.read


def whole(since: datetime, before: datetime) -> Select[int, int]:
    return (
        select(func.count().label("asked"), func.count(counted_cases.c.case_ref).label("read"))
        .select_from(cases)
        .outerjoin(counted_cases, counted_cases.c.case_ref == cases.c.ref)
        .where(cases.c.reported_at < before, or_(cases.c.closed_at.is_(None), cases.c.closed_at >= since))
    )
