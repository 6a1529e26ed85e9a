"""witness-third-party-anonymous: what the victim is owed does not hang on who reported, and they are found."""

from datetime import datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.duties import duties
from policy.facts import CaseFact
from policy.facts.needs import NeedTold
from policy.facts.parts import Leaving, Part
from policy.facts.people import Means
from policy.facts.reporting import Reporter
from policy.facts.risk import RiskAssessmentAsked
from policy.facts.wishing import ComplaintWithdrawn, ContactDeclined, ContactWanted
from policy.refusals import CaseNotReadyToClose, ComplainantCannotBeReached
from tests.given import assessed, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded, set_aside
from tests.policy.random_safety import SAFE_BY_PHONE, considered, risk, support

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
LEAVE_ME = ContactDeclined(at=MONDAY, words="I only wanted you to know.")
PAT = "5f0c4f3e-8f0e-4c8e-9a51-000000000001"
VICTIM_1 = h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM)
THE_VICTIMS = {"appointment", "police-advice", "support-offer"}


def by_a_witness(**more: object) -> CaseFile:
    return case_of(report(MONDAY, "hate", hate=h.RACE, reporter=Reporter.WITNESS, **more))


def named(at: datetime) -> CaseFact:
    return h.taken_on(at, "victim", Part.VICTIM)


def test_a_witness_who_wants_no_contact_leaves_the_victim_what_they_are_owed() -> None:
    file = recorded(by_a_witness(), LEAVE_ME)
    assert {set_aside(file)[key].partition(", and ")[2] for key in THE_VICTIMS} == {
        "nobody has said yet who the victim is"
    }
    known = recorded(file, named(MONDAY + DAY))
    assert {key: owed(known)[key].due for key in THE_VICTIMS} == {
        "appointment": london(2023, 6, 7, 17),
        "police-advice": MONDAY + DAY + timedelta(hours=1),
        "support-offer": london(2023, 6, 7, 17),
    }
    assert "first-contact" in set_aside(known)


def test_so_does_one_who_cannot_be_reached_or_withdraws() -> None:
    unknown = recorded(by_a_witness(complainant=None), named(MONDAY + DAY))
    assert owed(unknown).keys() >= THE_VICTIMS
    withdrew = ComplaintWithdrawn(at=MONDAY + DAY, words="I saw nothing.")
    assert "appointment" in set_aside(recorded(by_a_witness(), withdrew))
    assert "appointment" in owed(recorded(by_a_witness(), named(MONDAY), withdrew))


def test_what_runs_already_is_not_put_off_by_another_victim() -> None:
    file = by_a_witness()
    known = recorded(file, named(MONDAY + 3 * DAY))
    assert {key: owed(known)[key].due for key in THE_VICTIMS} == {key: owed(file)[key].due for key in THE_VICTIMS}


def test_when_the_victim_has_left_the_reporter_s_wish_holds_again() -> None:
    known = recorded(by_a_witness(), LEAVE_ME, named(MONDAY))
    gone = recorded(known, h.left(MONDAY + DAY, "victim"))
    assert "wants no contact" in set_aside(gone)["appointment"]
    wanted = ContactWanted(at=MONDAY + 2 * DAY, words="Ring me after all.")
    assert owed(recorded(gone, wanted))["appointment"].due == london(2023, 6, 8, 17)


def test_a_letter_to_a_witness_has_not_advised_the_victim() -> None:
    by_a_victim = case_of(report(MONDAY, "violence"))
    for file, owes in ((by_a_witness(), True), (by_a_victim, False)):
        letter = h.sent(MONDAY, "acknowledgement").model_copy(update={"police_advice": True})
        assert ("police-advice" in owed(recorded(file, letter))) is owes


def by_somebody_unreachable() -> CaseFile:
    return case_of(report(MONDAY, "violence", None, reporter=Reporter.THIRD_PARTY))


def test_police_advice_that_a_witness_had_with_the_report_has_not_reached_the_victim() -> None:
    assert "police-advice" in owed(by_a_witness(police_advised=True))
    assert "police-advice" not in owed(case_of(report(MONDAY, "violence", police_advised=True)))


