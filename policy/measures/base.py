"""A measure: what is counted, for which day, in one place for every page and report. (section 7)"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from policy.frozen import Frozen
from policy.measures.history import CaseHistory, Dimensions
from policy.measures.others import Others
from policy.measures.period import Period
from policy.working_days import london_day

HALF, NINE_IN_TEN = (1, 2), (9, 10)


class Unit(StrEnum):
    NUMBER = "number"
    SHARE = "share"
    """Of all that are counted, how many did: each is 1 or 0."""
    DAYS = "days"
    WORKING_DAYS = "working_days"
    """Of both, how many half of them took at most, and nine in ten."""


class Asking(NamedTuple):
    """What is measured at once: of a time, sorted by these dimensions."""

    period: Period
    by: tuple[str, ...] = ()


class Counted(NamedTuple):
    """One thing that is counted, on the case `ref`: on the London day `first`, or of what stands for a time from
    then on, up to the day `until`; while that is None it goes on.
    """

    ref: str
    value: float
    by: Dimensions
    first: date
    until: date | None = None


@dataclass(frozen=True)
class Measure:
    """`version` is another where a figure would be another for the same facts. `row` is the policy's row that it
    is for, `says` what it is in plain words, `of` tells all that will ever be counted of a case, `more` by what it
    is sorted besides what every case is. What `stands` is counted at the end of a period, all else on its day.
    """

    name: str
    version: int
    row: str
    says: str
    unit: Unit
    of: Callable[[CaseHistory, Others], Iterator[Counted]]
    more: tuple[str, ...] = ()
    stands: bool = False

    def counts(self, case: CaseHistory, period: Period, others: Others) -> Iterator[Counted]:
        return (one for one in self.of(case, others) if self.holds(one, period))

    def holds(self, one: Counted, period: Period) -> bool:
        if self.stands:
            return one.first <= period.last and (one.until is None or one.until > period.last)
        return period.first <= one.first <= period.last


class Figure(Frozen):
    """`number` of things were counted; of days also what half and nine in ten took at most. `value` is None where
    there is nothing to take a share or a half of.
    """

    number: int
    value: float | None
    nine_in_ten: float | None = None


Values = Mapping[float, int]
"""How often each was counted."""
Place = tuple[str, ...]


def figure(unit: Unit, values: Values) -> Figure:
    number, total = sum(values.values()), sum(value * often for value, often in values.items())
    if unit is Unit.NUMBER:
        return Figure(number=number, value=total)
    if not number:
        return Figure(number=0, value=None)
    if unit is Unit.SHARE:
        return Figure(number=number, value=total / number)
    return Figure(number=number, value=within(values, HALF), nine_in_ten=within(values, NINE_IN_TEN))


def within(values: Values, share: tuple[int, int]) -> float:
    """The least of them that so many of them do not exceed: one in two, nine in ten."""
    part, whole = share
    wanted, reached = -(-sum(values.values()) * part // whole), 0
    for value, often in sorted(values.items()):
        reached += often
        if reached >= wanted:
            return value
    raise ValueError("there is nothing of which to take a part")


def figures(unit: Unit, found: Mapping[Place, Values]) -> Mapping[Place, Figure]:
    return {place: figure(unit, values) for place, values in sorted(found.items())}


def sorted_out(found: Iterable[Counted], by: Sequence[str] = ()) -> dict[Place, Counter[float]]:
    """Under `()` all; sorted by dimensions, under what each stands there. What stands nowhere in one of them is in
    none of theirs.
    """
    values: dict[Place, Counter[float]] = defaultdict(Counter, {(): Counter()})
    for one in found:
        values[()][one.value] += 1
        for place in _places(one.by, by):
            values[place][one.value] += 1
    return values


def _places(stands: Dimensions, by: Sequence[str]) -> Iterable[Place]:
    places: list[Place] = [()]
    for dimension in by:
        places = [(*place, name) for place in places for name in dict.fromkeys(stands.get(dimension, ()))]
    return places if by else ()


def counted(case: CaseHistory, at: datetime, value: float = 1, **more: str | Sequence[str]) -> Counted:
    """On that moment's day, sorted as its case is, and by what is told besides."""
    said = {name: (one,) if isinstance(one, str) else tuple(one) for name, one in more.items()}
    return Counted(case.file.ref, value, {**case.dimensions(), **said}, london_day(at))
