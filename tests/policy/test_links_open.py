"""When a private link opens, by what it is to; and what its bearer may record."""

import pytest

from policy.case_file import CaseFile
from policy.case_review.facts import REVIEW_FACT_TYPES
from policy.facts import FACT_TYPES, Role
from policy.facts.evidence import DiaryIssued, DiaryReturned, EvidenceKind, EvidenceReceived
from policy.facts.letters import LetterKind
from policy.facts.needs import DomesticAbuseRecognised, NeedTold, SafeContact
from policy.own_timeline import own_line
from policy.permissions import Action, may, may_record
from policy.private_links import LinkPurpose, diary_of, link_in, opens, questions_of, shut_because, without_links
from tests.given import OFFICER, case_of, entry, london, report
from tests.policy.happenings import recorded
from tests.policy.test_questionnaire import MONDAY, closed_with_a_letter

BY_LINK = {
    *("report_received", "questionnaire_answered", "case_review_asked"),
    *("chased", "diary_returned", "evidence_received", "incident_reported", "need_told"),
}


def with_a_diary() -> CaseFile:
    return recorded(case_of(report(MONDAY)), DiaryIssued(at=MONDAY, words="Each night."))


def test_a_diary_opens_while_it_is_out_and_while_it_waits_to_be_read() -> None:
    file = with_a_diary()
    assert opens(file, LinkPurpose.DIARY, "complainant", "diary-2")
    back = recorded(file, DiaryReturned(at=MONDAY, matter="diary-2", words="Back."))
    assert opens(back, LinkPurpose.DIARY, "complainant", "diary-2")


@pytest.mark.parametrize("matter", [None, "diary-3", "promise-2", ""])
def test_no_other_diary_opens_by_it(matter: str | None) -> None:
    assert not opens(with_a_diary(), LinkPurpose.DIARY, "complainant", matter)


def test_a_diary_is_whose_it_was_issued_to() -> None:
    file = with_a_diary()
    theirs = file.with_(matters={"diary-2": file.matters["diary-2"].model_copy(update={"person": "victim-1"})})
    assert diary_of(theirs, "complainant", "diary-2") is None
    assert diary_of(theirs, "victim-1", "diary-2") is not None


def test_the_questionnaire_opens_once_the_case_has_closed_with_one_and_all_else_until_then() -> None:
    file, before = closed_with_a_letter(), with_a_diary()
    assert opens(file, LinkPurpose.QUESTIONNAIRE, "complainant")
    assert questions_of(file) is not None
    assert not opens(file, LinkPurpose.MY_CASE, "complainant")
    assert opens(before, LinkPurpose.MY_CASE, "complainant")
    assert not opens(before, LinkPurpose.QUESTIONNAIRE, "complainant")


@pytest.mark.parametrize(
    ("file", "purpose", "person", "matter", "why"),
    [
        (with_a_diary(), LinkPurpose.MY_CASE, "perpetrator-1", None, "somebody affected"),
        (
            recorded(with_a_diary(), DomesticAbuseRecognised(at=MONDAY, words="Told us.")),
            LinkPurpose.MY_CASE,
            "complainant",
            None,
            "domestic abuse",
        ),
        (with_a_diary(), LinkPurpose.DIARY, "complainant", "diary-9", "no such diary"),
        (with_a_diary(), LinkPurpose.QUESTIONNAIRE, "complainant", None, "has not closed"),
        (closed_with_a_letter(), LinkPurpose.MY_CASE, "complainant", None, "has closed"),
        (closed_with_a_letter(), LinkPurpose.DIARY, "complainant", "diary-2", "has closed"),
        (closed_with_a_letter(), LinkPurpose.QUESTIONNAIRE, "complainant", None, ""),
    ],
)
def test_why_it_would_not_open_is_the_reason_that_holds(
    file: CaseFile, purpose: LinkPurpose, person: str, matter: str | None, why: str
) -> None:
    said = shut_because(file, purpose, person, matter)
    assert why in said
    assert bool(said) is bool(why)
    assert opens(file, purpose, person, matter) is not bool(why)


def test_none_opens_where_somebody_at_home_may_read_along() -> None:
    abused = recorded(with_a_diary(), DomesticAbuseRecognised(at=MONDAY, words="Told us."))
    nowhere = NeedTold(at=MONDAY, kind="safe_contact", safe_contact=SafeContact(means=()), words="Not at home.")
    for file in (abused, recorded(with_a_diary(), nowhere)):
        assert not opens(file, LinkPurpose.MY_CASE, "complainant")
        assert not opens(file, LinkPurpose.DIARY, "complainant", "diary-2")
        assert link_in(file, LetterKind.ACKNOWLEDGEMENT, "x", "complainant") is None
        assert link_in(file, LetterKind.CLOSING_LETTER, "x", "complainant") is None


def test_letters_say_the_link_that_opens_for_their_reader() -> None:
    file = with_a_diary()
    about = file.matters["diary-2"].about
    assert link_in(file, LetterKind.DIARY_SHEETS, about, "complainant") == (LinkPurpose.DIARY, "diary-2")
    assert link_in(file, LetterKind.DIARY_SHEETS, "another", "complainant") is None
    assert link_in(file, LetterKind.ACKNOWLEDGEMENT, about, "complainant") == (LinkPurpose.MY_CASE, None)
    assert link_in(file, LetterKind.CLOSING_LETTER, about, "complainant") == (LinkPurpose.QUESTIONNAIRE, None)
    assert link_in(file, LetterKind.WARNING, about, "complainant") is None
    assert link_in(file, LetterKind.ACKNOWLEDGEMENT, about, "perpetrator-1") is None


def test_a_link_is_blanked_for_others() -> None:
    said = "Here:\nhttps://homes.invalid/l/eyJ.abc.def\nThank you."
    assert without_links(said) == "Here:\n(a private link)\nThank you."


def test_a_resident_records_what_their_link_lets_them_and_nothing_of_ours() -> None:
    assert {fact for fact in {*FACT_TYPES, *REVIEW_FACT_TYPES} if may_record(Role.RESIDENT, fact)} == BY_LINK
    assert not may(Role.RESIDENT, Action.RECORD_ON_CASE)
    assert not may(Role.RESIDENT, Action.REPORT_ON_CASE)


def test_they_read_what_they_told_by_their_link_and_not_what_we_wrote_of_it() -> None:
    file = case_of(report(MONDAY))
    told = NeedTold(at=london(2023, 6, 6), kind="sight", words="Large print.")
    theirs = entry(told, OFFICER.model_copy(update={"id": "link:1", "role": Role.RESIDENT}))
    line = own_line(file, "complainant", theirs)
    assert line is not None
    assert line.said == "You told us what you need."
    assert own_line(file, "complainant", entry(told, OFFICER)) is None
    assert own_line(file, "victim-1", theirs) is None
    sent = EvidenceReceived(at=MONDAY, kind=EvidenceKind.PHOTO, person="victim-1", words="Of the door.")
    assert own_line(file, "complainant", entry(sent, theirs.by)) is None