def test_what_a_witness_was_told_is_told_to_the_victim_once_they_are_named() -> None:
    told = recorded(by_a_witness(), h.appointment(MONDAY), h.police_advice(MONDAY))
    assert not {"appointment", "police-advice"} & owed(told).keys()
    known = recorded(told, named(MONDAY + 3 * DAY))
    assert owed(known)["appointment"].due == london(2023, 6, 9, 17)
    assert owed(known)["police-advice"].due == MONDAY + 3 * DAY + timedelta(hours=1)
    again = recorded(known, h.appointment(MONDAY + 3 * DAY), h.police_advice(MONDAY + 3 * DAY))
    assert owed(again).keys() >= {"appointment", "police-advice"}
    theirs = h.appointment(MONDAY + 3 * DAY, "victim"), h.police_advice(MONDAY + 3 * DAY, "victim")
    assert not {"appointment", "police-advice"} & owed(recorded(known, *theirs)).keys()


def test_one_victim_who_was_told_is_enough_and_one_who_was_none_is_not() -> None:
    one = h.taken_on(MONDAY, "victim-1", Part.VICTIM)
    another = h.taken_on(MONDAY + DAY, "victim-2", Part.VICTIM)
    file = recorded(by_a_witness(), one, h.appointment(MONDAY, "victim-1"), another)
    assert "appointment" not in owed(file)
    assert "appointment" not in owed(recorded(file, h.left(MONDAY + 9 * DAY, "victim-1")))
    mistaken = recorded(file, h.left(MONDAY + 9 * DAY, "victim-1", Leaving.BY_MISTAKE))
    assert owed(mistaken)["appointment"].due == london(2023, 6, 15, 17)


def test_what_is_said_to_the_victim_is_not_contact_with_whoever_reported() -> None:
    only_by_post = NeedTold(at=MONDAY, kind="other", means=(Means.POST,), words="Write to me.")
    file = recorded(by_a_witness(), only_by_post, named(MONDAY), h.appointment(MONDAY, "victim"))
    assert "right-way:complainant" not in owed(file)
    assert "right-way:complainant" in owed(recorded(file, h.appointment(MONDAY)))


def test_safety_that_was_considered_before_anybody_knew_the_victim_is_considered_for_them() -> None:
    file = recorded(by_a_witness(), considered(MONDAY, 1, "victim"))
    assert "safety:victim" not in owed(file)
    for naming in (named(MONDAY + DAY), h.identified(MONDAY + DAY, "victim", PAT)):
        assert owed(recorded(file, naming))["safety:victim"].due == london(2023, 6, 7, 17)


def test_also_where_they_are_found_after_all_and_were_not_before() -> None:
    file = recorded(by_a_witness(), considered(MONDAY, 1, "victim"), h.left(MONDAY, "victim", Leaving.NOT_FOUND))
    assert "safety:victim" in owed(recorded(file, named(MONDAY + DAY)))


def test_nothing_was_owed_to_them_from_before_they_were_found() -> None:
    file = recorded(by_a_witness(), h.left(MONDAY, "victim", Leaving.NOT_FOUND))
    for key in ("victim", "victim-1"):
        found = owed(recorded(file, h.taken_on(MONDAY + 3 * DAY, key, Part.VICTIM)))
        assert found["appointment"].due == london(2023, 6, 9, 17), key


def test_so_is_the_risk_to_them() -> None:
    file = recorded(by_a_witness(), risk(MONDAY, "victim"))
    for naming, key in ((h.identified(MONDAY + DAY, "victim", PAT), "victim"), (VICTIM_1, "victim-1")):
        assert owed(recorded(file, naming))[f"risk-assessment:{key}"].due == london(2023, 6, 8, 17)


def test_a_risk_that_somebody_asked_about_is_still_assessed_once_they_are_named() -> None:
    ordinary = case_of(report(MONDAY, reporter=Reporter.WITNESS))
    file = recorded(ordinary, RiskAssessmentAsked(at=MONDAY, person="victim", words="They are afraid."), VICTIM_1)
    assert "risk-assessment:victim-1" in owed(recorded(file, contact(MONDAY + DAY)))


def test_nothing_is_owed_to_a_victim_whom_nobody_could_find() -> None:
    file = recorded(by_a_witness(), h.left(MONDAY, "victim", Leaving.NOT_FOUND))
    assert not THE_VICTIMS & owed(file).keys()
    assert {set_aside(file)[key] for key in THE_VICTIMS} == {"nobody could find out who the victim is"}
    another = recorded(file, h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM))
    assert owed(another).keys() >= THE_VICTIMS


