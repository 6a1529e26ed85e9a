"""Year on year: so many whole months against the same months of the years before. (trends-yearly, section 7)"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Final

from policy.frozen import Frozen
from policy.measures.period import Period
from policy.trends.chance import times
from policy.trends.counts import ALL, HATE, Cell, Row, by_kind, tally

YEARS: Final = 3
"""This one and two before it."""
_A_YEAR: Final = 12
_DAYS_OF_A_YEAR: Final = 365


class Year(Frozen):
    """What is counted, and how many there were: this year, and in the years before. There are `times` as many as
    in the last, or from `low` to `high` in nineteen of twenty such cases. None is beyond any number, and all three
    are where there were none. `told` is False where they are not told.
    """

    what: str
    numbers: Row
    times: float | None
    low: float | None
    high: float | None
    told: bool = True


class Trends(Frozen):
    """`nowhere` is how many of this year nobody has said the ward of."""

    times: tuple[Period, ...]
    kinds: tuple[Year, ...]
    wards: tuple[Year, ...]
    nowhere: int


def same_months(day: date, months: int) -> list[Period]:
    """The last whole months before that day's, and the same of the years before: a season against its own kind."""
    ended = day.year * _A_YEAR + day.month - 1
    return [_months(ended - months - _A_YEAR * back, months) for back in range(YEARS)]


def each_month(last: date, number: int) -> list[Period]:
    """So many months up to and with that day's, the latest first."""
    this = last.year * _A_YEAR + last.month - 1
    return [_months(this - back, 1) for back in range(number)]


def _months(first: int, number: int) -> Period:
    year, month = divmod(first, _A_YEAR)
    return Period.months(date(year, month + 1, 1), number)


def trends(cells: Sequence[Cell], over: Sequence[Period], least_shown: int, ward: str | None = None) -> Trends:
    """By ward all kinds together, the most first; by kind in one `ward`, or everywhere, and hate last. What was
    reported as hate is in no other number, so none taken from another leaves it.
    """
    others = [cell for cell in cells if cell.category != HATE]
    here = by_kind((cell for cell in others if ward in {None, cell.ward}), len(over))
    hate = by_kind(cells, len(over)).get(HATE, (0,) * len(over))
    kinds = _years({kind: row for kind, row in here.items() if kind != HATE}, over)
    return Trends(
        times=tuple(over),
        kinds=(*kinds, _hate(hate, over, least_shown, whole=ward is None)),
        wards=_years(tally(others, len(over))[ALL], over),
        nowhere=sum(cell.number for cell in others if cell.ward is None and cell.time == 0),
    )


def _years(rows: Mapping[str, Row], over: Sequence[Period]) -> tuple[Year, ...]:
    ordered = sorted(rows.items(), key=lambda one: (one[0] != ALL, -one[1][0], one[0]))
    return tuple(_year(what, row, days(over[0]) / days(over[1])) for what, row in ordered)


def _year(what: str, row: Row, exposure: float) -> Year:
    ratio = times(row[0], row[1], exposure)
    value, low, high = (one if isfinite(one) else None for one in ratio) if ratio else (None, None, None)
    return Year(what=what, numbers=row, times=value, low=low, high=high)


def _hate(row: Row, over: Sequence[Period], least_shown: int, *, whole: bool) -> Year:
    """Told of all wards together and of a whole year, where there are not few: of whom it happened to could be
    made out from few, and few may lie between a year and half of it, or between all wards and the others.
    """
    enough = all(not number or number >= least_shown for number in row)
    if whole and enough and days(over[0]) >= _DAYS_OF_A_YEAR:
        return _year(HATE, row, days(over[0]) / days(over[1]))
    return Year(what=HATE, numbers=(), times=None, low=None, high=None, told=False)


def days(period: Period) -> int:
    return (period.last - period.first).days + 1
