"""How it went in a place since a day, against what its past and the rest of the same days say."""

from datetime import UTC, date, datetime, timedelta

from api.resources import Resources
from policy.editions import in_force_on
from policy.frozen import Frozen
from policy.measures.period import Period
from policy.trends.compared import Compared, in_place
from policy.trends.counts import HATE, Cell, before
from policy.trends.years import each_month
from policy.working_days import london_day
from store.counts import counted

_A_YEAR = timedelta(days=365)
_MONTHS = 24


class Month(Frozen):
    """`number` is None where so few are not told."""

    first: date
    number: int | None


def few(kind: str, number: int) -> bool:
    """Hate cases of a place that are too few to be told: whom they are about could be made out."""
    least = in_force_on(london_day(datetime.now(UTC))).focus_areas.least_shown
    return kind == HATE and 0 < number < least


async def since(
    needs: Resources, place: str, kind: str, first: date, ended: date | None, past_before: date
) -> Compared | None:
    """From that day to yesterday, at most to a year after it ended; the past is that before `past_before`. None
    before its first day is over, where there is nothing elsewhere to compare with, and where so few are not told.
    Counts every case: a number names none.
    """
    yesterday = london_day(datetime.now(UTC)) - timedelta(days=1)
    last = min(yesterday, (ended or yesterday) + _A_YEAR)
    if last < first:
        return None
    numbers = in_force_on(yesterday).focus_areas
    times = [Period(first=first, last=last), *before(past_before, numbers.days, numbers.years_of_past)]
    async with needs.everything.reading() as db:
        cells = await counted(db, times)
    found = in_place(cells, times, place, kind)
    return None if found is None or few(kind, found.observed) else found


async def by_month(needs: Resources, place: str, kind: str) -> tuple[Month, ...]:
    """The latest first, this month as far as it has come."""
    times = each_month(london_day(datetime.now(UTC)), _MONTHS)
    async with needs.everything.reading() as db:
        cells = await counted(db, times)
    here = [_of(cells, time, place, kind) for time in range(len(times))]
    told = (None if few(kind, number) else number for number in here)
    return tuple(Month(first=one.first, number=number) for one, number in zip(times, told, strict=True))


def _of(cells: list[Cell], time: int, place: str, kind: str) -> int:
    return sum(one.number for one in cells if (one.time, one.ward) == (time, place) and kind in one.kinds)
