"""Months to the corresponding day, and hours that leave Christmas Day out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.legal_action.periods import hours_without_christmas, months_beginning_with, months_from
from tests.given import london

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 24)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2023, 6, 5), 12, date(2024, 6, 5)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
    ],
)
def test_months_from_a_day_end_on_the_corresponding_day(day: date, months: int, last: date) -> None:
    assert months_from(day, months) == last


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2023, 6, 5), 12, date(2024, 6, 4)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
        (date(2024, 3, 1), 12, date(2025, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 1, 1), 3, date(2024, 3, 31)),
    ],
)
def test_months_beginning_with_a_day_end_the_day_before(day: date, months: int, last: date) -> None:
    assert months_beginning_with(day, months) == last


@given(DAYS, MONTHS)
def test_a_period_that_counts_its_first_day_never_ends_later_and_at_most_a_day_sooner(
    day: date, months: int
) -> None:
    counted, after = months_beginning_with(day, months), months_from(day, months)
    assert counted in {after, after - timedelta(days=1)}
    assert (counted == after) is (day.day > after.day)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (london(2023, 6, 5, 10), london(2023, 6, 7, 10)),
        (london(2023, 12, 24, 10), london(2023, 12, 27, 10)),
        (london(2023, 12, 25, 10), london(2023, 12, 28, 0)),
        (london(2023, 12, 23, 0), london(2023, 12, 25, 0)),
        (london(2024, 3, 30, 10), london(2024, 4, 1, 11)),
        (london(2023, 10, 28, 10), london(2023, 10, 30, 9)),
    ],
    ids=["plain", "over Christmas", "on Christmas Day", "just before", "spring forward", "fall back"],
)
def test_forty_eight_hours_by_the_clock_without_christmas_day(start: datetime, end: datetime) -> None:
    assert hours_without_christmas(start, 48) == end


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - made aware
def test_christmas_adds_a_day_at_most_and_never_shortens(start: datetime) -> None:
    longer = hours_without_christmas(start, 48) - start
    assert timedelta(hours=48) <= longer <= timedelta(hours=72)
