"""ground-7a: what must be proven, and that its window is kept to the day."""

from datetime import date, timedelta

import pytest

from policy.case_file import CaseFile
from policy.legal_action.windows import Appeal, Condition, FixedTerm, Ground
from policy.refusals.legal import GroundNotMet
from policy.standing import standing
from tests.given import EDITION, SUPERVISOR, london
from tests.policy.happenings import recorded
from tests.policy.warned import MONDAY, WEEKLY, agreed, notice, proven, served, to_be_warned

TODAY = MONDAY.date()
DAY = timedelta(days=1)


def possession(since: date, condition: Condition = Condition.SERIOUS_OFFENCE, **more: object) -> CaseFile:
    fact = notice(
        MONDAY,
        Ground.GROUND_7A,
        very_serious="A court has found it.",
        tenancy=WEEKLY,
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


def test_proceedings_on_it_wait_for_the_end_of_a_period_of_the_tenancy() -> None:
    file = recorded(possession(TODAY), agreed(MONDAY, "notice-3"), by=SUPERVISOR)
    file = recorded(file, served(london(2023, 6, 7), "notice-3"))
    (now,) = standing(file, EDITION).warnings
    assert (now.counts_from, now.counts_until) == (date(2023, 7, 9), date(2024, 6, 7))
