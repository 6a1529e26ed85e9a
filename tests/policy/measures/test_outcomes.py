"""What came of it, worked out by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from policy.facts import SYSTEM, CaseFact
from policy.facts.closing import Closing
from policy.facts.disclosing import Gateway
from policy.facts.interviewing import InterviewHeld, InterviewOffered
from policy.facts.parts import Part
from policy.facts.proceedings import (
    LegalActionFinished,
    LegalActionMoved,
    LegalActionProposed,
    LegalActionStopped,
    LegalOrderMade,
    LegalStage,
)
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.referring import ReferralFinished, ReferralProposed, ReferralTakenUp
from policy.measures.history import CaseHistory, history
from policy.measures.interventions import interventions
from policy.measures.others import InShort, Others
from policy.measures.outcomes import HALF_A_YEAR
from policy.measures.period import Period
from policy.measures.regulator import each_thousand
from policy.referral.codes import ReferralOutcome
from policy.tenure import Tenure
from tests.given import assessed, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.measures.worked import AFTERWARDS, OCTOBER, case, measured, sorted_by

MONDAY = london(2023, 10, 2)
DAY = timedelta(days=1)
PARTY, ANOTHER = "ab" * 16, "cd" * 16


def told(number: int, *facts: CaseFact, until: datetime = AFTERWARDS) -> CaseHistory:
    """Of facts that came from beside the case, as they stand in its timeline."""
    opening = empty_file(facts[0].at.date(), f"CW-2023-{number:06d}")
    return history(opening, [entry(fact, SYSTEM) for fact in facts], until)


def about(number: int, at: datetime, party: str = PARTY, *more: CaseFact, **told_of: Any) -> CaseHistory:
    perpetrator = h.taken_on(at, "perpetrator-1", Part.PERPETRATOR, person=party)
    return case(number, report(at, **told_of), perpetrator, *more, until=at + 2 * DAY)


def closed_about(number: int, at: datetime, party: str = PARTY, *more: CaseFact, **told_of: Any) -> CaseHistory:
    return about(number, at, party, assessed(at), *more, h.closed(at, Closing.DEALT_WITH), **told_of)


def test_peace_is_half_a_year_in_which_nobody_reported_the_same_party() -> None:
    """Closed on 2 October, the half year ends on 2 April 2024."""
    april = Period.month(2024, 4)
    first = closed_about(1, MONDAY)
    soon = about(2, MONDAY + HALF_A_YEAR)
    late = about(3, MONDAY + HALF_A_YEAR + DAY)
    somebody_else = about(4, MONDAY + DAY, ANOTHER)
    assert measured("peace_held", first, late, somebody_else, period=april).value == 1
    assert measured("peace_held", first, soon, period=april).value == 0
    assert measured("peace_held", first, soon).number == 0
    half_later = measured("days_of_peace", first, soon, late, period=april)
    assert (half_later.number, half_later.value) == (1, 183), "on the day of the report that broke it"
    assert measured("days_of_peace", first, late, period=Period.months(MONDAY.date(), 12)).number == 0


def test_a_report_that_follows_from_a_closed_case_broke_its_peace_whoever_it_is_about() -> None:
    first = closed_about(1, MONDAY)
    later = MONDAY + 150 * DAY
    follows = case(2, report(later, follows="CW-2023-000001", follows_closed_at=MONDAY), until=later + DAY)
    assert measured("peace_held", first, follows, period=Period.month(2024, 4)).value == 0


def test_peace_is_told_by_intervention() -> None:
    asked = InterviewOffered(at=MONDAY, words="Now?")
    held = InterviewHeld(at=MONDAY, matter="interview-5", support="Help.", chance="A month.", words="Yes.")
    one = closed_about(1, MONDAY, PARTY, asked, held)
    nothing = closed_about(2, MONDAY, ANOTHER)
    assert interventions(one) == ("interview",)
    again = about(3, MONDAY + 9 * DAY)
    by = sorted_by("peace_held", (one, nothing, again), "intervention", period=Period.month(2024, 4))
    assert by == {("interview",): 0, ("none",): 1}


def test_referrals_are_told_by_agency_with_how_long_they_took() -> None:
    """Proposed on Monday the 2nd, answered on Monday the 9th: five working days."""
    proposed = ReferralProposed(
        at=MONDAY, agency="council", about=("complainant",), what="A.", why="B.", gateway=Gateway.CONSENT
    )
    helped = ReferralFinished(at=MONDAY + 7 * DAY, matter="referral-2", outcome=ReferralOutcome.HELPED)
    one = told(1, report(MONDAY), proposed, helped)
    assert (measured("referrals", one).value, measured("referrals", one).number) == (5, 1)
    assert sorted_by("referrals", (one,), "agency", "outcome") == {("council", "helped"): 5}
    assert measured("referrals", one, period=Period.month(2023, 11)).number == 0
    assert sorted_by("referrals_answered", (one,), "agency") == {("council",): 5}
    taken_up = ReferralTakenUp(at=MONDAY + 2 * DAY, matter="referral-2")
    assert measured("referrals_answered", told(1, report(MONDAY), proposed, taken_up, helped)).value == 2


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        ([LegalOrderMade, LegalActionFinished], "order_made"),
        ([LegalActionMoved, LegalActionFinished], "refused"),
        ([LegalActionFinished], "ended"),
        ([LegalActionStopped], "stopped"),
    ],
)
def test_legal_actions_are_told_by_remedy_and_outcome(ends: list[type[CaseFact]], outcome: str) -> None:
    proposed = LegalActionProposed(
        at=MONDAY, remedy="injunction", tenure=Tenure.ASSURED, reasons="Nobody is safe."
    )
    more = {"at": MONDAY + DAY, "matter": "legal-action-2"}
    stages = {LegalOrderMade: LegalStage.IN_FORCE, LegalActionMoved: LegalStage.REFUSED}
    facts = [
        kind(**more, reasons="Over.")
        if kind is LegalActionStopped
        else kind(**more, stage=stages.get(kind, LegalStage.OVER))
        for kind in ends
    ]
    one = told(1, report(MONDAY), proposed, *facts)
    assert sorted_by("legal_actions", (one,), "remedy", "outcome") == {("injunction", outcome): 1}


def test_an_order_that_was_set_aside_is_no_order() -> None:
    proposed = LegalActionProposed(
        at=MONDAY, remedy="injunction", tenure=Tenure.ASSURED, reasons="Nobody is safe."
    )
    more = {"at": MONDAY + DAY, "matter": "legal-action-2"}
    made = LegalOrderMade(**more, stage=LegalStage.IN_FORCE)
    over = LegalActionFinished(**more, stage=LegalStage.OVER, set_aside=True)
    one = told(1, report(MONDAY), proposed, made, over)
    assert sorted_by("legal_actions", (one,), "outcome") == {("set_aside",): 1}


def test_what_people_think_of_us_is_told_by_question() -> None:
    said = [{"satisfied": "very", "listened_to": "no"}, {"satisfied": "not_very"}, {"listened_to": "yes"}]
    cases = [
        told(n, report(MONDAY), QuestionnaireAnswered(at=MONDAY + DAY, matter="questionnaire-9", answers=one))
        for n, one in enumerate(said, 1)
    ]
    assert (measured("satisfied", *cases).value, measured("satisfied", *cases).number) == (0.5, 2)
    assert sorted_by("answers", tuple(cases), "question", "answer") == {
        ("listened_to", "no"): 1,
        ("listened_to", "yes"): 1,
        ("satisfied", "not_very"): 1,
        ("satisfied", "very"): 1,
    }


# What the regulator is told.


def test_reports_about_a_party_whose_case_is_open_count_once_and_after_it_is_closed_again() -> None:
    open_since = about(1, MONDAY)
    meanwhile = about(2, MONDAY + DAY)
    of_somebody_else = about(3, MONDAY + DAY, ANOTHER)
    assert measured("nm01_cases", open_since, meanwhile, of_somebody_else).value == 2
    over = closed_about(4, MONDAY)
    assert measured("nm01_cases", over, meanwhile).value == 2


def test_what_joined_another_case_counts_with_that_one() -> None:
    first = about(1, MONDAY, PARTY, h.joined(MONDAY + DAY, "CW-2023-000002"))
    second = about(2, MONDAY + DAY)
    assert measured("nm01_cases", first, second).value == 1


def test_a_case_is_none_of_its_others() -> None:
    one = InShort.of(about(1, MONDAY))
    assert list(Others([one]).about_the_same(one)) == []


def test_a_case_that_nobody_is_known_to_have_caused_counts_each_time() -> None:
    assert measured("nm01_cases", case(1, report(MONDAY)), case(2, report(MONDAY + DAY))).value == 2


def test_a_hate_case_counts_in_both() -> None:
    hate, noise = about(1, MONDAY, hate=h.RACE), about(2, MONDAY, ANOTHER)
    assert measured("nm01_cases", hate, noise).value == 2
    assert measured("nm01_hate", hate, noise).value == 1


def test_hate_counts_among_hate_cases_whatever_else_is_open_about_the_party() -> None:
    noise, hate, again = about(1, MONDAY), about(2, MONDAY + DAY, hate=h.RACE), about(3, MONDAY + DAY, hate=h.RACE)
    assert measured("nm01_cases", noise, hate, again).value == 1
    assert measured("nm01_hate", noise, hate, again).value == 1


def test_two_reports_of_one_moment_about_a_party_are_one() -> None:
    assert measured("nm01_cases", about(1, MONDAY), about(2, MONDAY)).value == 1


def test_the_regulator_s_year_is_from_april_to_march() -> None:
    year = Period.reporting_year(2023)
    assert (year.first.isoformat(), year.last.isoformat()) == ("2023-04-01", "2024-03-31")
    assert year.holds(OCTOBER.over)


def test_for_each_thousand_homes() -> None:
    assert each_thousand(20, 8000) == pytest.approx(2.5)
    with pytest.raises(ValueError, match="at least one home"):
        each_thousand(20, 0)
