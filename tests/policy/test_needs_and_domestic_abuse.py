"""What people need is kept to: in contact, in letters, and above all where there is domestic abuse."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from policy.case_file import CaseFile
from policy.duties import SendLetter, duties
from policy.facts.closing import Closing
from policy.facts.contact import ContactMade
from policy.facts.letters import LetterKind
from policy.facts.needs import (
    Adjustment,
    DomesticAbuseRecognised,
    LegalOptionsExplained,
    NeedEnded,
    NeedTold,
    SafeContact,
)
from policy.facts.parts import Part
from policy.facts.people import Means, Party, Person
from policy.facts.support import SupportOffered
from policy.letters_owed import LetterState
from policy.refusals import CaseNotReadyToClose
from policy.refusals.safety import NeedUnknown, SafeContactStays
from policy.standing import standing
from tests.given import BY_POST, EDITION, ROWAN, assessed, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy.happenings import (
    attempt,
    closed,
    details,
    held_up,
    owed,
    ready_to_post,
    recorded,
    sent,
    set_aside,
)

MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BOTH = Person(name="Kit Sample", email="kit@example.org", address=("3 Invented Row",), prefers=Means.EMAIL)
ONLY_BY_POST = SafeContact(means=(Means.POST,))
ONLY_BY_PHONE = SafeContact(means=(Means.PHONE,), until_time=time(12))


def need(kind: str = "reading", at: datetime = MONDAY, **more: Any) -> NeedTold:
    return NeedTold(at=at, kind=kind, words="Told us.", **more)


def safely(safe: SafeContact, at: datetime = MONDAY) -> NeedTold:
    return need("safe_contact", at, safe_contact=safe)


def abuse(safe: SafeContact | None = None, at: datetime = MONDAY) -> DomesticAbuseRecognised:
    return DomesticAbuseRecognised(at=at, safe_contact=safe, words="He reads her post.")


def by(means: Means, at: datetime = MONDAY, **more: Any) -> ContactMade:
    return contact(at).model_copy(update={"means": means, **more})


def only_duty(file: CaseFile) -> SendLetter:
    (duty,) = duties(file)
    return duty


# vulnerability-and-adjustments


def test_needs_are_kept_for_both_sides_as_codes_and_shown() -> None:
    told = need("language", adjustments=(Adjustment.INTERPRETER,), language="pl", person="perpetrator-1")
    file = recorded(case_of(report(MONDAY, about=Party())), told)
    (shown,) = standing(file, EDITION).needs
    assert (shown.person, shown.kind, shown.adjustments) == (
        "perpetrator-1",
        "language",
        (Adjustment.INTERPRETER,),
    )
    assert "Told us." not in file.model_dump_json()


def test_what_is_told_last_of_a_kind_holds_whenever_it_is_written_down() -> None:
    later = need(at=MONDAY + DAY, adjustments=(Adjustment.LARGE_PRINT,))
    file = recorded(case_of(report(MONDAY)), later)
    file = recorded(file, need(adjustments=(Adjustment.PLAIN_TEXT,)), recorded_at=MONDAY + 2 * DAY)
    assert file.needs["complainant:reading"].adjustments == (Adjustment.LARGE_PRINT,)


def test_a_need_that_was_told_can_end_and_another_cannot() -> None:
    file = recorded(case_of(report(MONDAY)), need())
    assert recorded(file, NeedEnded(at=MONDAY, kind="reading", words="Got glasses.")).needs == {}
    with pytest.raises(NeedUnknown, match=r"Told of: Reading and writing \(the complainant\)"):
        recorded(file, NeedEnded(at=MONDAY, kind="sight", words="Got glasses."))


# needs-met: letters


def test_letters_are_made_as_they_are_needed() -> None:
    told = need(adjustments=(Adjustment.LARGE_PRINT, Adjustment.PLAIN_TEXT))
    duty = only_duty(recorded(case_of(report(MONDAY)), told))
    assert (duty.large_print, duty.plain_text, duty.by_hand) == (True, True, False)


def test_a_letter_that_waits_to_be_posted_is_made_out_again_as_it_is_needed() -> None:
    file = recorded(case_of(report(MONDAY, complainant=BY_POST)), ready_to_post(MONDAY, "acknowledgement"))
    file = recorded(file, need(at=MONDAY + HOUR, adjustments=(Adjustment.LARGE_PRINT,)))
    assert "letter:acknowledgement" not in owed(file)
    assert (only_duty(file).key, only_duty(file).large_print) == ("acknowledgement-3", True)
    untouched = recorded(file, need("pregnancy", MONDAY + 2 * HOUR))
    assert set(untouched.letters) == set(file.letters)


def test_a_letter_in_another_language_or_with_a_copy_waits_for_a_person() -> None:
    told = need("language", language="pl", adjustments=(Adjustment.ADVOCATE_COPIED,))
    file = recorded(case_of(report(MONDAY)), told)
    duty = only_duty(file)
    assert duty.by_hand
    file = recorded(file, ready_to_post(MONDAY, duty.key))
    assert owed(file)[f"letter:{duty.key}"].owed == (
        "Send the acknowledgement by e-mail: have it translated and copy it to their advocate"
    )


def test_letters_go_by_the_means_that_is_needed() -> None:
    assert only_duty(case_of(report(MONDAY, complainant=BOTH))).means is Means.EMAIL
    file = recorded(case_of(report(MONDAY, complainant=BOTH)), need(means=(Means.POST,)))
    assert only_duty(file).means is Means.POST


def test_no_letter_goes_where_it_is_not_safe() -> None:
    file = case_of(report(MONDAY, complainant=BY_POST, safe_contact=ONLY_BY_PHONE))
    assert duties(file) == []
    assert file.letters["acknowledgement"].state is LetterState.WITHHELD
    assert "not safe" in set_aside(file)["letter:acknowledgement"]
    assert "not safe" in set_aside(file)["letters"]


def test_a_letter_for_the_post_is_withheld_when_the_post_turns_out_not_to_be_safe() -> None:
    file = recorded(case_of(report(MONDAY, complainant=BY_POST)), ready_to_post(MONDAY, "acknowledgement"))
    file = recorded(file, safely(ONLY_BY_PHONE, MONDAY + HOUR))
    assert [letter.state for letter in file.letters.values()] == [LetterState.WITHHELD]
    assert not any(key.startswith("letter:") for key in owed(file))


def test_what_was_withheld_goes_once_there_is_a_safe_way() -> None:
    file = case_of(report(MONDAY, complainant=BOTH, safe_contact=ONLY_BY_PHONE))
    assert only_duty(recorded(file, safely(ONLY_BY_POST, MONDAY + HOUR))).means is Means.POST
    anywhere = recorded(
        file, safely(ONLY_BY_PHONE, MONDAY), NeedEnded(at=MONDAY, kind="safe_contact", words="Moved.")
    )
    assert only_duty(anywhere).means is Means.EMAIL


def test_whatever_the_system_had_begun_a_withheld_letter_stays_withheld() -> None:
    file = case_of(report(MONDAY, complainant=BY_POST, safe_contact=ONLY_BY_PHONE))
    for outcome in (ready_to_post, held_up):
        after = recorded(file, outcome(MONDAY, "acknowledgement"))
        assert after.letters["acknowledgement"].state is LetterState.WITHHELD


def test_an_address_told_later_does_not_make_it_safe() -> None:
    file = case_of(report(MONDAY, complainant=ROWAN, safe_contact=ONLY_BY_PHONE))
    assert duties(recorded(file, details(MONDAY + HOUR, BOTH))) == []


def test_who_cannot_be_written_to_safely_is_told_in_person_and_the_case_can_close() -> None:
    file = case_of(report(MONDAY, safe_contact=ONLY_BY_PHONE), contact(MONDAY), assessed(MONDAY))
    with pytest.raises(CaseNotReadyToClose, match="speaking to them"):
        recorded(
            case_of(report(MONDAY, safe_contact=ONLY_BY_PHONE), assessed(MONDAY)),
            closed(MONDAY, Closing.DEALT_WITH),
        )
    file = recorded(file, contact(MONDAY + HOUR), closed(MONDAY + HOUR, Closing.DEALT_WITH))
    assert file.letters["closing-note"].state is LetterState.WITHHELD
    assert file.letters["closing-note"].kind is LetterKind.CLOSING_NOTE
    assert file.finished


# needs-met: contact


def test_contact_in_another_way_than_they_need_is_taken_and_shows() -> None:
    file = recorded(case_of(report(MONDAY)), need(means=(Means.TEXT, Means.VISIT)), by(Means.PHONE, MONDAY + HOUR))
    assert file.first_contact_at is not None
    deadline = owed(file)["right-way:complainant"]
    assert deadline.due == london(2023, 6, 6, 17)
    assert deadline.owed == "Contact the complainant again in the way that they need: by text message or a visit"
    assert "right-way:complainant" in owed(recorded(file, by(Means.PHONE, MONDAY + 2 * HOUR)))
    assert "right-way:complainant" not in owed(recorded(file, by(Means.VISIT, MONDAY + 2 * HOUR)))


def test_an_attempt_and_a_letter_show_too() -> None:
    file = recorded(case_of(report(MONDAY, complainant=BOTH)), safely(ONLY_BY_POST))
    assert "right-way:complainant" in owed(recorded(file, attempt(MONDAY + HOUR)))
    by_email = sent(MONDAY + HOUR, next(iter(file.letters)))
    assert "right-way:complainant" in owed(recorded(file, by_email))


def test_who_needs_an_interpreter_is_spoken_to_with_one() -> None:
    file = recorded(
        case_of(report(MONDAY)), need("language", adjustments=(Adjustment.INTERPRETER,), language="pl")
    )
    assert "right-way:complainant" in owed(recorded(file, by(Means.VISIT, MONDAY + HOUR)))
    assert "right-way:complainant" not in owed(recorded(file, by(Means.VISIT, MONDAY + HOUR, interpreter=True)))


def test_a_safe_way_has_its_hours() -> None:
    file = recorded(case_of(report(MONDAY)), safely(ONLY_BY_PHONE))
    assert "right-way:complainant" not in owed(recorded(file, by(Means.PHONE, london(2023, 6, 5, 11, 59))))
    assert "right-way:complainant" in owed(recorded(file, by(Means.PHONE, london(2023, 6, 5, 12, 1))))


def test_contact_from_before_the_need_was_told_was_not_wrong() -> None:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY), need(means=(Means.TEXT,)))
    assert "right-way:complainant" not in owed(file)


# domestic-abuse


def test_domestic_abuse_owes_help_and_advice_at_once_and_restricts_the_case() -> None:
    file = recorded(case_of(report(MONDAY)), abuse(ONLY_BY_PHONE))
    assert standing(file, EDITION).domestic_abuse
    for key in ("specialist-help:complainant", "legal-options:complainant"):
        assert owed(file)[key].due == MONDAY + 4 * HOUR
    other = SupportOffered(at=MONDAY, provider="victim_support", words="Offered.")
    assert "specialist-help:complainant" in owed(recorded(file, other))
    help_ = SupportOffered(at=MONDAY, provider="domestic_abuse_service", words="Offered.")
    file = recorded(file, help_, LegalOptionsExplained(at=MONDAY, words="An injunction."))
    assert not {key for key in owed(file) if key.startswith(("specialist", "legal"))}
    assert file.domestic_abuse


def test_from_then_on_only_a_safe_way_is_used_and_none_is_guessed() -> None:
    file = recorded(case_of(report(MONDAY)), abuse())
    assert duties(file) == []
    assert owed(file)["safe-way:complainant"].due == MONDAY + 4 * HOUR
    file = recorded(file, safely(SafeContact(means=(Means.EMAIL,)), MONDAY + HOUR))
    assert "safe-way:complainant" not in owed(file)
    assert only_duty(file).means is Means.EMAIL


def test_a_report_that_tells_of_it_sends_nothing_by_another_way() -> None:
    file = case_of(report(MONDAY, complainant=BOTH, domestic_abuse=True, safe_contact=ONLY_BY_POST))
    assert only_duty(file).means is Means.POST
    assert file.domestic_abuse
    assert duties(case_of(report(MONDAY, complainant=BOTH, domestic_abuse=True))) == []


def test_it_makes_a_risk_assessment_due_and_no_closure_skips_what_it_calls_for() -> None:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY), assessed(MONDAY), abuse())
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, h.proposal(MONDAY))
    assert set(refused.value.refusal.missing) == {
        "offer of specialist help",
        "telling them what a solicitor can do",
        "a safe way to reach them",
        "risk assessment",
    }


def test_each_who_is_abused_is_helped_for_themselves() -> None:
    file = recorded(case_of(report(MONDAY)), h.taken_on(MONDAY, "witness-2", Part.WITNESS), abuse(ONLY_BY_PHONE))
    file = recorded(file, LegalOptionsExplained(at=MONDAY, words="An injunction."))
    told = abuse(ONLY_BY_PHONE, MONDAY + DAY).model_copy(update={"person": "witness-2"})
    assert "legal-options:witness-2" in owed(recorded(file, told))
    assert "legal-options:complainant" not in owed(recorded(file, told))


def test_help_that_was_given_before_the_abuse_was_written_down_was_given() -> None:
    help_ = SupportOffered(at=MONDAY + 2 * HOUR, provider="domestic_abuse_service", words="Offered.")
    options = LegalOptionsExplained(at=MONDAY + 2 * HOUR, words="An injunction.")
    file = recorded(case_of(report(MONDAY)), help_, options)
    told = abuse(ONLY_BY_PHONE, MONDAY + HOUR)
    known = recorded(file, told, recorded_at=MONDAY + 3 * HOUR)
    assert not {key for key in owed(known) if key.startswith(("specialist", "legal"))}
    later = recorded(file, abuse(ONLY_BY_PHONE, MONDAY + 3 * HOUR))
    assert owed(later).keys() >= {"specialist-help:complainant", "legal-options:complainant"}


def test_a_safe_way_that_was_told_with_the_report_or_another_need_can_end() -> None:
    reading = need("reading").model_copy(update={"safe_contact": ONLY_BY_PHONE})
    ended = NeedEnded(at=MONDAY + HOUR, kind="safe_contact", words="Write again.")
    for file in (
        case_of(report(MONDAY, safe_contact=ONLY_BY_PHONE)),
        recorded(case_of(report(MONDAY)), reading),
    ):
        assert duties(file) == []
        assert duties(recorded(file, ended))
    with pytest.raises(SafeContactStays):
        recorded(case_of(report(MONDAY, domestic_abuse=True, safe_contact=ONLY_BY_PHONE)), ended)
    with pytest.raises(NeedUnknown, match=r"Told of: Only a safe way of contact \(the complainant\)"):
        recorded(
            case_of(report(MONDAY, safe_contact=ONLY_BY_PHONE)), NeedEnded(at=MONDAY, kind="reading", words="-")
        )
