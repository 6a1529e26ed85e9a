"""How old somebody must be, how soon a court must hear us, and how long an order may last. Our reading throughout:
check with your solicitor.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from policy.legal_action.periods import hours_without_christmas, months_beginning_with
from policy.working_days import HOURS, Counted, Due, Skipped, london_day

INJUNCTION_FROM_AGE: Final = 10
"""Anti-social Behaviour, Crime and Policing Act 2014, section 1(1)."""

PROTECTION_NOTICE_FROM_AGE: Final = 16
"""Anti-social Behaviour, Crime and Policing Act 2014, section 43(1)."""

_ADULT: Final = 18
_MONTHS_UNDER_AGE: Final = 12
_HOURS_TO_HEAR: Final = 48
_MONTHS_CLOSED: Final = 3
_MONTHS_CLOSED_IN_ALL: Final = 6


def age_on(born: date, day: date) -> int:
    """In years. Whoever was born on 29 February is a year older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def injunction_lasts_until(born: date, made: date) -> date | None:
    """The last day that an injunction made on that day may have; None where the court may set any day, or none.
    Refuses somebody younger than ten (ValueError). (2014 Act, section 1(1) and (6))
    """
    age = age_on(born, made)
    if age < INJUNCTION_FROM_AGE:
        raise ValueError(f"no injunction is made against a child of {age}")
    return None if age >= _ADULT else months_beginning_with(made, _MONTHS_UNDER_AGE)


def closure_heard_by(notice_served: datetime) -> datetime:
    """When a court must have heard the application for a closure order: within 48 hours of the notice, without
    Christmas Day. (2014 Act, section 80(3) and (4))
    """
    return hours_without_christmas(notice_served, _HOURS_TO_HEAR)


def closure_hearing(notice_served: datetime) -> Due:
    """The same as a date that explains itself."""
    heard_by = closure_heard_by(notice_served)
    days = _days_between(london_day(notice_served), london_day(heard_by))
    christmas = tuple(Skipped(day=day, why="Christmas Day") for day in days if (day.month, day.day) == (12, 25))
    counted = Counted(
        start=london_day(notice_served),
        number=_HOURS_TO_HEAR,
        unit=HOURS,
        since=notice_served,
        skipped=christmas,
    )
    return Due(moment=heard_by, counted=counted)


def _days_between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def closed_until(made: date) -> date:
    """The last day that a closure order may have when it is made. (2014 Act, section 80)"""
    return months_beginning_with(made, _MONTHS_CLOSED)


def closed_until_in_all(made: date) -> date:
    """The same with every extension of it. (2014 Act, section 82)"""
    return months_beginning_with(made, _MONTHS_CLOSED_IN_ALL)
