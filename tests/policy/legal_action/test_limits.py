"""Ages, hearings and the ends of orders, to the day on either side."""

from datetime import date, timedelta

import pytest

from policy.legal_action.limits import (
    INJUNCTION_FROM_AGE,
    PROTECTION_NOTICE_FROM_AGE,
    age_on,
    closed_until,
    closed_until_in_all,
    closure_heard_by,
    injunction_lasts_until,
)
from tests.given import london

MADE = date(2024, 5, 10)
DAY = timedelta(days=1)


@pytest.mark.parametrize("years", [INJUNCTION_FROM_AGE, PROTECTION_NOTICE_FROM_AGE, 18])
def test_somebody_is_a_year_older_on_their_birthday(years: int) -> None:
    birthday = date(2010, 5, 10)
    there = date(2010 + years, 5, 10)
    assert (age_on(birthday, there - DAY), age_on(birthday, there)) == (years - 1, years)


def test_somebody_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    born = date(2008, 2, 29)
    assert [age_on(born, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]
    assert [age_on(born, day) for day in (date(2024, 2, 28), date(2024, 2, 29))] == [15, 16]


def test_an_injunction_is_for_a_year_at_most_under_eighteen_and_not_for_a_child_under_ten() -> None:
    assert injunction_lasts_until(date(2006, 5, 10), MADE) is None
    assert injunction_lasts_until(date(2006, 5, 11), MADE) == date(2025, 5, 9)
    assert injunction_lasts_until(date(2014, 5, 10), MADE) == date(2025, 5, 9)
    with pytest.raises(ValueError, match="a child of 9"):
        injunction_lasts_until(date(2014, 5, 11), MADE)


def test_a_closure_is_heard_within_two_days_that_are_not_christmas() -> None:
    assert closure_heard_by(london(2024, 12, 20, 10)) == london(2024, 12, 22, 10)
    assert closure_heard_by(london(2024, 12, 24, 10)) == london(2024, 12, 27, 10)


@pytest.mark.parametrize(
    ("made", "three", "six"),
    [
        (date(2024, 5, 10), date(2024, 8, 9), date(2024, 11, 9)),
        (date(2023, 11, 30), date(2024, 2, 29), date(2024, 5, 29)),
        (date(2023, 8, 31), date(2023, 11, 30), date(2024, 2, 29)),
    ],
)
def test_premises_are_closed_for_three_months_and_six_in_all(made: date, three: date, six: date) -> None:
    assert (closed_until(made), closed_until_in_all(made)) == (three, six)
