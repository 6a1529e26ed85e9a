"""From when until when the law lets us act. Our reading throughout: check with your solicitor."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from policy.facts.base import Line
from policy.frozen import Frozen
from policy.legal_action.periods import months_beginning_with, months_from

OUR_READING: Final = "our reading, check with your solicitor"
"""Beside every day that we count by a statute."""


class Window(Frozen):
    """Both days count. `statute` is where it stands."""

    opens: date
    closes: date
    statute: Line

    def holds(self, day: date) -> bool:
        return self.opens <= day <= self.closes


def by_law(opens: date, closes: date, statute: str) -> Window:
    return Window(opens=opens, closes=closes, statute=f"{statute}; {OUR_READING}")


class Ground(StrEnum):
    """Of possession, in Schedule 2 to the Housing Act 1988; of a secure tenancy, in Schedule 2 to the Housing Act
    1985 and in its section 84A.
    """

    GROUND_7A = "7A"
    GROUND_12 = "12"
    GROUND_14 = "14"
    GROUND_14A = "14A"
    SECURE_1 = "secure_1"
    SECURE_2 = "secure_2"
    SECURE_2A = "secure_2A"
    SECURE_84A = "secure_84A"

    @property
    def secure(self) -> bool:
        return self.name.startswith("SECURE")

    @property
    def called(self) -> str:
        if self is Ground.SECURE_84A:
            return "the absolute ground of section 84A"
        return f"ground {self.value.rpartition('_')[2]}"


ABSOLUTE: Final = {
    Ground.GROUND_7A: "Housing Act 1988, section 8(4C) to (4F) and Schedule 2, ground 7A",
    Ground.SECURE_84A: "Housing Act 1985, sections 83ZA(5) to (7) and 84A",
}
"""Where the court must order possession, since something has been proven already; and where that stands."""


def absolute_of(grounds: Iterable[Ground]) -> Ground | None:
    return next((ground for ground in grounds if ground in ABSOLUTE), None)


class Periodic(Frozen):
    """A tenancy from week to week, or from month to month. `begins` is the first day of one of its periods."""

    kind: Literal["periodic"] = "periodic"
    begins: date
    weeks: int | None = Field(default=1, ge=1)
    """None where it is from month to month."""

    def period_ends_on_or_after(self, day: date) -> date:
        """The last day of a period."""
        number = 1
        while (last := self._last_of(number)) < day:
            number += 1
        return last

    def _last_of(self, number: int) -> date:
        if self.weeks is None:
            return months_beginning_with(self.begins, number)
        return self.begins + timedelta(weeks=self.weeks * number, days=-1)


class FixedTerm(Frozen):
    """A tenancy for a term that has not run out."""

    kind: Literal["fixed_term"] = "fixed_term"


Tenancy = Annotated[Periodic | FixedTerm, Field(discriminator="kind")]

_TWO_WEEKS: Final = timedelta(weeks=2)
_NOTICE_TO_QUIT: Final = timedelta(weeks=4)
_LASTS_MONTHS: Final = 12


def possession_proceedings(grounds: Collection[Ground], served: date, tenancy: Periodic | FixedTerm) -> Window:
    """When proceedings may begin on a notice seeking possession, by all of its grounds.
    Refuses a notice without a ground (ValueError).
    """
    if not grounds:
        raise ValueError("a notice seeking possession names its grounds")
    if any(ground.secure for ground in grounds):
        return _of_a_secure_tenancy(grounds, served, tenancy)
    if Ground.GROUND_7A in grounds:
        opens, where = _could_be_ended(served, tenancy), "section 8(4A)"
    elif Ground.GROUND_14 in grounds:
        opens, where = served, "section 8(4)"
    else:
        opens, where = served + _TWO_WEEKS, "section 8(4B)"
    return by_law(
        opens=opens,
        closes=months_from(served, _LASTS_MONTHS),
        statute=f"Housing Act 1988, section 8(3) and {where}",
    )


def _of_a_secure_tenancy(grounds: Collection[Ground], served: date, tenancy: Periodic | FixedTerm) -> Window:
    """The notice names a day; we take it to be the earliest that it may be. Proceedings begin after that day, on
    ground 2 at once, and within twelve months after it. A notice during a term on other grounds than the absolute
    one names no day: we count from its service. (Housing Act 1985, sections 83(3) to (6), 83ZA(9) and (10), 83A)
    """
    absolute, term = Ground.SECURE_84A in grounds, isinstance(tenancy, FixedTerm)
    named = served if term and not absolute else _could_be_ended(served, tenancy)
    at_once = named == served or (Ground.SECURE_2 in grounds and not absolute)
    return by_law(
        opens=served if at_once else named + timedelta(days=1),
        closes=months_from(named, _LASTS_MONTHS),
        statute=f"Housing Act 1985, sections {'83ZA' if absolute else '83'} and 83A",
    )


def _could_be_ended(served: date, tenancy: Periodic | FixedTerm) -> date:
    """The earliest day on which a notice to quit given on the same day could have ended a periodic tenancy: with
    four weeks (Protection from Eviction Act 1977, section 5), at the end of a period. One month of a fixed term.
    """
    if isinstance(tenancy, FixedTerm):
        return months_from(served, 1)
    return tenancy.period_ends_on_or_after(served + _NOTICE_TO_QUIT)


def demotion_proceedings(served: date) -> Window:
    """When proceedings may begin on a notice seeking demotion."""
    return by_law(
        opens=served + _TWO_WEEKS,
        closes=months_beginning_with(served, _LASTS_MONTHS),
        statute="Housing Act 1988, section 6A(6) and (7)",
    )
