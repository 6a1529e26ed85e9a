"""On which day a notice is served, and its windows: over both changes of the clock and over leap days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.legal_action.proven import Condition, ground_7a_notice
from policy.legal_action.warned import WarningNow
from policy.legal_action.windows import FixedTerm, Ground, Window, demotion_proceedings, possession_proceedings
from policy.refusals.legal import GroundNotMet
from policy.standing import standing
from tests.given import EDITION, SUPERVISOR, case_of, report
from tests.policy import happenings as h
from tests.policy.happenings import recorded
from tests.policy.warned import PAT, WEEKLY, agreed, letter, notice, proven, served

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SERIOUS, CLOSED = Condition.SERIOUS_OFFENCE, Condition.PREMISES_CLOSED
LATE_IN_THE_EVENING = {
    "in summer": (datetime(2023, 6, 11, 23, 30, tzinfo=UTC), date(2023, 6, 12)),
    "in winter": (datetime(2023, 12, 11, 23, 30, tzinfo=UTC), date(2023, 12, 11)),
    "before the clocks go forward": (datetime(2024, 3, 30, 23, 30, tzinfo=UTC), date(2024, 3, 30)),
    "after the clocks went forward": (datetime(2024, 3, 31, 23, 30, tzinfo=UTC), date(2024, 4, 1)),
    "before the clocks go back": (datetime(2023, 10, 28, 23, 30, tzinfo=UTC), date(2023, 10, 29)),
    "after the clocks went back": (datetime(2023, 10, 29, 23, 30, tzinfo=UTC), date(2023, 10, 29)),
    "on a leap day": (datetime(2024, 2, 29, 23, 30, tzinfo=UTC), date(2024, 2, 29)),
}
EVENINGS = pytest.mark.parametrize(("at", "day"), LATE_IN_THE_EVENING.values(), ids=list(LATE_IN_THE_EVENING))


def agreed_to(fact: CaseFact) -> tuple[CaseFile, str]:
    file = case_of(report(fact.at, about=PAT), h.effect(fact.at), fact)
    (key,) = file.warnings
    return recorded(file, agreed(fact.at, key), by=SUPERVISOR), key


def served_at(at: datetime, fact: CaseFact) -> WarningNow:
    """Agreed to six hours before."""
    file, key = agreed_to(fact.model_copy(update={"at": at - timedelta(hours=6)}))
    (now,) = standing(recorded(file, served(at, key)), EDITION).warnings
    return now


def says(now: WarningNow, day: date, window: Window) -> None:
    assert now.served_on == day
    assert (now.counts_from, now.counts_until) == (window.opens, window.closes)


@EVENINGS
def test_a_notice_of_seeking_possession_is_served_on_the_day_that_it_is_in_london(at: datetime, day: date) -> None:
    for ground in (Ground.GROUND_14, Ground.GROUND_12, Ground.GROUND_14A):
        now = served_at(at, notice(at, ground, very_serious="Fire."))
        says(now, day, possession_proceedings({ground}, day, FixedTerm()))


@EVENINGS
def test_so_is_one_on_ground_7a(at: datetime, day: date) -> None:
    more = {"very_serious": "Fire.", "tenancy": WEEKLY, "proven": proven(day - 90 * DAY)}
    now = served_at(at, notice(at, Ground.GROUND_7A, **more))
    says(now, day, possession_proceedings({Ground.GROUND_7A}, day, WEEKLY))


@EVENINGS
def test_so_is_a_notice_seeking_demotion(at: datetime, day: date) -> None:
    now = served_at(at, notice(at, step="notice_seeking_demotion", very_serious="Fire."))
    says(now, day, demotion_proceedings(day))


@EVENINGS
def test_so_is_a_warning_letter(at: datetime, day: date) -> None:
    assert served_at(at, letter(at)).served_on == day


@pytest.mark.parametrize(
    ("condition", "since", "midnight"),
    [
        (SERIOUS, date(2022, 6, 12), datetime(2023, 6, 11, 23, tzinfo=UTC)),
        (SERIOUS, date(2022, 12, 12), datetime(2023, 12, 12, tzinfo=UTC)),
        (SERIOUS, date(2023, 4, 1), datetime(2024, 3, 31, 23, tzinfo=UTC)),
        (SERIOUS, date(2022, 10, 30), datetime(2023, 10, 30, tzinfo=UTC)),
        (SERIOUS, date(2023, 3, 1), datetime(2024, 3, 1, tzinfo=UTC)),
        (SERIOUS, date(2024, 2, 29), datetime(2025, 3, 1, tzinfo=UTC)),
        (CLOSED, date(2024, 1, 1), datetime(2024, 3, 31, 23, tzinfo=UTC)),
        (CLOSED, date(2023, 7, 30), datetime(2023, 10, 30, tzinfo=UTC)),
        (CLOSED, date(2023, 12, 1), datetime(2024, 3, 1, tzinfo=UTC)),
    ],
    ids=lambda one: str(one.date() if isinstance(one, datetime) else one),
)
def test_the_last_day_to_serve_on_ground_7a_is_over_at_midnight_in_london(
    condition: Condition, since: date, midnight: datetime
) -> None:
    more = {"very_serious": "Fire.", "tenancy": WEEKLY, "proven": proven(since, condition)}
    file, key = agreed_to(notice(midnight - 3 * DAY, Ground.GROUND_7A, **more))
    assert recorded(file, served(midnight - MINUTE, key))
    with pytest.raises(GroundNotMet, match="could be served until"):
        recorded(file, served(midnight, key))


@pytest.mark.parametrize(
    ("condition", "since", "closes"),
    [
        (SERIOUS, date(2023, 2, 28), date(2024, 2, 27)),
        (SERIOUS, date(2023, 3, 1), date(2024, 2, 29)),
        (SERIOUS, date(2024, 2, 29), date(2025, 2, 28)),
        (SERIOUS, date(2024, 3, 1), date(2025, 2, 28)),
        (CLOSED, date(2023, 11, 29), date(2024, 2, 28)),
        (CLOSED, date(2023, 11, 30), date(2024, 2, 29)),
        (CLOSED, date(2023, 12, 1), date(2024, 2, 29)),
        (CLOSED, date(2022, 11, 30), date(2023, 2, 28)),
        (CLOSED, date(2024, 2, 29), date(2024, 5, 28)),
    ],
)
def test_the_time_to_serve_on_ground_7a_over_a_leap_day(condition: Condition, since: date, closes: date) -> None:
    window = ground_7a_notice(proven(since, condition))
    assert window is not None
    assert (window.opens, window.closes) == (since, closes)


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        (date(2024, 2, 15), date(2024, 2, 29), date(2025, 2, 14)),
        (date(2024, 2, 16), date(2024, 3, 1), date(2025, 2, 15)),
        (date(2023, 2, 28), date(2023, 3, 14), date(2024, 2, 27)),
        (date(2023, 3, 1), date(2023, 3, 15), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 3, 14), date(2025, 2, 28)),
        (date(2024, 3, 25), date(2024, 4, 8), date(2025, 3, 24)),
        (date(2023, 10, 23), date(2023, 11, 6), date(2024, 10, 22)),
    ],
)
def test_demotion_over_a_leap_day_and_the_changes_of_the_clock(day: date, opens: date, closes: date) -> None:
    window = demotion_proceedings(day)
    assert (window.opens, window.closes) == (opens, closes)
