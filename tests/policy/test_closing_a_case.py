"""closing-letter and immediate-closure."""

from datetime import date, timedelta

import pytest

from policy.case_file import CaseFile, Stage
from policy.duties import duties
from policy.facts.assessing import Exclusion
from policy.facts.closing import CaseClosed, Closing
from policy.facts.letters import LetterKind
from policy.facts.people import Person
from policy.refusals import (
    AnotherPersonMustApprove,
    CaseIsClosed,
    CaseNotReadyToClose,
    NoClosureProposed,
    NotAnImmediateClosure,
    Refused,
)
from policy.rules import refusal_now
from tests.given import BY_POST, EDITION, SUPERVISOR, assessed, case_of, contact, empty_file, london, report
from tests.policy.happenings import (
    ANOTHER_SUPERVISOR,
    advice,
    appointment,
    approval,
    closed,
    discussed,
    in_doubt,
    incident,
    not_told,
    owed,
    police_advice,
    proposal,
    ready_to_post,
    recorded,
    referred_to_mediation,
    refusal_to_close,
    review,
    second_look,
    second_look_answered,
    sent,
)
from tests.policy.random_safety import kept_safe

MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
AT_ONCE = [Closing.UNJUSTIFIED, Closing.DEALT_WITH, Closing.MEDIATION]


def ready() -> CaseFile:
    told = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY))
    return recorded(told, sent(MONDAY, "acknowledgement"))


def serious() -> CaseFile:
    told = report(MONDAY, "violence", police_advised=True)
    handled = case_of(told, contact(MONDAY), assessed(MONDAY, serious=True), appointment(MONDAY))
    return recorded(handled, *kept_safe(MONDAY), review(MONDAY), not_told(MONDAY), discussed(MONDAY))


def excluded() -> CaseFile:
    return case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY, exclusion=Exclusion.ONE_OFF))


def closing_letters(file: CaseFile) -> list[str]:
    return [key for key, letter in file.letters.items() if letter.kind is LetterKind.CLOSING_LETTER]


def missing(file: CaseFile, closing: Closing = Closing.WITH_LETTER) -> tuple[str, ...]:
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, closed(MONDAY + 60 * DAY, closing))
    return refused.value.refusal.missing


# closing-letter


def test_a_case_closes_when_the_complainant_has_been_told_in_writing() -> None:
    file = recorded(ready(), proposal(MONDAY + DAY))
    assert file.stage is Stage.CLOSING
    (key,) = closing_letters(file)
    assert missing(file) == ("closing letter sent",)
    file = recorded(file, sent(MONDAY + 2 * DAY, key), closed(MONDAY + 3 * DAY))
    assert file.stage is Stage.CLOSED
    assert set(owed(file)) == {"questionnaire-7"}


def test_a_case_does_not_close_silently() -> None:
    assert missing(case_of(report(MONDAY))) == ("assessment", "first contact", "proposed closure")
    assert missing(ready()) == ("proposed closure",)


def test_posting_is_not_having_a_letter_ready() -> None:
    file = case_of(report(MONDAY, complainant=BY_POST), contact(MONDAY), assessed(MONDAY), proposal(MONDAY + DAY))
    (key,) = closing_letters(file)
    file = recorded(file, ready_to_post(MONDAY + DAY, key))
    assert missing(file) == ("closing letter sent",)


def test_a_letter_in_doubt_keeps_the_case_open() -> None:
    file = recorded(ready(), proposal(MONDAY + DAY))
    (key,) = closing_letters(file)
    file = recorded(file, in_doubt(MONDAY + 2 * DAY, key))
    assert "whether the closing letter went" in missing(file)


def test_a_case_is_not_closed_for_a_time_before_the_complainant_was_told() -> None:
    file = recorded(ready(), proposal(MONDAY + DAY))
    file = recorded(file, sent(MONDAY + 3 * DAY, *closing_letters(file)))
    with pytest.raises(CaseNotReadyToClose, match="Thursday 8 June 2023"):
        recorded(file, closed(MONDAY + 2 * DAY), recorded_at=MONDAY + 4 * DAY)


