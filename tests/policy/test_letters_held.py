"""A letter can be held, given its own words and let go; it goes by itself when its hours are over."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.duties import SendLetter, duties
from policy.facts import CaseFact
from policy.facts.base import SYSTEM
from policy.facts.consequences import ClosingDiscussed
from policy.facts.evidence import DiaryIssued
from policy.facts.letters import LetterHeld, LetterKind, LetterReleased, LetterWorded
from policy.facts.mediating import MediationOffered, Side
from policy.facts.needs import Adjustment, NeedTold, SafeContact
from policy.facts.people import Means
from policy.facts.ruling import DeadlineMissed
from policy.facts.wishing import ContactDeclined, ContactWanted
from policy.folding import after
from policy.letters_owed import LetterState
from policy.refusals import CaseNotReadyToClose, LetterMayIdentify, LetterNotOwed
from policy.rules import refusal_now
from tests.given import EDITION, assessed, case_of, contact, entry, london, report
from tests.policy import happenings as h
from tests.policy.random_letters import asked_for, held, released, worded
from tests.policy.warned import PAT

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
KEY = "update-3"
OFFERED = MediationOffered(at=MONDAY, side=Side.PERPETRATOR, words="Would they?")
BY_PHONE = SafeContact(means=(Means.PHONE,))


def a_held_one(*more: CaseFact) -> CaseFile:
    file = h.recorded(case_of(report(MONDAY, about=PAT)), h.sent(MONDAY, "acknowledgement"))
    return h.recorded(file, asked_for(MONDAY, held=True), *more)


def to_go(file: CaseFile) -> list[SendLetter]:
    return [one for one in duties(file) if isinstance(one, SendLetter)]


def test_a_held_letter_waits_and_is_owed_a_look() -> None:
    file = a_held_one()
    assert to_go(file) == []
    owed = h.owed(file)[f"letter:{KEY}"]
    assert owed.due == MONDAY + timedelta(hours=EDITION.letters.held_hours)
    assert "goes by itself" in owed.owed


def test_it_goes_when_it_is_let_go_and_says_that_somebody_looked() -> None:
    file = a_held_one(released(MONDAY + DAY, KEY))
    assert [(one.key, one.automatic) for one in to_go(file)] == [(KEY, False)]
    assert f"letter:{KEY}" not in h.owed(file)


def test_it_goes_by_itself_when_its_hours_are_over() -> None:
    file = case_of(report(MONDAY), DiaryIssued(at=MONDAY, words="Nights."))
    file = h.recorded(file, held(MONDAY, "diary-sheets-2"))
    key = "diary-sheets-2-3"
    due = h.owed(file)[f"letter:{key}"]
    missed = DeadlineMissed(at=due.due, key=due.key, row=due.row, due=due.due)
    (letter,) = [one for one in to_go(h.recorded(file, missed)) if one.kind is LetterKind.DIARY_SHEETS]
    assert letter.automatic


def test_the_words_that_were_written_last_are_its_own() -> None:
    file = a_held_one()
    before = file.letters[KEY].worded
    file = h.recorded(file, worded(MONDAY, KEY))
    assert file.letters[KEY].worded not in {None, before}
    (letter,) = to_go(h.recorded(file, released(MONDAY, KEY)))
    assert letter.own_words == file.letters[KEY].worded


@pytest.mark.parametrize("became", [None, h.ready_to_post, h.held_up])
def test_what_is_to_go_or_to_be_posted_can_be_held_and_is_made_out_again(
    became: Callable[[datetime, str], CaseFact] | None,
) -> None:
    file = case_of(report(MONDAY), DiaryIssued(at=MONDAY, words="Nights."))
    if became is not None:
        file = h.recorded(file, became(MONDAY, "diary-sheets-2"))
    file = h.recorded(file, held(MONDAY, "diary-sheets-2"))
    assert "diary-sheets-2" not in file.letters
    (key,) = [key for key, one in file.letters.items() if one.state is LetterState.HELD]
    assert file.letters[key].matter == "diary-2"


def test_an_acknowledgement_is_never_held() -> None:
    file = case_of(report(MONDAY))
    with pytest.raises(LetterNotOwed):
        h.recorded(file, held(MONDAY, "acknowledgement"))
    assert refusal_now(file, LetterHeld, EDITION) is not None


def test_nothing_else_is_held_worded_or_let_go() -> None:
    file = a_held_one()
    doubtful = h.recorded(a_held_one(released(MONDAY, KEY)), h.in_doubt(MONDAY, KEY))
    for fact, on in (
        (held(MONDAY, KEY), doubtful),
        (held(MONDAY, KEY), file),
        (released(MONDAY, "update-9"), file),
        (released(MONDAY, KEY), doubtful),
        (worded(MONDAY, KEY), doubtful),
    ):
        with pytest.raises(LetterNotOwed):
            h.recorded(on, fact)
    for kind in (LetterReleased, LetterWorded):
        assert refusal_now(doubtful, kind, EDITION) is not None
        assert refusal_now(file, kind, EDITION) is None


def test_a_letter_of_recorded_reasons_is_given_no_other_words() -> None:
    file = h.recorded(case_of(report(MONDAY, about=PAT)), h.told_off(MONDAY))
    (key,) = [key for key, one in file.letters.items() if one.kind is LetterKind.TO_PERPETRATOR]
    file = h.recorded(file, held(MONDAY, key))
    (key,) = [key for key, one in file.letters.items() if one.state is LetterState.HELD]
    assert refusal_now(file, LetterWorded, EDITION) is not None
    with pytest.raises(LetterNotOwed):
        h.recorded(file, worded(MONDAY, key))


def test_words_for_the_other_side_give_nobody_away() -> None:
    from_us = h.recorded(a_held_one(), OFFERED)
    (key,) = [key for key, one in from_us.letters.items() if one.kind is LetterKind.MEDIATION_OFFER]
    file = h.recorded(from_us, held(MONDAY, key))
    (key,) = [key for key, one in file.letters.items() if one.kind is LetterKind.MEDIATION_OFFER]
    with pytest.raises(LetterMayIdentify):
        h.recorded(file, worded(MONDAY, key).model_copy(update={"nothing_identifies": False}))
    assert h.recorded(file, worded(MONDAY, key)).letters[key].worded


def test_whoever_needs_it_another_way_is_not_sent_it_before_it_was_looked_at() -> None:
    large = NeedTold(at=MONDAY, kind="reading", adjustments=(Adjustment.LARGE_PRINT,), words="Big letters.")
    file = a_held_one(worded(MONDAY, KEY), large)
    ((key, letter),) = file.letters.items()
    assert (key != KEY, letter.state, letter.since) == (True, LetterState.HELD, MONDAY)
    assert letter.worded is not None
    unsafe = NeedTold(at=MONDAY, kind="safe_contact", safe_contact=BY_PHONE, words="Ring.")
    assert [one.state for one in a_held_one(unsafe).letters.values()] == [LetterState.WITHHELD]


def test_who_wants_no_letters_gets_no_held_one_and_hears_of_it_when_they_want_to() -> None:
    no_more = ContactDeclined(at=MONDAY, words="Leave me be.")
    file = a_held_one(no_more)
    assert [one.state for one in file.letters.values()] == [LetterState.SET_ASIDE]
    again = h.recorded(file, ContactWanted(at=MONDAY + DAY, words="Do tell me."))
    assert [one.worded is not None for one in again.letters.values()] == [True]


def test_nobody_says_that_a_held_letter_went() -> None:
    file = a_held_one()
    with pytest.raises(LetterNotOwed):
        h.recorded(file, h.sent(MONDAY, KEY), by=h.ANOTHER_OFFICER)


def test_a_closing_letter_that_is_held_keeps_the_case_open() -> None:
    said = ClosingDiscussed(at=MONDAY, agrees=True, words="Fine.")
    told = h.recorded(case_of(report(MONDAY)), contact(MONDAY), assessed(MONDAY), said, h.proposal(MONDAY))
    (key,) = [key for key, one in told.letters.items() if one.kind is LetterKind.CLOSING_LETTER]
    file = h.recorded(told, held(MONDAY, key))
    with pytest.raises(CaseNotReadyToClose):
        h.recorded(file, h.closed(MONDAY))
    assert file.proposed is not None
    went = h.recorded(file, released(MONDAY, file.proposed.letter), h.sent(MONDAY, file.proposed.letter))
    assert h.recorded(went, h.closed(MONDAY)).closed_at == MONDAY


def test_one_that_went_while_somebody_held_it_does_not_go_again() -> None:
    """The mail server had it already: that it went is recorded under the key that it had."""
    file = h.recorded(case_of(report(MONDAY)), h.sent(MONDAY, "acknowledgement"), asked_for(MONDAY))
    [duty] = to_go(file)
    file = h.recorded(file, held(MONDAY, duty.key))
    file = after(file, entry(h.sent(MONDAY, duty.key), SYSTEM), EDITION)
    assert not file.letters
    assert not to_go(file)


def test_one_that_may_have_gone_while_somebody_held_it_is_for_a_person() -> None:
    file = h.recorded(case_of(report(MONDAY)), h.sent(MONDAY, "acknowledgement"), asked_for(MONDAY))
    [duty] = to_go(file)
    file = h.recorded(file, held(MONDAY, duty.key))
    file = after(file, entry(h.in_doubt(MONDAY, duty.key), SYSTEM), EDITION)
    [letter] = file.letters.values()
    assert letter.state is LetterState.IN_DOUBT
    assert not to_go(file)
