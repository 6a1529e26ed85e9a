"""The threshold of a case review, to the day on either side, with its arithmetic."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.case_review.threshold import LeftOut, Reported, Why, threshold_on
from policy.editions.case_review import Threshold
from tests.given import EDITION, london

ACT = Threshold(reports=3, reported_within_months=1, within_months=6)
ONE = Threshold(reports=1, reported_within_months=1, within_months=6)
HATE = EDITION.case_reviews.threshold_in("sevenoaks")
DAY = timedelta(days=1)
ASKED = date(2023, 6, 5)


def noon(day: date) -> datetime:
    return london(day.year, day.month, day.day, 12)


def told(day: date, happened: date | None = None, **more: object) -> Reported:
    return Reported.model_validate(
        {"reported_at": noon(day), "happened_at": noon(happened) if happened else None, **more}
    )


def why(report: Reported, day: date = ASKED) -> Why:
    (one,) = threshold_on(day, (report,), ONE).reports
    return one.why


@pytest.mark.parametrize("number", range(5))
def test_the_act_s_threshold_is_three_reports(number: int) -> None:
    counted = threshold_on(ASKED, [told(ASKED - n * DAY) for n in range(number)], ACT)
    assert (counted.counted, counted.met) == (number, number >= 3)


def test_where_the_edition_says_nothing_else_a_district_has_the_act_s() -> None:
    assert EDITION.case_reviews.threshold_in("canterbury") == EDITION.case_reviews.threshold == ACT


@pytest.mark.parametrize(
    ("happened", "last"),
    [
        (date(2023, 5, 1), date(2023, 5, 31)),
        (date(2023, 5, 10), date(2023, 6, 9)),
        (date(2023, 1, 31), date(2023, 2, 28)),
        (date(2024, 1, 30), date(2024, 2, 29)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 3, 28)),
        (date(2023, 12, 15), date(2024, 1, 14)),
    ],
)
def test_a_report_is_made_in_the_month_that_begins_with_the_behaviour(happened: date, last: date) -> None:
    assert why(told(last, happened), last) is Why.COUNTS
    assert why(told(last + DAY, happened), last + DAY) is Why.REPORTED_LATE


@pytest.mark.parametrize(
    ("reported", "last"),
    [
        (date(2023, 1, 1), date(2023, 6, 30)),
        (date(2023, 1, 15), date(2023, 7, 14)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2022, 8, 31), date(2023, 2, 28)),
        (date(2024, 2, 29), date(2024, 8, 28)),
        (date(2023, 3, 31), date(2023, 9, 30)),
    ],
)
def test_a_review_is_asked_for_in_the_six_months_that_begin_with_the_report(reported: date, last: date) -> None:
    assert why(told(reported), last) is Why.COUNTS
    assert why(told(reported), last + DAY) is Why.TOO_LONG_AGO


def test_a_report_counts_on_its_own_day_and_not_before_it_was_made() -> None:
    assert why(told(ASKED), ASKED) is Why.COUNTS
    assert why(told(ASKED + DAY), ASKED) is Why.AFTER_THE_DAY


def test_what_is_said_to_have_happened_after_its_report_waits_until_the_days_are_put_right() -> None:
    assert why(told(ASKED, ASKED + DAY), ASKED) is Why.BEFORE_IT_HAPPENED


def test_where_nobody_said_when_it_happened_it_was_the_day_of_the_report() -> None:
    (one,) = threshold_on(ASKED, (told(ASKED),), ONE).reports
    assert one.counts
    assert "on a day that nobody named" in one.words


@pytest.mark.parametrize("left_out", LeftOut)
def test_what_somebody_left_out_is_shown_and_does_not_count(left_out: LeftOut) -> None:
    counted = threshold_on(ASKED, (told(ASKED), told(ASKED, left_out=left_out)), ACT)
    assert (counted.counted, counted.reports[1].why.value) == (1, left_out.value)


def test_days_are_those_of_london_on_either_side_of_a_clock_change() -> None:
    """Half an hour before midnight in UTC is the next day in London in summer, and the same day in winter."""
    summer = Reported(reported_at=datetime(2023, 3, 26, 23, 30, tzinfo=UTC))
    winter = Reported(reported_at=datetime(2023, 10, 29, 23, 30, tzinfo=UTC))
    (begun,), (over) = threshold_on(date(2023, 9, 26), (summer,), ONE).reports, date(2023, 9, 27)
    assert (begun.why, begun.ask_by) == (Why.COUNTS, date(2023, 9, 26))
    assert why(summer, over) is Why.TOO_LONG_AGO
    (ended,) = threshold_on(date(2024, 4, 28), (winter,), ONE).reports
    assert (ended.why, ended.ask_by) == (Why.COUNTS, date(2024, 4, 28))
    assert why(winter, date(2024, 4, 29)) is Why.TOO_LONG_AGO


def test_one_report_of_hate_is_enough_where_the_district_says_so() -> None:
    hate = told(ASKED, hate=True)
    assert threshold_on(ASKED, (hate,), HATE).met
    assert not threshold_on(ASKED, (hate,), ACT).met
    late = told(ASKED, ASKED - 40 * DAY, hate=True)
    assert not threshold_on(ASKED, (late,), HATE).met


def test_the_arithmetic_is_shown_in_plain_words() -> None:
    reports = (
        told(date(2023, 6, 2), date(2023, 5, 7)),
        told(date(2023, 5, 5), date(2023, 4, 2)),
        told(date(2022, 11, 1)),
        told(date(2023, 5, 3), left_out=LeftOut.SAME_INCIDENT),
    )
    counted = threshold_on(ASKED, reports, HATE)
    late = "too late, the last day was Monday 1 May 2023."
    assert [one.words for one in counted.reports] == [
        "Reported on Tuesday 1 November 2022: it counted until Sunday 30 April 2023.",
        "Reported on Wednesday 3 May 2023: the same incident as in another report, and counted there.",
        f"Reported on Friday 5 May 2023, happened on Sunday 2 April 2023: {late}",
        "Reported on Friday 2 June 2023, happened on Sunday 7 May 2023: it counts, until Friday 1 December 2023.",
    ]
    assert counted.words == (
        "1 report counts, none of them about hate; 3 are needed, or 1 about hate. The threshold is not met."
    )
    assert threshold_on(ASKED, (), ONE).words == "No report counts; 1 is needed. The threshold is not met."
    three = threshold_on(ASKED, [told(ASKED - n * DAY) for n in range(3)], ACT)
    assert three.words == "3 reports count; 3 are needed. The threshold is met."


REPORTS = st.lists(
    st.builds(
        Reported,
        reported_at=st.datetimes(datetime(2022, 6, 1), datetime(2024, 6, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - made aware
        happened_at=st.none() | st.datetimes(datetime(2022, 5, 1), datetime(2024, 6, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - made aware
        hate=st.booleans(),
        left_out=st.sampled_from([None, None, *LeftOut]),
    ),
    max_size=8,
)


@given(REPORTS, st.dates(date(2022, 6, 1), date(2024, 6, 1)))
def test_another_report_never_takes_a_review_away_and_a_stricter_rule_never_gives_one(
    reports: list[Reported], day: date
) -> None:
    counted = threshold_on(day, reports, ACT)
    assert len(counted.reports) == len(reports)
    assert counted.counted == sum(one.why is Why.COUNTS for one in counted.reports)
    another = told(day, case="CW-2023-000001")
    assert threshold_on(day, [*reports, another], ACT).counted == counted.counted + 1
    assert threshold_on(day, reports, HATE).met or not counted.met
    assert threshold_on(day, reversed(reports), ACT).met == counted.met