def test_what_is_owed_in_handling_a_serious_case_cannot_be_skipped_by_proposing_to_close_it() -> None:
    file = case_of(report(MONDAY, "violence"), contact(MONDAY), assessed(MONDAY, serious=True))
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, proposal(MONDAY + DAY))
    assert refused.value.refusal.missing == (
        "ways to get the victim away from the problem",
        "risk assessment",
        "offer of an appointment",
        "talk with the community safety partners",
        "advice to ring the police",
        "a supervisor's review since the assessment",
        "the perpetrator told, or why not",
        "what the complainant thinks of closing",
    )
    done = recorded(file, appointment(MONDAY), police_advice(MONDAY), review(MONDAY), not_told(MONDAY))
    recorded(done, *kept_safe(MONDAY), discussed(MONDAY), proposal(MONDAY + DAY))


def test_a_second_look_that_was_asked_for_is_answered_first() -> None:
    file = recorded(ready(), advice(MONDAY), second_look(MONDAY + DAY))
    with pytest.raises(CaseNotReadyToClose, match="second look"):
        recorded(file, proposal(MONDAY + 2 * DAY))
    recorded(file, second_look_answered(MONDAY + 2 * DAY), proposal(MONDAY + 2 * DAY))


def test_a_serious_closure_waits_for_a_supervisor_before_the_letter_is_written() -> None:
    file = recorded(serious(), proposal(MONDAY + DAY))
    assert closing_letters(file) == []
    assert owed(file)["closure-approval"].due == london(2023, 6, 9, 17)
    assert missing(file) == ("supervisor's approval", "closing letter sent")
    file = recorded(file, approval(MONDAY + DAY))
    assert "closure-approval" not in owed(file)
    assert len(closing_letters(file)) == 1


def test_nobody_approves_their_own_proposal() -> None:
    file = recorded(serious(), proposal(MONDAY + DAY), by=SUPERVISOR)
    with pytest.raises(AnotherPersonMustApprove):
        recorded(file, approval(MONDAY + DAY), by=SUPERVISOR)
    assert recorded(file, approval(MONDAY + DAY), by=ANOTHER_SUPERVISOR).proposed is not None


def test_there_is_nothing_to_approve_or_decline_where_no_approval_is_needed() -> None:
    for file in (ready(), recorded(ready(), proposal(MONDAY + DAY)), serious()):
        for answer in (approval(MONDAY + 2 * DAY), refusal_to_close(MONDAY + 2 * DAY)):
            with pytest.raises(NoClosureProposed):
                recorded(file, answer)


def test_a_declined_closure_is_over() -> None:
    file = recorded(serious(), proposal(MONDAY + DAY), refusal_to_close(MONDAY + 2 * DAY))
    assert file.proposed is None
    assert file.stage is Stage.OPEN
    assert "closure-approval" not in owed(file)


def test_a_new_incident_takes_a_proposed_closure_back() -> None:
    file = recorded(ready(), proposal(MONDAY + DAY), incident(MONDAY + 2 * DAY))
    assert closing_letters(file) == []
    assert missing(file) == ("proposed closure",)


def test_a_letter_that_told_of_a_closure_taken_back_closes_nothing() -> None:
    file = recorded(ready(), proposal(MONDAY + DAY))
    (key,) = closing_letters(file)
    file = recorded(file, sent(MONDAY + DAY, key), incident(MONDAY + 2 * DAY), proposal(MONDAY + 3 * DAY))
    assert missing(file) == ("closing letter sent",)


def test_proposing_again_does_not_send_two_closing_letters() -> None:
    file = recorded(ready(), proposal(MONDAY + DAY), proposal(MONDAY + 2 * DAY))
    assert len(closing_letters(file)) == 1


def test_a_complainant_who_cannot_be_written_to_does_not_keep_a_case_open_for_ever() -> None:
    file = case_of(report(MONDAY, complainant=Person()), assessed(MONDAY), proposal(MONDAY + DAY))
    assert recorded(file, closed(MONDAY + 2 * DAY)).finished


# immediate-closure


