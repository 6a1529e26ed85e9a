"""witness-third-party-anonymous: what the victim is owed does not hang on who reported, and they are found."""

from datetime import datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts.parts import Leaving, Part
from policy.facts.reporting import Reporter
from policy.facts.wishing import ComplaintWithdrawn, ContactDeclined, ContactWanted
from policy.refusals import CaseNotReadyToClose
from tests.given import assessed, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded, set_aside

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
LEAVE_ME = ContactDeclined(at=MONDAY, words="I only wanted you to know.")
THE_VICTIMS = {"appointment", "police-advice", "support-offer"}


def by_a_witness(**more: object) -> CaseFile:
    return case_of(report(MONDAY, "hate", hate=h.RACE, reporter=Reporter.WITNESS, **more))


def named(at: datetime) -> CaseFact:
    return h.taken_on(at, "victim", Part.VICTIM)


def test_a_witness_who_wants_no_contact_leaves_the_victim_what_they_are_owed() -> None:
    file = recorded(by_a_witness(), LEAVE_ME)
    assert set(set_aside(file)) >= THE_VICTIMS
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


# who the victim is


def test_in_a_serious_case_somebody_finds_out_who_the_victim_is() -> None:
    file = by_a_witness()
    assert owed(file)["victim-found"].due == london(2023, 6, 6, 17)
    for answer in (
        named(MONDAY),
        h.identified(MONDAY, "victim", "5f0c4f3e-8f0e-4c8e-9a51-000000000001"),
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
