"""Letters in doubt, letters that did not go, and complainants who can only be spoken to."""

from datetime import timedelta

import pytest

from policy.deadlines import clocks_set_aside
from policy.duties import duties
from policy.facts.closing import Closing
from policy.facts.letters import LetterSent
from policy.facts.people import Means, Person
from policy.refusals import CaseNotReadyToClose, LetterNotOwed, NotAnImmediateClosure
from tests.given import BY_POST, EDITION, assessed, case_of, contact, london, record, report
from tests.policy import happenings as h

MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
PHONE_ONLY = Person(name="Jo Invented", phone="01632 960002")


def test_a_letter_that_did_not_go_is_made_out_again_under_another_key() -> None:
    file = case_of(report(MONDAY, complainant=BY_POST))
    file = h.recorded(file, h.ready_to_post(MONDAY + HOUR, "acknowledgement"))
    file = record(file, h.not_sent(MONDAY + 2 * HOUR, "acknowledgement"))
    [duty] = duties(file)
    assert duty.key != "acknowledgement"
    assert duty.kind == "acknowledgement"


def test_a_closing_letter_that_did_not_go_still_has_to_before_the_case_can_close() -> None:
    file = case_of(report(MONDAY), contact(MONDAY + HOUR), assessed(MONDAY + HOUR), h.proposal(MONDAY + HOUR))
    assert file.proposed is not None
    first = file.proposed.letter
    file = record(h.recorded(file, h.in_doubt(MONDAY + 2 * HOUR, first)), h.not_sent(MONDAY + 3 * HOUR, first))
    with pytest.raises(CaseNotReadyToClose, match="closing letter sent"):
        record(file, h.closed(MONDAY + 4 * HOUR))
    assert file.proposed is not None
    file = h.recorded(file, h.sent(MONDAY + 4 * HOUR, file.proposed.letter))
    assert record(file, h.closed(MONDAY + 4 * HOUR)).closed_at is not None


@pytest.mark.parametrize(
    "fact",
    [
        LetterSent(at=MONDAY + 2 * HOUR, key="acknowledgement", means=Means.PHONE),
        LetterSent(at=MONDAY, key="acknowledgement", means=Means.POST),
        LetterSent(at=MONDAY + 2 * HOUR, key="another", means=Means.POST),
    ],
)
def test_a_letter_is_not_said_to_have_gone_by_telephone_or_before_it_was_made_out(fact: LetterSent) -> None:
    file = case_of(report(MONDAY, complainant=BY_POST))
    file = h.recorded(file, h.ready_to_post(MONDAY + HOUR, "acknowledgement"))
    with pytest.raises(LetterNotOwed):
        record(file, fact)


def test_what_the_system_is_still_sending_is_not_for_an_officer_to_record() -> None:
    file = case_of(report(MONDAY))
    with pytest.raises(LetterNotOwed):
        record(file, h.sent(MONDAY + HOUR, "acknowledgement"))


def test_nor_is_it_while_another_letter_waits_for_them() -> None:
    file = case_of(report(MONDAY), contact(MONDAY + HOUR), assessed(MONDAY + HOUR), h.proposal(MONDAY + HOUR))
    assert file.proposed is not None
    file = h.recorded(file, h.ready_to_post(MONDAY + HOUR, file.proposed.letter))
    with pytest.raises(LetterNotOwed):
        record(file, h.sent(MONDAY + 2 * HOUR, "acknowledgement"))


def test_an_address_that_refuses_mail_is_not_written_to_again() -> None:
    file = h.recorded(case_of(report(MONDAY)), h.not_taken(MONDAY + HOUR, "acknowledgement"))
    assert file.writes_by is None
    assert "letters" in {aside.key for aside in clocks_set_aside(file, EDITION)}


def test_somebody_who_can_only_be_spoken_to_is_told_by_speaking_before_the_case_closes() -> None:
    file = case_of(report(MONDAY, complainant=PHONE_ONLY), contact(MONDAY + HOUR), assessed(MONDAY + HOUR))
    file = record(file, h.proposal(MONDAY + 2 * HOUR))
    with pytest.raises(CaseNotReadyToClose, match="speaking to them"):
        record(file, h.closed(MONDAY + 3 * HOUR))
    file = record(file, contact(MONDAY + 3 * HOUR))
    assert record(file, h.closed(MONDAY + 3 * HOUR)).closed_at is not None


def test_nor_does_it_close_at_once_without_a_word_to_them() -> None:
    file = case_of(report(MONDAY, complainant=PHONE_ONLY), assessed(MONDAY + HOUR))
    with pytest.raises(CaseNotReadyToClose, match="speaking to them"):
        record(file, h.closed(MONDAY + 2 * HOUR, Closing.DEALT_WITH))


def test_a_case_whose_closing_letter_has_gone_is_not_closed_at_once() -> None:
    file = case_of(report(MONDAY), contact(MONDAY + HOUR), assessed(MONDAY + HOUR), h.proposal(MONDAY + HOUR))
    assert file.proposed is not None
    file = h.recorded(file, h.sent(MONDAY + 2 * HOUR, file.proposed.letter))
    with pytest.raises(NotAnImmediateClosure):
        record(file, h.closed(MONDAY + 3 * HOUR, Closing.DEALT_WITH))


def test_the_newest_assessment_and_agreement_hold_however_late_the_older_ones_are_written_down() -> None:
    later, earlier = MONDAY + 5 * HOUR, MONDAY + HOUR
    file = case_of(report(MONDAY), assessed(later, serious=True), contact(later, every=3))
    now = MONDAY + 6 * HOUR
    file = record(record(file, assessed(earlier), recorded_at=now), contact(earlier, every=15), recorded_at=now)
    assert file.serious
    assert file.agreed_interval == 3
