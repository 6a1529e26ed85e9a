"""Letters with room for an officer's words tell what was recorded, those words, and nobody else's."""

from datetime import time, timedelta
from typing import Any

import pytest
from letter_samples import a_letter
from printed_page import structure_of, text_of

from letters.compose import DEMO_LANDLORD, DRAFT, ComposedLetter, LetterContent, compose
from letters.kinds import KINDS
from letters.own_words import TELLS
from letters.telling import Contacts, values_for
from policy.case_file import CaseFile
from policy.duties import to_send
from policy.facts import CaseFact, Entry
from policy.facts.evidence import DiaryIssued
from policy.facts.hearings import HearingListed
from policy.facts.letters import TAKES_OWN_WORDS, LetterKind
from policy.facts.mediating import MediationOffered, Side
from policy.folding import after
from policy.legal_action.windows import Ground
from tests.given import EDITION, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy import warned
from tests.policy.random_letters import asked_for, held, worded

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
CONTACTS = Contacts("The team", "01632 960 000", "the council", "01632 960 200")
DIARY = DiaryIssued(at=MONDAY, by_when=(MONDAY + 14 * DAY).date(), words="He is lying about the nights.")


def last_letter(*facts: CaseFact, **more: Any) -> ComposedLetter:
    """The letter that was owed last, as it would go."""
    entries = [entry(fact, h.usual_actor(fact)) for fact in facts]
    file = folded(entries)
    key, letter = list(file.letters.items())[-1]
    duty = to_send(file, key, letter)
    values = values_for(duty, file, entries, CONTACTS)
    sample = a_letter()
    content = LetterContent(duty.kind, file.ref, MONDAY.date(), sample.addressee, values, **more)
    return compose(content, DEMO_LANDLORD)


def folded(entries: list[Entry]) -> CaseFile:
    file = empty_file(MONDAY.date())
    for one in entries:
        file = after(file, one, EDITION)
    return file


def test_program_and_wording_agree_on_where_an_officer_may_write() -> None:
    taking = {kind for kind in LetterKind if kind in KINDS and "own_words" in KINDS[kind].lists}
    assert taking == TAKES_OWN_WORDS == TELLS.keys()
    assert set(LetterKind) - KINDS.keys() == {LetterKind.TEXT_MESSAGE}, "which has a wording of its own"


def test_the_sheets_say_when_they_should_be_back_and_nothing_that_was_noted_for_us() -> None:
    letter = last_letter(report(MONDAY), DIARY)
    assert "by Monday 19 June 2023" in letter.text
    assert "lying" not in letter.text
    assert structure_of(letter.pdf).count("Table") == 4


def test_sheets_without_an_agreed_day_have_the_edition_s() -> None:
    assert "by Monday 19 June 2023" in last_letter(report(MONDAY), DIARY.model_copy(update={"by_when": None})).text


def test_an_appointment_is_told_in_london_s_time() -> None:
    offered = h.appointment(MONDAY).model_copy(update={"appointment_at": MONDAY + 3 * DAY})
    assert "Thursday 8 June 2023\n09:00" in last_letter(report(MONDAY), offered).text


def test_a_hearing_and_a_notice_are_told_as_they_were_recorded() -> None:
    listed = HearingListed(at=MONDAY, on=(MONDAY + 21 * DAY).date(), court="The court")
    text = last_letter(report(MONDAY), listed, asked_for(MONDAY, LetterKind.HEARING, "hearing-2")).text
    assert "Monday 26 June 2023" in text
    assert "- We rang them." in text
    assert "10:30" not in text
    at_ten = listed.model_copy(update={"hour": time(10, 30)})
    text = last_letter(report(MONDAY), at_ten, asked_for(MONDAY, LetterKind.HEARING, "hearing-2")).text
    assert "Monday 26 June 2023\n\nat 10:30\n" in text
    notice = warned.notice(MONDAY, Ground.GROUND_14)
    cover = asked_for(MONDAY, LetterKind.NOTICE_COVER, "notice-3", "perpetrator-1", nothing_identifies=True)
    told = last_letter(report(MONDAY, about=warned.PAT), h.effect(MONDAY), notice, cover).text
    assert "Notice of seeking possession" in told
    assert "Housing Act 1988" in told


def test_the_words_that_were_written_last_are_read() -> None:
    facts = report(MONDAY), DIARY, held(MONDAY, "diary-sheets-2"), worded(MONDAY, "diary-sheets-2-3")
    assert "- Ring the bell twice." in last_letter(*facts).text
    again = last_letter(report(MONDAY), asked_for(MONDAY, held=True), worded(MONDAY, "update-2")).text
    assert "Ring the bell twice." in again
    assert "We rang them." not in again


@pytest.mark.parametrize(("side", "asked"), [(Side.COMPLAINANT, False), (Side.PERPETRATOR, True)])
def test_only_whoever_is_complained_about_is_asked_not_to_look_for_who_told_us(side: Side, *, asked: bool) -> None:
    offered = MediationOffered(at=MONDAY, side=side, words="Would they?")
    text = last_letter(report(MONDAY, about=warned.PAT), offered).text
    assert ("find out who told us" in text) is asked


def test_a_draft_says_so_on_page_and_in_text_and_nothing_else_is_changed() -> None:
    draft, sent = last_letter(report(MONDAY), DIARY, draft=True), last_letter(report(MONDAY), DIARY)
    assert draft.text == f"{DRAFT}\n\n{sent.text}"
    assert text_of(draft.pdf).replace("Draft:notsent", "", 1) == text_of(sent.pdf)
    assert "Draft" not in sent.text


@pytest.mark.parametrize("more", [{"large_print": True}, {"plain_text": True}])
def test_sheets_come_in_large_print_and_plain_too(more: dict[str, bool]) -> None:
    assert "Howitaffectedyou" in text_of(last_letter(report(MONDAY), DIARY, **more).pdf)
