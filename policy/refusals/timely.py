"""What is refused of days: facts of the future, and waits without an end. (as-of, bounded-waits, section 8)"""

from datetime import date, datetime, timedelta
from typing import Any, Final

from policy.editions import Edition
from policy.facts.base import Recorded
from policy.refusals import DayNotAgreeable, FactInTheFuture
from policy.working_days import ClosureDays, day_in_words, london_day, moment_in_words, on_the_day

_SUNDAY: Final = 7


def not_in_the_future(at: datetime, recorded_at: datetime) -> None:
    if at > recorded_at:
        raise FactInTheFuture(
            f"This is dated {moment_in_words(at)}, which has not come yet.", missing=("a time in the past",)
        )


def first_day_left(at: datetime, edition: Edition) -> date:
    """Today until the office closes, then tomorrow."""
    today = london_day(at)
    closed = on_the_day(today, edition.office.closes).moment < at
    return today + timedelta(days=closed)


def lies_ahead(day: date, first: date, edition: Edition) -> None:
    last = _last_from(first, edition)
    if not first <= day <= last:
        raise DayNotAgreeable(
            f"Agree on a day from {day_in_words(first)} to {day_in_words(last)}.",
            missing=("a day that can be agreed",),
        )


def _last_from(first: date, edition: Edition) -> date:
    return first + timedelta(days=edition.matters.longest_days)


def is_a_court_s(day: date, told: Recorded[Any], closures: ClosureDays, edition: Edition) -> None:
    """A court's day is not agreed: today's may be learnt of in the evening. On a day ahead courts must sit. Our
    reading, check with your solicitor: on Saturdays where it is urgent; what is heard at once on another day, an
    injunction say, is recorded when that day has come. (witness-care, section 4)
    """
    first, today = london_day(told.at), london_day(told.recorded_at)
    last = _last_from(first, edition)
    if not first <= day <= last:
        raise DayNotAgreeable(
            f"A court's day lies from {day_in_words(first)} to {day_in_words(last)}: check the date.",
            missing=("the court's day",),
        )
    if day > today and (closed := _without_a_court(day, closures, edition)):
        raise DayNotAgreeable(
            f"Courts do not sit on {closed}: check the date. Where one hears it at once all the same, record that"
            " on the day.",
            missing=("the court's day",),
        )


def _without_a_court(day: date, closures: ClosureDays, edition: Edition) -> str | None:
    """In words. Where the office is closed for a reason of ours, courts sit all the same."""
    why = closures.days.get(day, "")
    if any(why.startswith(holiday) for holiday in edition.legal.courts_closed):
        return f"{day_in_words(day)} ({why})"
    return day_in_words(day) if day.isoweekday() == _SUNDAY else None


def is_agreeable(by_when: date | None, at: datetime, edition: Edition) -> None:
    """A day that is agreed then, where one is."""
    if by_when is not None:
        lies_ahead(by_when, first_day_left(at, edition), edition)
