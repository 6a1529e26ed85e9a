"""No case joins another where that could cost somebody their safety."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts.assessing import Exclusion
from policy.facts.hearings import HearingHeld, HearingListed
from policy.facts.linking import Tie
from policy.facts.needs import DomesticAbuseRecognised, NeedTold, SafeContact
from policy.facts.parts import Part
from policy.facts.people import Means
from policy.facts.policing import CrimeAlleged
from policy.facts.reporting import Reporter
from policy.facts.safety import SafetyConsidered
from policy.refusals import CaseIsJoined, CasesNotJoinable, CasesNotLinkable
from policy.rules.across import other_takes_it
from tests.given import assessed, case_of, london, report
from tests.policy import happenings as h
from tests.policy.random_safety import risk

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def join(file: CaseFile) -> CaseFile:
    return h.recorded(file, h.joined(MONDAY + 2 * DAY))


SAFE = SafeContact(means=(Means.PHONE,))


@pytest.mark.parametrize(
    "fact",
    [
        DomesticAbuseRecognised(at=MONDAY, safe_contact=SAFE, words="She said."),
        NeedTold(at=MONDAY, kind="safe_contact", safe_contact=SAFE, words="Never write."),
        risk(MONDAY, pick=3),
    ],
    ids=["domestic abuse", "a safe way", "a high risk"],
)
def test_a_case_with_domestic_abuse_or_a_safe_way_or_a_high_risk_stays_apart(fact: CaseFact) -> None:
    with pytest.raises(CasesNotJoinable, match="stays apart"):
        join(case_of(report(MONDAY), fact))


def test_a_case_is_not_joined_while_something_is_owed_for_the_safety_of_its_people() -> None:
    violent = case_of(report(MONDAY, "violence", hate=h.RACE), h.taken_on(MONDAY, "witness-1", Part.WITNESS))
    with pytest.raises(CasesNotJoinable) as refused:
        join(violent)
    said = str(refused.value.refusal.sentence)
    for owed in (
        "advice to ring the police",
        "offer of an appointment",
        "offer of support",
        "risk assessment",
        "ways to get the victim away from the problem",
    ):
        assert owed in said
    assert "risk assessment (witness 1)" in said
    danger = SafetyConsidered(at=MONDAY, measures=("refuge",), in_danger=True, words="Not safe.")
    with pytest.raises(CasesNotJoinable, match="emergency accommodation"):
        join(case_of(report(MONDAY), danger))


def test_nor_while_nobody_knows_whom_it_happened_to() -> None:
    with pytest.raises(CasesNotJoinable, match="finding out who the victim is"):
        join(case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS)))


def test_nor_while_it_owes_an_answer_to_somebody_who_asked_us_to_look_again() -> None:
    file = case_of(report(MONDAY), assessed(MONDAY), h.advice(MONDAY), h.second_look(MONDAY))
    with pytest.raises(CasesNotJoinable, match="answer to the second look"):
        join(file)
    assert join(h.recorded(file, h.second_look_answered(MONDAY))).joined
    excluded = case_of(report(MONDAY), assessed(MONDAY, exclusion=Exclusion.ONE_OFF))
    often = h.recorded(excluded, *(h.incident(MONDAY + n * DAY / 2) for n in range(4)))
    with pytest.raises(CasesNotJoinable, match="a new assessment"):
        join(often)


def test_a_low_risk_keeps_no_case_apart() -> None:
    assert join(case_of(report(MONDAY), risk(MONDAY, pick=1))).joined


def test_support_for_a_victim_at_a_hearing_is_not_lost_by_joining() -> None:
    held = case_of(report(MONDAY), HearingListed(at=MONDAY, on=(MONDAY + DAY).date(), court="Here"))
    held = h.recorded(held, HearingHeld(at=MONDAY + DAY, matter="hearing-2", words="Held."))
    with pytest.raises(CasesNotJoinable, match="support after the hearing"):
        join(held)


def test_nor_before_its_victim_said_whether_they_want_the_police() -> None:
    """The other case would ask only its own."""
    alleged = case_of(report(MONDAY), CrimeAlleged(at=MONDAY, words="He took her bicycle."))
    with pytest.raises(CasesNotJoinable, match="asking the victim about the police"):
        join(alleged)
    assert join(h.recorded(alleged, h.police_not_wanted(MONDAY))).joined


def test_a_case_that_another_has_joined_takes_it_into_no_third() -> None:
    file = h.recorded(case_of(report(MONDAY)), h.report_joined(MONDAY))
    with pytest.raises(CasesNotJoinable, match="Separate it first"):
        join(file)


def test_no_case_joins_itself() -> None:
    file = case_of(report(MONDAY))
    with pytest.raises(CasesNotJoinable, match="to itself"):
        h.recorded(file, h.joined(MONDAY, file.ref))


def test_a_case_takes_no_report_of_its_own_counter_allegation() -> None:
    told = h.report_joined(MONDAY)
    linked = h.recorded(case_of(report(MONDAY)), h.linked(MONDAY, told.from_case, Tie.COUNTER_ALLEGATION))
    with pytest.raises(CasesNotJoinable, match="they stay two cases"):
        h.recorded(linked, told)


def test_a_case_joins_none_that_is_not_there_has_closed_or_has_joined_another() -> None:
    open_case, told = case_of(report(MONDAY)), h.joined(MONDAY)
    other_takes_it(open_case, told)
    at_rest = open_case.with_(closed_at=MONDAY), join(open_case)
    for other, said in ((None, "no case"), (at_rest[0], "was closed"), (at_rest[1], "itself been joined")):
        with pytest.raises(CasesNotJoinable, match=said):
            other_takes_it(other, told)


def test_a_joined_case_closes_with_its_own_and_by_no_hand() -> None:
    file = join(case_of(report(MONDAY)))
    with_it = h.closed_with(MONDAY + 2 * DAY, "CW-2023-000002")
    assert h.recorded(file, with_it, by=h.CASEWORK).closed_at
    for fact, by in (
        (with_it, h.OFFICER),
        (with_it.model_copy(update={"with_case": "CW-2023-000009"}), h.CASEWORK),
    ):
        with pytest.raises(CaseIsJoined):
            h.recorded(file, fact, by=by)


def test_joined_cases_are_linked_once_and_as_no_counter_allegation() -> None:
    file = join(case_of(report(MONDAY)))
    other = h.linked(MONDAY, "CW-2023-000002")
    linked = h.recorded(file, other)
    with pytest.raises(CasesNotLinkable, match="already"):
        h.recorded(linked, other)
    with pytest.raises(CasesNotLinkable, match="joined"):
        h.recorded(file, h.linked(MONDAY, "CW-2023-000002", Tie.COUNTER_ALLEGATION))
