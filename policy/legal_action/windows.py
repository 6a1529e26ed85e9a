"""From when until when the law lets us act. Our reading throughout: check with your solicitor."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from policy.facts.base import Line
from policy.frozen import Frozen
from policy.legal_action.periods import months_beginning_with, months_from


class Window(Frozen):
    """Both days count. `statute` is where it stands."""

    opens: date
    closes: date
    statute: Line

    def holds(self, day: date) -> bool:
        return self.opens <= day <= self.closes


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
    return Window(
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
    return Window(
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
    return Window(
        opens=served + _TWO_WEEKS,
        closes=months_beginning_with(served, _LASTS_MONTHS),
        statute="Housing Act 1988, section 6A(6) and (7)",
    )


class Condition(StrEnum):
    """Of ground 7A, and of section 84A, which are alike: which of the five was met."""

    SERIOUS_OFFENCE = "serious_offence"
    INJUNCTION_BREACHED = "injunction_breached"
    """Found by a court; not of a requirement to take part in an activity."""
    BEHAVIOUR_ORDER_BREACHED = "behaviour_order_breached"
    """Convicted of it; of a prohibition, not of such a requirement."""
    PREMISES_CLOSED = "premises_closed"
    """Under a closure notice or order, for more than 48 hours without a break."""
    NOISE_NUISANCE = "noise_nuisance"
    """Convicted of it, from the home."""


_MONTHS_TO_SERVE: Final = {Condition.PREMISES_CLOSED: 3}
_MONTHS_TO_SERVE_OTHERS: Final = 12


class Appeal(Frozen):
    """`ended` is when it was decided, given up or withdrawn; None while it is open."""

    ended: date | None = None


class Proven(Frozen):
    """Which of the five conditions was met, and on what day: of the conviction, of the court's
    finding, or of the closure order; and an appeal against it, where there was one.
    """

    condition: Condition
    on: date
    appeal: Appeal | None = None

    @property
    def appeal_open(self) -> bool:
        return self.appeal is not None and self.appeal.ended is None

    @property
    def met_from(self) -> date | None:
        """None while an appeal is open: the condition is not met."""
        return self.on if self.appeal is None else self.appeal.ended


def ground_7a_notice(proven: Proven, ground: Ground = Ground.GROUND_7A) -> Window | None:
    """When a notice on ground 7A, or on section 84A, may be served: from the conviction, finding or closure order,
    or from the end of an appeal against it. None while an appeal is open.
    """
    if (begins := proven.met_from) is None:
        return None
    months = _MONTHS_TO_SERVE.get(proven.condition, _MONTHS_TO_SERVE_OTHERS)
    return Window(
        opens=begins,
        closes=months_beginning_with(begins, months),
        statute=ABSOLUTE[ground],
    )
