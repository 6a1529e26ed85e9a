"""A measure: what is counted, for which day, in one place for every page and report. (section 7)"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from policy.frozen import Frozen
from policy.measures.history import CaseHistory, Dimensions
from policy.measures.others import Others
from policy.measures.period import Period

HALF, NINE_IN_TEN = (1, 2), (9, 10)


class Unit(StrEnum):
    NUMBER = "number"
    SHARE = "share"
    """Of all that are counted, how many did: each is 1 or 0."""
    WORKING_DAYS = "working_days"
    """How many half of them took at most, and nine in ten."""


class Counted(NamedTuple):
    """One thing that is counted, on the case `ref`."""

    ref: str
    value: float
    by: Dimensions


@dataclass(frozen=True)
class Measure:
    """`version` is another where a figure would be another for the same facts. `row` is the policy's row that it
    is for, `says` what it is in plain words, `more` by what it is sorted besides what every case is.
    """

    name: str
    version: int
    row: str
    says: str
    unit: Unit
    counts: Callable[[CaseHistory, Period, Others], Iterator[Counted]]
    more: tuple[str, ...] = ()


class Figure(Frozen):
    """`number` of things were counted; of days also what half and nine in ten took at most. `value` is None where
    there is nothing to take a share or a half of.
    """

    number: int
    value: float | None
    nine_in_ten: float | None = None


def figure(unit: Unit, values: Sequence[float]) -> Figure:
    if unit is Unit.NUMBER:
        return Figure(number=len(values), value=sum(values))
    if not values:
        return Figure(number=0, value=None)
    if unit is Unit.SHARE:
        return Figure(number=len(values), value=sum(values) / len(values))
    return Figure(number=len(values), value=within(values, HALF), nine_in_ten=within(values, NINE_IN_TEN))


def within(values: Sequence[float], share: tuple[int, int]) -> float:
    """The least of them that so many of them do not exceed: one in two, nine in ten."""
    part, whole = share
    return sorted(values)[-(-len(values) * part // whole) - 1]


def figures(unit: Unit, found: Iterable[Counted], by: Sequence[str] = ()) -> Mapping[tuple[str, ...], Figure]:
    """Under `()` that of all; sorted by dimensions, under what each stands there. What stands nowhere in one of
    them is in none of theirs.
    """
    values: dict[tuple[str, ...], list[float]] = {(): []}
    for one in found:
        values[()].append(one.value)
        for place in _places(one.by, by):
            values.setdefault(place, []).append(one.value)
    return {place: figure(unit, told) for place, told in sorted(values.items())}


def _places(stands: Dimensions, by: Sequence[str]) -> Iterable[tuple[str, ...]]:
    places: list[tuple[str, ...]] = [()]
    for dimension in by:
        places = [(*place, name) for place in places for name in dict.fromkeys(stands.get(dimension, ()))]
    return places if by else ()


def counted(case: CaseHistory, value: float = 1, **more: str | Sequence[str]) -> Counted:
    """Sorted as its case is, and by what is told besides."""
    said = {name: (one,) if isinstance(one, str) else tuple(one) for name, one in more.items()}
    return Counted(case.file.ref, value, {**case.dimensions(), **said})
