"""The law's windows, to the day on either side."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.legal_action.proven import Appeal, Condition, ground_7a_notice
from policy.legal_action.windows import (
    FixedTerm,
    Ground,
    Periodic,
    Window,
    demotion_proceedings,
    possession_proceedings,
)
from tests.policy.warned import proven

SERVED = date(2024, 1, 31)
DAY = timedelta(days=1)
MONDAYS, FIRST_OF_MONTH = Periodic(begins=date(2024, 1, 1)), Periodic(begins=date(2024, 1, 1), weeks=None)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def only(window: Window) -> None:
    """Holds on its first and last day, and not on the days beside them."""
    days = (window.opens - DAY, window.opens, window.closes, window.closes + DAY)
    assert [window.holds(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("grounds", "tenancy", "opens"),
    [
        ({Ground.GROUND_14}, MONDAYS, SERVED),
        ({Ground.GROUND_14, Ground.GROUND_12}, FixedTerm(), SERVED),
        ({Ground.GROUND_12}, MONDAYS, date(2024, 2, 14)),
        ({Ground.GROUND_14A}, MONDAYS, date(2024, 2, 14)),
        ({Ground.GROUND_7A}, MONDAYS, date(2024, 3, 3)),
        ({Ground.GROUND_7A, Ground.GROUND_14}, MONDAYS, date(2024, 3, 3)),
        ({Ground.GROUND_7A}, FIRST_OF_MONTH, date(2024, 2, 29)),
        ({Ground.GROUND_7A}, FixedTerm(), date(2024, 2, 29)),
    ],
)
def test_proceedings_for_possession_may_begin_as_the_grounds_say_and_within_twelve_months(
    grounds: set[Ground], tenancy: Periodic | FixedTerm, opens: date
) -> None:
    window = possession_proceedings(grounds, SERVED, tenancy)
    assert (window.opens, window.closes) == (opens, date(2025, 1, 31))
    only(window)


SECURE_2, SECURE_1, SECURE_84A = Ground.SECURE_2, Ground.SECURE_1, Ground.SECURE_84A


@pytest.mark.parametrize(
    ("grounds", "tenancy", "opens", "closes"),
    [
        ({SECURE_2}, MONDAYS, SERVED, date(2025, 3, 3)),
        ({SECURE_2, SECURE_1}, MONDAYS, SERVED, date(2025, 3, 3)),
        ({SECURE_2}, FIRST_OF_MONTH, SERVED, date(2025, 2, 28)),
        ({SECURE_1}, MONDAYS, date(2024, 3, 4), date(2025, 3, 3)),
        ({Ground.SECURE_2A}, FIRST_OF_MONTH, date(2024, 3, 1), date(2025, 2, 28)),
        ({SECURE_84A}, MONDAYS, date(2024, 3, 4), date(2025, 3, 3)),
        ({SECURE_84A, SECURE_2}, MONDAYS, date(2024, 3, 4), date(2025, 3, 3)),
        ({SECURE_84A}, FixedTerm(), date(2024, 3, 1), date(2025, 2, 28)),
        ({SECURE_2}, FixedTerm(), SERVED, date(2025, 1, 31)),
    ],
)
def test_against_a_secure_tenant_they_begin_at_once_on_ground_2_and_else_after_the_day_that_the_notice_names(
    grounds: set[Ground], tenancy: Periodic | FixedTerm, opens: date, closes: date
) -> None:
    window = possession_proceedings(grounds, SERVED, tenancy)
    assert (window.opens, window.closes) == (opens, closes)
    assert window.statute.startswith("Housing Act 1985, sections 83")
    only(window)


def test_section_84a_is_served_in_the_time_that_ground_7a_is() -> None:
    for condition in Condition:
        met = proven(SERVED, condition)
        secure, assured = ground_7a_notice(met, SECURE_84A), ground_7a_notice(met)
        assert secure is not None
        assert assured is not None
        assert (secure.opens, secure.closes) == (assured.opens, assured.closes)
        assert "section" in secure.statute
        assert "84A" in secure.statute


def test_a_notice_of_a_leap_day_lapses_after_the_last_day_of_february() -> None:
    assert possession_proceedings({Ground.GROUND_14}, date(2024, 2, 29), MONDAYS).closes == date(2025, 2, 28)


def test_a_notice_names_its_grounds() -> None:
    with pytest.raises(ValueError, match="names its grounds"):
        possession_proceedings(set(), SERVED, MONDAYS)


@given(DAYS, DAYS, st.sampled_from([1, 2, 4, None]))
def test_a_periodic_tenancy_has_four_weeks_and_then_at_most_a_period(
    served: date, begins: date, weeks: int | None
) -> None:
    tenancy = Periodic(begins=min(served, begins), weeks=weeks)
    opens = possession_proceedings({Ground.GROUND_7A}, served, tenancy).opens
    longest = 31 if weeks is None else 7 * weeks
    assert 28 <= (opens - served).days < 28 + longest
    assert tenancy.period_ends_on_or_after(opens) == opens


def test_demotion_waits_two_weeks_and_counts_its_twelve_months_from_the_day_of_service() -> None:
    window = demotion_proceedings(SERVED)
    assert (window.opens, window.closes) == (date(2024, 2, 14), date(2025, 1, 30))
    only(window)


@pytest.mark.parametrize("condition", Condition)
def test_ground_7a_is_served_within_a_year_or_three_months_of_a_closure(condition: Condition) -> None:
    window = ground_7a_notice(proven(SERVED, condition))
    assert window is not None
    closes = date(2024, 4, 30) if condition is Condition.PREMISES_CLOSED else date(2025, 1, 30)
    assert (window.opens, window.closes) == (SERVED, closes)
    only(window)


@pytest.mark.parametrize("condition", Condition)
def test_an_open_appeal_means_that_it_is_not_met_and_its_end_begins_the_window_anew(condition: Condition) -> None:
    assert ground_7a_notice(proven(SERVED, condition, appeal=Appeal())) is None
    after = date(2024, 6, 10)
    anew = ground_7a_notice(proven(SERVED, condition, appeal=Appeal(ended=after)))
    assert anew == ground_7a_notice(proven(after, condition))
