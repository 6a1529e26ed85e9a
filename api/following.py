"""How it went in a place since a day, against what its past and the rest of the same days say."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from api.resources import Resources
from policy.editions import in_force_on
from policy.frozen import Frozen
from policy.measures.period import Period
from policy.trends.compared import Compared, in_place
from policy.trends.counts import Cell, before
from policy.trends.years import each_month
from policy.working_days import london_day
from store.counts import counted

_A_YEAR = timedelta(days=365)
_MONTHS = 24


class Month(Frozen):
    first: date
    number: int


async def since(
    needs: Resources, place: str, kind: str, first: date, ended: date | None, past_before: date
) -> Compared | None:
    """From that day to yesterday, at most to a year after it ended; the past is that before `past_before`. None
    before its first day is over, and where there is nothing elsewhere to compare with. Counts every case: a number
    names none.
    """
    yesterday = london_day(datetime.now(UTC)) - timedelta(days=1)
    last = min(yesterday, (ended or yesterday) + _A_YEAR)
    if last < first:
        return None
    numbers = in_force_on(yesterday).focus_areas
    times = [Period(first=first, last=last), *before(past_before, numbers.days, numbers.years_of_past)]
    async with needs.everything.reading() as db:
        cells = await counted(db, times)
    return await asyncio.to_thread(in_place, cells, times, place, kind)


async def by_month(needs: Resources, place: str, kind: str) -> tuple[Month, ...]:
    """The latest first, this month as far as it has come."""
    times = each_month(london_day(datetime.now(UTC)), _MONTHS)
    async with needs.everything.reading() as db:
        cells = await counted(db, times)
    return tuple(
        Month(first=one.first, number=_of(cells, number, place, kind)) for number, one in enumerate(times)
    )


def _of(cells: list[Cell], time: int, place: str, kind: str) -> int:
    return sum(one.number for one in cells if (one.time, one.ward) == (time, place) and kind in one.kinds)