def test_the_victim_is_offered_an_appointment_where_nobody_can_reach_whoever_reported() -> None:
    with pytest.raises(ComplainantCannotBeReached):
        recorded(by_somebody_unreachable(), h.appointment(MONDAY))
    known = recorded(by_somebody_unreachable(), named(MONDAY))
    assert "appointment" in owed(known)
    assert "appointment" not in owed(recorded(known, h.appointment(MONDAY, "victim")))


def test_a_victim_is_asked_about_the_police_from_when_they_are_known_where_whoever_reported_is_not_to_be() -> None:
    for file in (
        case_of(report(MONDAY, "violence", None)),
        recorded(case_of(report(MONDAY, "violence")), LEAVE_ME),
    ):
        known = recorded(file, h.taken_on(MONDAY + 7 * DAY, "victim-1", Part.VICTIM))
        assert owed(known)["police-consent"].due == london(2023, 6, 13, 17)


def test_after_a_search_that_found_nobody_a_victim_counts_from_when_they_are_known() -> None:
    file = recorded(by_a_witness(), h.left(MONDAY, "victim", Leaving.NOT_FOUND))
    known = recorded(file, h.taken_on(MONDAY + 7 * DAY, "victim-1", Part.VICTIM))
    assert owed(known)["appointment"].due == london(2023, 6, 13, 17)


# domestic abuse of which somebody else tells


def test_the_abuse_of_which_a_witness_tells_is_the_victim_s() -> None:
    file = case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS, domestic_abuse=True))
    for key in ("specialist-help", "legal-options", "safe-way"):
        assert f"{key}:victim" in owed(file)
        assert f"{key}:complainant" not in owed(file)
    assert [duty.means for duty in duties(file)] == [Means.EMAIL]
    assert file.domestic_abuse


def test_the_safe_way_of_a_witness_stays_theirs() -> None:
    told = report(MONDAY, reporter=Reporter.WITNESS, domestic_abuse=True, safe_contact=SAFE_BY_PHONE)
    file = case_of(told)
    assert (file.safe_ways["complainant"].means, file.safe_ways["victim"].means) == ((Means.PHONE,), ())
    assert duties(file) == []


def test_the_help_that_a_victim_is_owed_goes_with_them_when_they_are_named() -> None:
    file = case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS, domestic_abuse=True))
    helped = recorded(file, support(MONDAY, 4, "victim"))
    for naming, key in (
        (h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM), "victim-1"),
        (h.identified(MONDAY + DAY, "victim", PAT), "victim"),
    ):
        known = recorded(helped, naming)
        assert owed(known)[f"specialist-help:{key}"].due == MONDAY + DAY + timedelta(hours=4)
        assert owed(known)[f"safe-way:{key}"].due == MONDAY + DAY + timedelta(hours=4)


# who the victim is


def test_in_a_serious_case_somebody_finds_out_who_the_victim_is() -> None:
    file = by_a_witness()
    assert owed(file)["victim-found"].due == london(2023, 6, 6, 17)
    for answer in (
        named(MONDAY),
        h.identified(MONDAY, "victim", PAT),
        h.left(MONDAY, "victim", Leaving.NOT_FOUND),
    ):
        assert "victim-found" not in owed(recorded(file, answer))


def test_it_is_owed_from_when_the_case_becomes_serious() -> None:
    file = case_of(report(MONDAY, reporter=Reporter.THIRD_PARTY))
    assert "victim-found" not in owed(file)
    serious = recorded(file, h.incident(MONDAY + DAY, "violence"))
    assert owed(serious)["victim-found"].due == london(2023, 6, 7, 17)


def test_nobody_looks_for_a_victim_who_reported() -> None:
    assert not [key for key in owed(case_of(report(MONDAY, "violence"))) if key.startswith("victim-found")]


def test_no_serious_case_closes_before_somebody_has_looked() -> None:
    file = recorded(by_a_witness(), contact(MONDAY), assessed(MONDAY, serious=True, category="hate"))
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, h.proposal(MONDAY + DAY))
    assert "finding out who the victim is" in refused.value.refusal.missing