@pytest.mark.parametrize("closing", AT_ONCE)
def test_the_three_exceptions_close_at_once_with_a_note(closing: Closing) -> None:
    file = recorded(ready(), *(referred_to_mediation(MONDAY) if closing is Closing.MEDIATION else ()))
    file = recorded(file, closed(MONDAY + DAY, closing))
    assert file.stage is Stage.CLOSED
    assert not file.finished
    (duty,) = duties(file)
    assert (duty.kind, duty.row, duty.section) == (LetterKind.CLOSING_NOTE, "immediate-closure", "5, note 4")
    told = recorded(file, sent(MONDAY + DAY, duty.key))
    assert not told.letters
    assert told.finished is (closing is not Closing.MEDIATION), "the mediation goes on"


@pytest.mark.parametrize("closing", AT_ONCE)
def test_a_case_is_assessed_before_it_closes_at_once(closing: Closing) -> None:
    assert missing(case_of(report(MONDAY), contact(MONDAY)), closing) == ("assessment",)


@pytest.mark.parametrize("closing", [*AT_ONCE, Closing.NOT_USUALLY_ASB])
def test_a_serious_case_never_closes_at_once(closing: Closing) -> None:
    with pytest.raises(NotAnImmediateClosure):
        recorded(serious(), closed(MONDAY + DAY, closing))


@pytest.mark.parametrize("closing", [*AT_ONCE, Closing.NOT_USUALLY_ASB])
def test_closing_at_once_does_not_silence_somebody_who_asked_us_to_look_again(closing: Closing) -> None:
    file = recorded(excluded(), second_look(MONDAY + DAY))
    assert missing(file, closing) == ("answer to the second look",)


@pytest.mark.parametrize("closing", [*AT_ONCE, Closing.NOT_USUALLY_ASB])
def test_closing_at_once_does_not_silence_somebody_who_keeps_reporting(closing: Closing) -> None:
    file = recorded(excluded(), incident(MONDAY + DAY), incident(MONDAY + 2 * DAY))
    assert missing(file, closing) == ("a new assessment, since it keeps being reported",)


def test_not_usually_asb_closes_when_our_reasons_have_gone() -> None:
    file = excluded()
    assert missing(file, Closing.NOT_USUALLY_ASB) == ("advice letter sent",)
    (key,) = (k for k, v in file.letters.items() if v.kind is LetterKind.NOT_USUALLY_ASB)
    file = recorded(file, sent(MONDAY, key), closed(MONDAY + DAY, Closing.NOT_USUALLY_ASB))
    assert file.stage is Stage.CLOSED
    assert LetterKind.CLOSING_NOTE not in {letter.kind for letter in file.letters.values()}


def test_only_an_excluded_case_closes_as_not_usually_asb() -> None:
    with pytest.raises(NotAnImmediateClosure):
        recorded(ready(), closed(MONDAY + DAY, Closing.NOT_USUALLY_ASB))


# closed


def test_a_closed_case_still_owes_the_letters_that_have_not_gone() -> None:
    file = case_of(report(MONDAY, complainant=BY_POST), ready_to_post(MONDAY, "acknowledgement"), assessed(MONDAY))
    file = recorded(file, closed(MONDAY + DAY, Closing.DEALT_WITH))
    assert set(owed(file)) == {"letter:acknowledgement"}
    file = recorded(file, sent(MONDAY + 2 * DAY, "acknowledgement"))
    assert set(file.letters) == {"closing-note"}


@pytest.mark.parametrize(
    "fact",
    [contact(MONDAY + 9 * DAY), incident(MONDAY + 9 * DAY), assessed(MONDAY + 9 * DAY), closed(MONDAY + 9 * DAY)],
)
def test_a_closed_case_takes_nothing_more(fact: object) -> None:
    file = recorded(ready(), closed(MONDAY + DAY, Closing.DEALT_WITH))
    with pytest.raises(CaseIsClosed) as refused:
        recorded(file, fact)  # type: ignore[arg-type] # each is a fact
    assert "Tuesday 6 June 2023" in str(refused.value)
    assert "new report" in str(refused.value)
    assert isinstance(refused.value, Refused)


def test_a_case_whose_report_is_on_its_way_says_so() -> None:
    refusal = refusal_now(empty_file(date(2023, 6, 5)), CaseClosed, EDITION)
    assert refusal is not None
    assert refusal.missing == ("report",)
