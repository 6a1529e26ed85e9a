"""A letter that the mail server had taken and could not deliver has told nobody."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.deadlines.writing import why_not_written
from policy.duties import duties
from policy.facts.evidence import DiaryIssued, DiaryReturned
from policy.facts.letters import LetterKind, LetterRefused
from policy.facts.needs import SafeContact
from policy.facts.people import Means, Person
from policy.letters_owed import LetterState
from policy.refusals import CaseNotReadyToClose, LetterNotOwed
from tests.given import EDITION, assessed, case_of, contact, london, record, report
from tests.policy import happenings as h
from tests.policy.coming_back import came_back

MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
LATER = MONDAY + 5 * HOUR
BY_MAIL = Person(name="Rowan Example", email="rowan@example.org", prefers=Means.EMAIL)
BOTH = BY_MAIL.model_copy(update={"address": ("2 Invented Row", "Sevenoaks")})


def told(reader: Person) -> CaseFile:
    """A case that its closing letter has just told."""
    file = case_of(report(MONDAY, complainant=reader))
    file = h.recorded(file, h.sent(MONDAY + HOUR, "acknowledgement"))
    for fact in (contact(MONDAY + HOUR), assessed(MONDAY + HOUR), h.proposal(MONDAY + HOUR)):
        file = record(file, fact)
    return h.recorded(file, h.sent(MONDAY + 2 * HOUR, closing_letter(file)))


def closing_letter(file: CaseFile) -> str:
    assert file.proposed is not None
    return file.proposed.letter


def the_closing_letter_came_back(file: CaseFile) -> CaseFile:
    assert file.proposed is not None
    fact = came_back(LATER, closing_letter(file), LetterKind.CLOSING_LETTER, file.proposed.about)
    return h.recorded(file, fact)


def asked(file: CaseFile) -> list[str]:
    return [one.owed for one in deadlines(file, EDITION) if one.key.startswith("letter:")]


def test_it_is_owed_again_by_post_and_that_address_is_not_written_to_any_more() -> None:
    file = h.recorded(told(BOTH), came_back(LATER, "acknowledgement", about="report"))
    [duty] = duties(file)
    assert (duty.kind, duty.means, duty.key) == ("acknowledgement", Means.POST, f"acknowledgement-{file.seq}")
    assert file.writes_by is Means.POST


@pytest.mark.parametrize(("told_at", "means"), [(3, Means.EMAIL), (0, Means.POST)], ids=["since", "before"])
def test_another_address_that_they_told_us_of_since_it_went_is_written_to(told_at: int, means: Means) -> None:
    """What a mail server says may come days later, and post lies where others find it."""
    moved = BOTH.model_copy(update={"email": "rowan@example.com"})
    file = h.recorded(told(BOTH), h.details(MONDAY + told_at * HOUR, moved))
    back = came_back(LATER, "acknowledgement", about="report").model_copy(update={"went_at": MONDAY + HOUR})
    file = h.recorded(file, back)
    assert [(duty.kind, duty.means) for duty in duties(file)] == [("acknowledgement", means)]


def test_without_another_way_somebody_asks_for_an_address() -> None:
    file = h.recorded(told(BY_MAIL), came_back(LATER, "acknowledgement", about="report"))
    assert not duties(file)
    assert asked(file) == ["Ask for another address: the acknowledgement came back"]
    file = record(file, h.details(LATER + HOUR, BOTH))
    assert [duty.kind for duty in duties(file)] == ["acknowledgement"]


def test_a_case_does_not_close_on_a_closing_letter_that_came_back() -> None:
    file = the_closing_letter_came_back(told(BOTH))
    with pytest.raises(CaseNotReadyToClose, match="closing letter sent"):
        record(file, h.closed(LATER + HOUR))
    [duty] = duties(file)
    assert duty.key == closing_letter(file)
    file = h.recorded(file, h.sent(LATER + HOUR, duty.key))
    assert record(file, h.closed(LATER + 2 * HOUR)).closed_at is not None


def test_a_case_that_has_closed_stays_closed_and_is_not_over() -> None:
    closed = record(told(BOTH), h.closed(MONDAY + 3 * HOUR))
    file = the_closing_letter_came_back(closed)
    assert file.closed_at == closed.closed_at
    assert not file.finished
    [duty] = duties(file)
    file = h.recorded(file, h.ready_to_post(LATER + HOUR, duty.key))
    assert asked(file) == ["Post the closing letter"]


def test_the_letter_of_a_closure_that_no_longer_stands_is_not_owed_again() -> None:
    file = told(BOTH)
    key = closing_letter(file)
    file = record(file, h.incident(LATER))
    file = h.recorded(file, came_back(LATER + HOUR, key, LetterKind.CLOSING_LETTER))
    assert not [one for one in file.letters.values() if one.kind is LetterKind.CLOSING_LETTER]
    assert file.writes_by is Means.POST


def test_one_in_doubt_that_comes_back_is_in_doubt_no_more() -> None:
    file = case_of(report(MONDAY, complainant=BOTH))
    file = h.recorded(file, h.in_doubt(MONDAY + HOUR, "acknowledgement"))
    file = h.recorded(file, came_back(LATER, "acknowledgement", about="report"))
    assert [duty.means for duty in duties(file)] == [Means.POST]


def test_what_has_not_gone_cannot_have_come_back() -> None:
    file = case_of(report(MONDAY, complainant=BOTH))
    with pytest.raises(LetterNotOwed, match="has not gone yet"):
        h.recorded(file, came_back(LATER, "acknowledgement"))


def safely(*means: Means) -> CaseFile:
    """A case whose complainant has a postal address that is not safe, and has been spoken to."""
    only = SafeContact(means=means)
    return case_of(report(MONDAY, complainant=BOTH, safe_contact=only), contact(MONDAY + HOUR))


def test_what_cannot_safely_go_again_is_told_by_speaking_and_another_address_asked_for() -> None:
    file = h.recorded(safely(Means.EMAIL, Means.PHONE), h.sent(MONDAY + HOUR, "acknowledgement"))
    file = h.recorded(file, came_back(LATER, "acknowledgement", about="report"))
    assert not duties(file)
    words = "Tell the complainant in a safe way what the acknowledgement says, and ask for another address"
    assert asked(file) == [words]
    assert asked(record(file, contact(LATER + HOUR))) == []
    another = BOTH.model_copy(update={"email": "rowan@example.com"})
    assert [duty.means for duty in duties(record(file, h.details(LATER + HOUR, another)))] == [Means.EMAIL]


def test_nor_does_what_the_server_would_not_take() -> None:
    file = h.recorded(safely(Means.EMAIL), LetterRefused(at=LATER, key="acknowledgement"))
    assert asked(file) == [
        "Tell the complainant in a safe way what the acknowledgement says, and ask for another address"
    ]


def test_it_is_owed_again_in_its_own_words() -> None:
    file = h.recorded(told(BOTH), came_back(LATER, "update-7", LetterKind.UPDATE, "asked"))
    back = came_back(LATER, "update-7", LetterKind.UPDATE, "asked").model_copy(update={"worded": "worded"})
    [duty] = duties(h.recorded(told(BOTH), back))
    assert duty.own_words == "worded"
    assert duties(file)[0].own_words is None


@pytest.mark.parametrize("returned", [False, True])
def test_sheets_of_a_diary_that_has_come_back_are_not_owed_again(returned: bool) -> None:
    file = case_of(report(MONDAY, complainant=BOTH), DiaryIssued(at=MONDAY + HOUR, words="Two weeks."))
    [(matter, sheets)] = [(one.matter, key) for key, one in file.letters.items() if one.matter]
    for key in ("acknowledgement", sheets):
        file = h.recorded(file, h.sent(MONDAY + HOUR, key))
    if returned:
        file = record(file, DiaryReturned(at=MONDAY + 2 * HOUR, matter=matter, words="Here."))
    back = came_back(LATER, sheets, LetterKind.DIARY_SHEETS, "issued").model_copy(update={"matter": matter})
    file = h.recorded(file, back)
    assert [duty.kind for duty in duties(file)] == ([] if returned else [LetterKind.DIARY_SHEETS])


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (LetterState.TO_TELL, "it is not safe to write to them: tell them in a safe way"),
        (LetterState.WITHHELD, "it is not safe to write to them: tell them in a safe way"),
        (LetterState.UNDELIVERABLE, "it came back, and there is no other address"),
        (LetterState.OWED, "something that it says is not recorded, or whom to write to"),
    ],
)
def test_it_says_why_there_is_nothing_to_read(state: LetterState, why: str) -> None:
    file = case_of(report(MONDAY, complainant=BOTH))
    letter = file.letters["acknowledgement"].model_copy(update={"state": state})
    assert why_not_written(file, letter) == why
