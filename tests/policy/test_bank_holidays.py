"""The calendar against what was proclaimed, and against the list that GOV.UK published."""

import json
from datetime import date
from pathlib import Path

import pytest

from gateways.calendar import bank_holidays, closure_days

# Written down from the proclamations, year by year, weekdays only: month-day.
ENGLAND = {
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2030: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
}


def on_weekdays(year: int) -> set[date]:
    return {day for day in bank_holidays(year) if day.weekday() < 5}


@pytest.mark.parametrize("year", ENGLAND)
def test_every_bank_holiday_of_england_is_known_and_no_other(year: int) -> None:
    assert on_weekdays(year) == {date.fromisoformat(f"{year}-{day}") for day in ENGLAND[year].split()}


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2020, 5, 8), "moved to the anniversary of the war's end"),
        (date(2022, 6, 3), "a jubilee"),
        (date(2022, 9, 19), "a state funeral"),
        (date(2023, 5, 8), "a coronation"),
    ],
)
def test_a_day_proclaimed_once_is_a_closure_day(day: date, why: str) -> None:
    assert day in closure_days(day, {}).days, why


@pytest.mark.parametrize("day", [date(2020, 5, 4), date(2022, 5, 30)])
def test_a_day_that_was_moved_away_is_an_ordinary_working_day(day: date) -> None:
    assert day not in closure_days(day, {}).days


def test_the_calendar_agrees_with_the_list_that_gov_uk_published(repository: Path) -> None:
    text = (repository / "tests/data/bank-holidays-england-and-wales.json").read_text(encoding="utf-8")
    published = {date.fromisoformat(event["date"]) for event in json.loads(text)}
    years = {day.year for day in published}
    assert years == {2024, 2025, 2026, 2027}
    assert published == set().union(*(on_weekdays(year) for year in years))


def test_days_are_known_to_the_end_of_the_third_year_ahead() -> None:
    known = closure_days(date(2023, 5, 25), {})
    assert known.known_until == date(2026, 12, 31)
    assert min(known.days) == date(2023, 1, 1)
    assert max(known.days) == date(2026, 12, 28)


def test_the_landlords_own_days_join_the_bank_holidays() -> None:
    own = {date(2023, 12, 27): "Office closed", date(2022, 12, 28): "Long past"}
    days = closure_days(date(2023, 5, 25), own).days
    assert days[date(2023, 12, 27)] == "Office closed"
    assert date(2023, 12, 26) in days
    assert date(2022, 12, 28) not in days
