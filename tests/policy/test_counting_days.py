"""Working days and hours, and how a date explains itself. (explained-deadlines)"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.calendar import closure_days
from policy.working_days import (
    LONDON,
    ClosureDays,
    Due,
    day_in_words,
    hours_after,
    in_words,
    london_day,
    moment_in_words,
    working_days_after,
    working_days_before,
)
from tests.given import london

CLOSES = time(17)
NOTHING_CLOSED = ClosureDays(days={}, known_until=date(2035, 12, 31))


def after(start: datetime, number: int, own: dict[date, str] | None = None) -> Due:
    return working_days_after(start, number, closure_days(london_day(start), own or {}), CLOSES)


@pytest.mark.parametrize(
    ("reported", "number", "due"),
    [
        (london(2023, 5, 25), 5, london(2023, 6, 2, 17)),  # over a bank holiday
        (london(2023, 5, 26, 16, 59), 1, london(2023, 5, 30, 17)),  # Friday before one
        (london(2023, 5, 27), 1, london(2023, 5, 30, 17)),  # reported on a Saturday
        (london(2023, 5, 29), 1, london(2023, 5, 30, 17)),  # reported on the bank holiday itself
        (london(2022, 9, 16), 1, london(2022, 9, 20, 17)),  # over the state funeral
        (london(2023, 5, 5), 1, london(2023, 5, 9, 17)),  # over the coronation
        (london(2020, 5, 7), 1, london(2020, 5, 11, 17)),  # the moved day of 2020
        (london(2021, 12, 24), 1, london(2021, 12, 29, 17)),  # two substitute days
        (london(2022, 12, 23), 5, london(2023, 1, 4, 17)),  # over the year's end
        (london(2024, 2, 28), 1, london(2024, 2, 29, 17)),  # a leap day is a day
    ],
)
def test_day_one_is_the_next_working_day(reported: datetime, number: int, due: datetime) -> None:
    assert after(reported, number).moment == due


@pytest.mark.parametrize(
    ("end", "number", "due"),
    [
        (date(2023, 6, 9), 5, london(2023, 6, 2, 17)),
        (date(2023, 6, 5), 1, london(2023, 6, 2, 17)),  # a Monday: the Friday before
        (date(2023, 5, 30), 1, london(2023, 5, 26, 17)),  # over a bank holiday
        (date(2023, 5, 28), 1, london(2023, 5, 26, 17)),  # it ends on a Sunday
        (date(2024, 1, 3), 3, london(2023, 12, 28, 17)),  # back over the year's end
    ],
)
def test_days_counted_back_begin_with_the_last_working_day_before(end: date, number: int, due: datetime) -> None:
    assert working_days_before(end, number, closure_days(end, {}), CLOSES).moment == due


def test_a_date_that_was_counted_back_says_so() -> None:
    due = working_days_before(date(2023, 5, 30), 2, closure_days(date(2023, 5, 30), {}), CLOSES)
    assert in_words(due) == (
        "2 working days before Tuesday 30 May 2023, "
        "not counting Monday 29 May 2023 (Spring Bank Holiday) and weekends"
    )
    one = working_days_before(date(2023, 6, 8), 1, closure_days(date(2023, 6, 8), {}), CLOSES)
    assert in_words(one) == "1 working day before Thursday 8 June 2023"


@given(st.dates(date(2021, 1, 1), date(2029, 12, 31)), st.integers(1, 60))
def test_counting_back_and_on_again_leads_to_where_it_began(end: date, number: int) -> None:
    days = closure_days(date(2025, 1, 1), {})
    back = working_days_before(end, number, days, CLOSES)
    on = working_days_after(back.moment, number, days, CLOSES).moment.date()
    assert working_days_before(on, 1, days, CLOSES).moment.date() < end <= on


def test_no_days_before_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one working day before"):
        working_days_before(date(2023, 6, 8), 0, NOTHING_CLOSED, CLOSES)


def test_a_report_at_half_past_eleven_on_a_summer_night_belongs_to_that_day_in_london() -> None:
    late_on_wednesday = datetime(2023, 6, 7, 22, 30, tzinfo=UTC)
    assert late_on_wednesday.astimezone(LONDON).hour == 23
    assert after(late_on_wednesday, 1).moment == london(2023, 6, 8, 17)
    assert after(late_on_wednesday + timedelta(minutes=30), 1).moment == london(2023, 6, 9, 17)


@pytest.mark.parametrize(
    ("reported", "offset"),
    [(london(2023, 3, 24), 1), (london(2023, 10, 27), 0)],
)
def test_office_hours_end_at_five_by_the_clock_on_the_wall_after_a_clock_change(
    reported: datetime, offset: int
) -> None:
    due = after(reported, 1).moment
    assert due.astimezone(LONDON).time() == CLOSES
    assert due.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize("start", [london(2023, 10, 29, 0, 30), london(2023, 3, 26, 0, 30)])
def test_an_hour_is_an_hour_on_the_night_when_the_clocks_change(start: datetime) -> None:
    two = hours_after(start, 2).moment
    assert two.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=2)


def test_the_hour_that_comes_twice_equals_itself_after_it_has_travelled() -> None:
    first = london(2023, 10, 29, 0, 30)
    due = hours_after(first, 1)
    assert Due.model_validate_json(due.model_dump_json()).moment == due.moment


def test_the_landlords_own_day_is_skipped_and_named() -> None:
    due = after(london(2023, 7, 6), 1, own={date(2023, 7, 7): "Staff day"})
    assert due.moment == london(2023, 7, 10, 17)
    assert [(s.day, s.why) for s in due.counted.skipped] == [(date(2023, 7, 7), "Staff day")]
    assert "Friday 7 July 2023 (Staff day)" in in_words(due)


def test_a_closure_on_a_weekend_is_not_counted_twice() -> None:
    due = after(london(2023, 7, 7), 1, own={date(2023, 7, 8): "Staff day"})
    assert due.moment == london(2023, 7, 10, 17)
    assert due.counted.weekend_days == 2
    assert due.counted.skipped == ()


def test_the_explanation_in_words_names_what_was_skipped() -> None:
    assert in_words(after(london(2023, 5, 25), 5)) == (
        "5 working days after Thursday 25 May 2023, "
        "not counting Monday 29 May 2023 (Spring Bank Holiday) and weekends"
    )


def test_the_explanation_says_nothing_of_what_was_not_skipped() -> None:
    assert in_words(after(london(2023, 6, 5), 1)) == "1 working day after Monday 5 June 2023"
    assert in_words(hours_after(london(2023, 6, 5), 1)) == "1 hour after Monday 5 June 2023 at 09:00"


def test_a_date_beyond_the_known_bank_holidays_says_so() -> None:
    known = ClosureDays(days={}, known_until=date(2023, 6, 5))
    assert "not known yet" in in_words(working_days_after(london(2023, 6, 5), 1, known, CLOSES))
    assert "not known yet" not in in_words(working_days_after(london(2023, 6, 2), 1, known, CLOSES))


def test_a_deadline_of_no_days_is_no_deadline() -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        working_days_after(london(2023, 6, 5), 0, NOTHING_CLOSED, CLOSES)


def test_moments_are_told_in_london_time() -> None:
    assert moment_in_words(datetime(2023, 6, 5, 16, 0, tzinfo=UTC)) == "Monday 5 June 2023 at 17:00"
    assert day_in_words(date(2023, 1, 9)) == "Monday 9 January 2023"


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is added beside them


@given(MOMENTS, st.integers(1, 30))
def test_a_deadline_is_the_close_of_a_working_day_with_that_many_working_days_before_it(
    start: datetime, number: int
) -> None:
    closures = closure_days(london_day(start), {})
    due = working_days_after(start, number, closures, CLOSES)
    last, first = london_day(due.moment), london_day(start)
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    working = [d for d in days if d.weekday() < 5 and d not in closures.days]
    assert len(working) == number
    assert working[-1] == last
    assert due.moment.astimezone(LONDON).time() == CLOSES
    assert due.moment > start


@given(MOMENTS, MOMENTS, st.integers(1, 30))
def test_who_reports_earlier_is_never_owed_later(one: datetime, other: datetime, number: int) -> None:
    first, second = sorted((one, other))
    closures = closure_days(london_day(first), {})
    assert (
        working_days_after(first, number, closures, CLOSES).moment
        <= working_days_after(second, number, closures, CLOSES).moment
    )
