"""What is refused of days: facts of the future, and waits without an end. (as-of, bounded-waits, section 8)"""

from datetime import date, datetime, timedelta

from policy.editions import Edition
from policy.refusals import DayNotAgreeable, FactInTheFuture
from policy.working_days import day_in_words, london_day, moment_in_words, on_the_day


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
    last = first + timedelta(days=edition.matters.longest_days)
    if not first <= day <= last:
        raise DayNotAgreeable(
            f"Agree on a day from {day_in_words(first)} to {day_in_words(last)}.",
            missing=("a day that can be agreed",),
        )


def is_agreeable(by_when: date | None, at: datetime, edition: Edition) -> None:
    """A day that is agreed then, where one is."""
    if by_when is not None:
        lies_ahead(by_when, first_day_left(at, edition), edition)
