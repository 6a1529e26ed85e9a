"""ground-7a: what must be proven, and that its window is kept to the day."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from policy.case_file import CaseFile
from policy.legal_action.proven import LIMITS, Appeal, Condition, Proven
from policy.legal_action.warned import still_count
from policy.legal_action.windows import FixedTerm, Ground, Periodic
from policy.refusals import MatterNotOpen
from policy.refusals.legal import GroundNotMet
from policy.standing import standing
from tests.given import EDITION, SUPERVISOR, london
from tests.policy.happenings import owed, recorded
from tests.policy.warned import (
    MONDAY,
    WEEKLY,
    agreed,
    appeal_ended,
    appealed,
    notice,
    proven,
    served,
    taken_back,
    to_be_warned,
)

TODAY = MONDAY.date()
DAY = timedelta(days=1)
KEY = "notice-3"


def possession(
    since: date,
    condition: Condition = Condition.SERIOUS_OFFENCE,
    tenancy: Periodic = WEEKLY,
    **more: object,
) -> CaseFile:
    fact = notice(
        MONDAY,
        Ground.GROUND_7A,
        very_serious="A court has found it.",
        tenancy=tenancy,
        proven=proven(since, condition, **more),
    )
    return to_be_warned(fact)


@pytest.mark.parametrize("condition", Condition)
def test_a_notice_is_served_within_the_months_of_its_condition(condition: Condition) -> None:
    """Twelve months beginning with the day of it; three for a closure order."""
    first = date(2023, 3, 6) if condition is Condition.PREMISES_CLOSED else date(2022, 6, 6)
    assert possession(first, condition)
    with pytest.raises(GroundNotMet, match="could be served until Sunday 4 June 2023"):
        possession(first - DAY, condition)
    with pytest.raises(GroundNotMet, match="is met from Tuesday 6 June 2023"):
        possession(TODAY + DAY, condition)


def test_it_is_not_met_while_an_appeal_is_open_and_counts_from_its_end() -> None:
    with pytest.raises(GroundNotMet, match="while an appeal is open"):
        possession(date(2023, 1, 9), appeal=Appeal())
    assert possession(date(2021, 1, 4), appeal=Appeal(ended=date(2022, 6, 6)))
    with pytest.raises(GroundNotMet):
        possession(date(2021, 1, 4), appeal=Appeal(ended=date(2022, 6, 5)))


@pytest.mark.parametrize(
    ("missing", "words"),
    [("proven", "what has been proven"), ("tenancy", "whether the tenancy is for a term")],
)
def test_it_needs_what_was_proven_and_what_kind_of_tenancy_it_is(missing: str, words: str) -> None:
    told = {"proven": proven(TODAY), "tenancy": FixedTerm(), missing: None}
    with pytest.raises(GroundNotMet) as refused:
        to_be_warned(notice(MONDAY, Ground.GROUND_7A, very_serious="A court has found it.", **told))
    assert refused.value.refusal.missing == (words,)


@pytest.mark.parametrize("condition", Condition)
def test_what_is_not_within_the_limits_of_its_condition_is_refused_with_what_the_law_asks(
    condition: Condition,
) -> None:
    with pytest.raises(GroundNotMet) as refused:
        possession(TODAY, condition, within_limits=False)
    assert LIMITS[condition] in str(refused.value)
    assert refused.value.refusal.missing == ("what the law asks of this condition",)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition.SERIOUS_OFFENCE, "Schedule 2A to the Housing Act 1985"),
        (Condition.INJUNCTION_BREACHED, "not only a requirement to take part in an activity"),
        (Condition.BEHAVIOUR_ORDER_BREACHED, "doing what a criminal behaviour order forbids"),
        (Condition.PREMISES_CLOSED, "more than 48 hours without a break"),
        (Condition.NOISE_NUISANCE, "over noise from the home"),
    ],
)
def test_each_condition_has_the_limits_of_its_law(condition: Condition, words: str) -> None:
    assert words in LIMITS[condition]


@pytest.mark.parametrize("missing", ["court", "proof", "within_limits"])
def test_each_is_recorded_with_its_proof_and_whether_it_is_within_its_limits(missing: str) -> None:
    for condition in Condition:
        told = proven(TODAY, condition).model_dump(mode="json")
        with pytest.raises(ValidationError, match=missing):
            Proven.model_validate({key: value for key, value in told.items() if key != missing})


FAR = date(9999, 12, 31)


@pytest.mark.parametrize(
    ("tenancy", "why"),
    [
        (Periodic(begins=date(2020, 6, 1), weeks=10_000_000), "one to four weeks"),
        (Periodic(begins=date(2020, 6, 1), weeks=5), "one to four weeks"),
        (Periodic(begins=TODAY + DAY), "on or before Monday 5 June 2023"),
        (Periodic(begins=FAR), "on or before Monday 5 June 2023"),
        (Periodic(begins=FAR, weeks=None), "on or before Monday 5 June 2023"),
    ],
)
def test_a_tenancy_whose_periods_cannot_be_counted_is_refused_when_it_is_proposed(
    tenancy: Periodic, why: str
) -> None:
    with pytest.raises(GroundNotMet, match=why):
        possession(TODAY, tenancy=tenancy)


@pytest.mark.parametrize("weeks", [1, 4, None])
def test_one_whose_periods_can_be_is_served_whenever_it_began(weeks: int | None) -> None:
    for begins in (date(1, 1, 1), TODAY):
        file = possession(TODAY, tenancy=Periodic(begins=begins, weeks=weeks))
        assert recorded(recorded(file, agreed(MONDAY, KEY), by=SUPERVISOR), served(MONDAY, KEY))


@pytest.mark.parametrize("condition", Condition)
def test_what_will_be_proven_in_days_to_come_is_refused(condition: Condition) -> None:
    with pytest.raises(GroundNotMet, match="is met from Friday 31 December 9999"):
        possession(FAR, condition)
    with pytest.raises(GroundNotMet, match="is met from Friday 31 December 9999"):
        possession(TODAY, condition, appeal=Appeal(ended=FAR))
    for since in (FAR, TODAY + DAY):
        with pytest.raises(GroundNotMet, match="before what it is against was proven"):
            possession(since, condition, appeal=Appeal(ended=TODAY))


def agreed_to(since: date, condition: Condition = Condition.SERIOUS_OFFENCE, **more: object) -> CaseFile:
    return recorded(possession(since, condition, **more), agreed(MONDAY, KEY), by=SUPERVISOR)


def test_it_is_served_in_its_window_and_not_after_it() -> None:
    last = agreed_to(date(2022, 6, 8))
    assert recorded(last, served(MONDAY + DAY, KEY))
    with pytest.raises(GroundNotMet, match="could be served until Wednesday 7 June 2023"):
        recorded(last, served(MONDAY + 3 * DAY, KEY))


def test_nobody_agrees_to_it_once_its_window_has_closed() -> None:
    file = possession(date(2022, 6, 8))
    assert recorded(file, agreed(MONDAY + 2 * DAY, KEY), by=SUPERVISOR)
    with pytest.raises(GroundNotMet, match="could be served until Wednesday 7 June 2023"):
        recorded(file, agreed(MONDAY + 3 * DAY, KEY), by=SUPERVISOR)


def test_a_window_of_another_ground_does_not_close() -> None:
    told = {"proven": proven(date(2022, 6, 8)), "tenancy": WEEKLY}
    file = to_be_warned(notice(MONDAY, Ground.GROUND_14, very_serious="Fire.", **told))
    file = recorded(file, agreed(MONDAY, KEY), by=SUPERVISOR)
    assert owed(file)[KEY].due == london(2023, 6, 12, 17)
    assert recorded(file, served(MONDAY + 4 * DAY, KEY))


def test_what_is_owed_before_it_is_served_is_owed_by_the_last_day_of_its_window() -> None:
    closing, far = date(2022, 6, 8), date(2023, 1, 9)
    assert owed(possession(closing))[KEY].due == owed(agreed_to(closing))[KEY].due == london(2023, 6, 7, 17)
    assert owed(possession(far))[KEY].due == owed(agreed_to(far))[KEY].due == london(2023, 6, 12, 17)
    later = agreed(MONDAY, KEY).model_copy(update={"by_when": date(2023, 6, 9)})
    assert owed(recorded(possession(closing), later, by=SUPERVISOR))[KEY].due == london(2023, 6, 7, 17)
    (now,) = standing(agreed_to(far), EDITION).warnings
    assert now.serve_until == date(2024, 1, 8)
    (now,) = standing(recorded(agreed_to(far), served(MONDAY, KEY)), EDITION).warnings
    assert now.serve_until is None


def test_a_window_that_closes_this_evening_is_not_missed_at_once() -> None:
    evening = london(2023, 6, 5, 19)
    told = {"very_serious": "A court has found it.", "tenancy": WEEKLY, "proven": proven(date(2022, 6, 6))}
    assert owed(to_be_warned(notice(evening, Ground.GROUND_7A, **told)))[KEY].due > evening
    assert owed(possession(date(2022, 6, 6)))[KEY].due == london(2023, 6, 5, 17)


def test_an_appeal_holds_it_up_and_its_window_begins_again_when_that_has_ended() -> None:
    file = recorded(agreed_to(date(2022, 6, 8)), appealed(MONDAY, KEY))
    assert owed(file)[KEY].owed == "Ask how the appeal stands that holds up the notice of seeking possession"
    assert owed(file)[KEY].due == london(2023, 6, 19, 17)
    with pytest.raises(GroundNotMet, match="while an appeal is open"):
        recorded(file, served(MONDAY + DAY, KEY))
    with pytest.raises(GroundNotMet, match="while an appeal is open"):
        recorded(file, agreed(MONDAY + DAY, KEY), by=SUPERVISOR)
    ended = london(2023, 7, 10)
    file = recorded(file, appeal_ended(ended, KEY, date(2023, 7, 7)))
    assert owed(file)[KEY].owed == "Agree to the notice of seeking possession, or decline it"
    file = recorded(file, agreed(ended, KEY), by=SUPERVISOR)
    (now,) = standing(file, EDITION).warnings
    assert now.serve_until == date(2024, 7, 6)
    assert recorded(file, served(ended, KEY))


def test_its_window_counts_from_the_day_on_which_the_appeal_ended_and_not_from_when_we_learnt_of_it() -> None:
    file = recorded(agreed_to(date(2023, 3, 8), Condition.PREMISES_CLOSED), appealed(MONDAY, KEY))
    file = recorded(file, appeal_ended(london(2023, 9, 4), KEY, date(2023, 6, 6)))
    assert owed(file)[KEY].due == london(2023, 9, 5, 17)
    with pytest.raises(GroundNotMet, match="could be served until Tuesday 5 September 2023"):
        recorded(file, agreed(london(2023, 9, 6), KEY), by=SUPERVISOR)


def test_a_window_that_had_closed_when_we_learnt_of_it_is_not_missed_at_once() -> None:
    file = recorded(agreed_to(date(2023, 3, 8), Condition.PREMISES_CLOSED), appealed(MONDAY, KEY))
    late = london(2023, 11, 6)
    file = recorded(file, appeal_ended(late, KEY, date(2023, 6, 6)))
    assert owed(file)[KEY].due == london(2023, 11, 13, 17)
    assert recorded(file, taken_back(late, KEY)).warnings == {}


def test_no_day_in_court_is_shown_while_an_appeal_is_open_against_all_that_it_rests_on() -> None:
    file = recorded(agreed_to(TODAY), served(MONDAY, KEY))
    lapses = owed(file)[KEY].due
    file = recorded(file, appealed(MONDAY + DAY, KEY))
    (now,) = standing(file, EDITION).warnings
    assert (now.served_on, now.counts_from, now.counts_until) == (TODAY, None, None)
    assert "notice_seeking_possession" not in still_count(file, "perpetrator-1", TODAY + DAY, EDITION)
    assert owed(file)[KEY].due == lapses, "it lapses all the same"
    file = recorded(file, appeal_ended(MONDAY + 9 * DAY, KEY, TODAY + 9 * DAY))
    (now,) = standing(file, EDITION).warnings
    assert (now.counts_from, now.counts_until) == (date(2023, 7, 9), date(2024, 6, 5))
    assert owed(file)[KEY].due == lapses


def test_a_notice_with_another_ground_goes_on_while_the_appeal_is_open() -> None:
    told = {"very_serious": "Fire.", "tenancy": WEEKLY, "proven": proven(TODAY)}
    file = to_be_warned(notice(MONDAY, Ground.GROUND_7A, Ground.GROUND_14, **told))
    file = recorded(recorded(file, agreed(MONDAY, KEY), by=SUPERVISOR), served(MONDAY, KEY))
    (now,) = standing(recorded(file, appealed(MONDAY, KEY)), EDITION).warnings
    assert now.counts_from == date(2023, 7, 9)


def test_an_appeal_is_recorded_of_a_notice_on_this_ground_and_ends_after_it_was_made() -> None:
    other = to_be_warned(notice(MONDAY, Ground.GROUND_14, very_serious="Fire."))
    with pytest.raises(GroundNotMet, match="not on ground 7A"):
        recorded(other, appealed(MONDAY, KEY))
    file = recorded(agreed_to(date(2023, 1, 9)), served(MONDAY, KEY))
    with pytest.raises(GroundNotMet, match="No appeal"):
        recorded(file, appeal_ended(MONDAY, KEY, TODAY))
    file = recorded(file, appealed(MONDAY, KEY))
    for wrong in (date(2023, 1, 8), TODAY + DAY):
        with pytest.raises(GroundNotMet, match="Monday 9 January 2023 to Monday 5 June 2023"):
            recorded(file, appeal_ended(MONDAY, KEY, wrong))
    assert recorded(file, appeal_ended(MONDAY, KEY, date(2023, 1, 9)))
    with pytest.raises(MatterNotOpen):
        recorded(file, appealed(MONDAY, "notice-9"))


def test_proceedings_on_it_wait_for_the_end_of_a_period_of_the_tenancy() -> None:
    file = recorded(possession(TODAY), agreed(MONDAY, "notice-3"), by=SUPERVISOR)
    file = recorded(file, served(london(2023, 6, 7), "notice-3"))
    (now,) = standing(file, EDITION).warnings
    assert (now.counts_from, now.counts_until) == (date(2023, 7, 9), date(2024, 6, 7))
