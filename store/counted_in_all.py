"""What all cases count in some times: how often each value was counted, in a question for each way of sorting."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, Text, all_, and_, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from policy.measures import MEASURES
from policy.measures.base import Asking, Counted, Place
from policy.measures.history import OF_EVERY_CASE, TEAM
from policy.measures.period import Period
from store.cases import cases
from store.counted import counted, counted_cases
from store.relations import team_members
from store.sessions import Reading

Wanted = Mapping[Asking, Collection[str]]
"""Which measures of each."""
Found = dict[Asking, dict[str, dict[Place, Counter[float]]]]
"""By measure, as `sorted_out` tells it."""
_THEIR_CASE: Final = counted_cases.c.case_ref == counted.c.case_ref
_DAY: Final = timedelta(days=1)


class Question(NamedTuple):
    """Its answers are parts of what these ask for."""

    query: Select[Any]
    askings: tuple[Asking, ...]


async def added_up(
    db: Reading, wanted: Wanted, without: Collection[str] = (), officer: str | None = None
) -> Found:
    """Of all cases but some; or of one officer alone, and not sorted then."""
    found: Found = {
        asking: {name: defaultdict(Counter, {(): Counter()}) for name in names} for asking, names in wanted.items()
    }
    for query, askings in questions(wanted, without, officer):
        for name, value, first, until, often, *where in await db.connection.execute(query):
            one, measure = Counted("", value, {}, first, until), MEASURES[name]
            places = list(product(*(json.loads(names or "[]") for names in where)))
            for asking in askings:
                if name in wanted[asking] and measure.holds(one, asking.period):
                    for place in places:
                        found[asking][name][place][value] += often
    return found


def questions(wanted: Wanted, without: Collection[str] = (), officer: str | None = None) -> Iterator[Question]:
    """Of all, and of each way in which they are sorted; of what is counted on its day, and of what stands."""
    for by in dict.fromkeys(((), *(asking.by for asking in wanted))):
        for stands in (False, True):
            asked = {
                asking: names
                for asking, every in wanted.items()
                if by in {(), asking.by} and (names := [one for one in every if MEASURES[one].stands is stands])
            }
            if asked:
                names = sorted({name for each in asked.values() for name in each})
                times = [asking.period for asking in asked]
                query = _counted(names, times, without, stands=stands)
                yield Question(_sorted(query, by) if officer is None else _of(query, officer), tuple(asked))


def _counted(
    names: Sequence[str], times: Sequence[Period], without: Collection[str], *, stands: bool
) -> Select[Any]:
    """One day of each row stands for all that lie between the same two days on which a time begins or is over."""
    begin, end = min(one.first for one in times), max(one.last for one in times)
    first, until = counted.c.first, counted.c.until
    if stands:
        narrowed = and_(first <= end, or_(until.is_(None), until > min(one.last for one in times)))
    else:
        narrowed = first.between(begin, end)
    turns = cast(sorted({day for one in times for day in (one.first, one.last + _DAY)}), ARRAY(Date))
    alike = (counted.c.measure, counted.c.value, func.width_bucket(first, turns), func.width_bucket(until, turns))
    query: Select[Any] = select(
        counted.c.measure, counted.c.value, func.min(first), func.min(until), func.count().label("often")
    )
    query = query.where(counted.c.measure.in_(names), narrowed).group_by(*alike)
    told = literal(sorted(without), ARRAY(Text))
    return query.where(counted.c.case_ref != all_(told)) if without else query


def _sorted(query: Select[Any], by: Sequence[str]) -> Select[Any]:
    """By lists of names, as they are kept: of all that stand under the same ones there is one row."""
    if {*by} & {*OF_EVERY_CASE}:
        query = query.join(counted_cases, _THEIR_CASE)
    for number, dimension in enumerate(by):
        query, place = _under(query, dimension, number)
        query = query.add_columns(place).group_by(place)
    return query


def _of(query: Select[Any], officer: str) -> Select[Any]:
    query, place = _under(query.join(counted_cases, _THEIR_CASE), "officer", 0)
    return query.where(place == json.dumps([officer], ensure_ascii=False))


def _under(query: Select[Any], dimension: str, number: int) -> tuple[Select[Any], ColumnElement[Any]]:
    if dimension == TEAM:
        members = team_members.alias(f"team_{number}")
        theirs = members.c.staff == counted_cases.c.by["officer"][0].astext
        return query.join(members, theirs), cast(func.jsonb_build_array(members.c.team), Text)
    more = counted.c.more[dimension].astext
    if dimension not in OF_EVERY_CASE:
        return query, more
    return query, func.coalesce(more, counted_cases.c.by[dimension].astext)


async def read(db: Reading, since: datetime, before: datetime) -> tuple[int, int]:
    """Of cases that were reported before then and were not closed by `since`: how many are counted, and how many
    have been erased.
    """
    row = (await db.connection.execute(whole(since, before))).one()
    return row.read, row.asked - row.read


def whole(since: datetime, before: datetime) -> Select[int, int]:
    """Two looks into one index: with `or` it would be read from end to end."""
    reported = select(cases.c.ref).where(cases.c.reported_at < before)
    closed, still_open = reported.where(cases.c.closed_at >= since), reported.where(cases.c.closed_at.is_(None))
    asked = closed.union_all(still_open).subquery("asked")
    return (
        select(func.count().label("asked"), func.count(counted_cases.c.case_ref).label("read"))
        .select_from(asked)
        .outerjoin(counted_cases, counted_cases.c.case_ref == asked.c.ref)
    )
