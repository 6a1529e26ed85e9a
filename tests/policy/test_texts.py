"""Text messages: to whom, that there is something, and never what. (needs-met, section 6)"""

from datetime import datetime, time, timedelta

import pytest

from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.duties import Outcome, SendLetter, came_of, duties, goes_from
from policy.facts import CaseFact
from policy.facts.assessing import Exclusion
from policy.facts.contact import ComplainantDetailsTold
from policy.facts.letters import LetterKind, LetterSent
from policy.facts.needs import NeedTold, SafeContact
from policy.facts.people import Means, Person
from policy.facts.wishing import ContactDeclined
from policy.letters_owed import LetterState
from policy.refusals import CaseNotReadyToClose, LetterNotOwed
from tests.given import EDITION, assessed, contact, empty_file, london, record, report
from tests.policy import happenings as h

MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
PHONE = "07700 900002"
PHONE_ONLY = Person(name="Jo Invented", phone=PHONE)
PREFERS = Person(name="Jo Invented", phone=PHONE, email="jo@example.org", prefers=Means.TEXT)
TEXT = "acknowledgement:text"


def case(*facts: CaseFact, texts: bool = True) -> CaseFile:
    file = empty_file(MONDAY.date()).with_(texts=texts)
    for fact in facts:
        file = record(file, fact)
    return file


def reported(complainant: Person = PHONE_ONLY, **more: object) -> CaseFact:
    return report(MONDAY, complainant=complainant, **more)


def texts_owed(file: CaseFile) -> list[SendLetter]:
    return [one for one in duties(file) if isinstance(one, SendLetter) and one.kind is LetterKind.TEXT_MESSAGE]


def came(file: CaseFile, outcome: Outcome, at: timedelta = HOUR) -> CaseFile:
    """What came of the only text that is owed."""
    (text,) = texts_owed(file)
    return h.recorded(file, came_of(text, outcome, MONDAY + at))


def need(**told: object) -> NeedTold:
    return NeedTold(at=MONDAY + HOUR, words="Told us so.", **told)


def owed(file: CaseFile) -> dict[str, str]:
    return {one.key: one.why for one in deadlines(file, EDITION) if one.key.startswith("letter:")}


def test_who_can_be_written_to_in_no_other_way_is_asked_to_ring() -> None:
    (text,) = duties(case(reported()))
    assert isinstance(text, SendLetter)
    assert (text.key, text.means, text.letter_follows, text.by_hand) == (TEXT, Means.TEXT, False, False)


def test_who_chose_texts_and_has_an_address_gets_the_letter_and_a_text_that_it_comes() -> None:
    letter, text = duties(case(reported(PREFERS)))
    assert isinstance(letter, SendLetter)
    assert isinstance(text, SendLetter)
    assert (letter.key, letter.means) == ("acknowledgement", Means.EMAIL)
    assert (text.key, text.means, text.letter_follows) == (TEXT, Means.TEXT, True)


@pytest.mark.parametrize(
    "complainant",
    [
        Person(name="R", email="r@example.org", phone=PHONE, prefers=Means.EMAIL),
        Person(name="R", email="r@example.org", phone=PHONE),
        Person(name="R", email="r@example.org", prefers=Means.TEXT),
        Person(name="R"),
    ],
)
def test_who_can_be_written_to_and_did_not_choose_it_or_has_no_number_is_not_texted(complainant: Person) -> None:
    assert texts_owed(case(reported(complainant))) == []


@pytest.mark.parametrize(
    ("phone", "texted"),
    [
        ("07700 900002", True),
        ("+44 (0)7700-900002", True),
        ("0044 7700 900002", True),
        ("+353 85 012 3456", True),
        ("01632 960001", False),
        ("+44 20 7946 0001", False),
        ("070 0090 0002", False),
        ("7700 900002", False),
    ],
)
def test_no_text_is_read_aloud_by_a_landline(phone: str, texted: bool) -> None:
    for complainant in (PHONE_ONLY, PREFERS):
        told = complainant.model_copy(update={"phone": phone})
        assert bool(texts_owed(case(reported(told)))) is texted


def test_nobody_is_texted_where_the_landlord_sends_none() -> None:
    assert duties(case(reported(), texts=False)) == []


@pytest.mark.parametrize(
    "safe",
    [
        SafeContact(means=(Means.PHONE,)),
        SafeContact(means=()),
        SafeContact(means=(Means.TEXT,), from_time=time(9)),
        SafeContact(means=(Means.TEXT,), until_time=time(17)),
    ],
)
@pytest.mark.parametrize("complainant", [PHONE_ONLY, PREFERS])
def test_a_text_that_is_not_safe_at_any_hour_is_not_sent(safe: SafeContact, complainant: Person) -> None:
    assert texts_owed(case(reported(complainant, safe_contact=safe))) == []


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (london(2023, 6, 5, 5, 43), london(2023, 6, 5, 8)),
        (london(2023, 6, 5, 21, 30), london(2023, 6, 6, 8)),
        (london(2023, 6, 5, 12), london(2023, 6, 5, 12)),
    ],
)
def test_no_text_goes_by_night(at: datetime, goes: datetime) -> None:
    (text,) = texts_owed(case(reported()))
    assert goes_from(text, at) == goes
    safely = reported(safe_contact=SafeContact(means=(Means.TEXT,)))
    assert goes_from(texts_owed(case(safely))[0], at) == goes


def test_who_may_safely_be_texted_alone_is_asked_to_ring_and_gets_no_letter() -> None:
    file = case(reported(PREFERS, domestic_abuse=True, safe_contact=SafeContact(means=(Means.TEXT,))))
    assert [(one.key, one.letter_follows) for one in texts_owed(file)] == [(TEXT, False)]
    assert file.letters["acknowledgement"].state is LetterState.WITHHELD


@pytest.mark.parametrize(
    "told",
    [
        need(kind="safe_contact", safe_contact=SafeContact(means=(Means.PHONE,))),
        need(kind="language", language="pl"),
        need(kind="sight", means=(Means.PHONE,)),
        ContactDeclined(at=MONDAY + HOUR, words="No calls, no letters."),
        ComplainantDetailsTold(at=MONDAY + HOUR, complainant=Person(name="Jo Invented", email="jo@example.org")),
    ],
)
def test_a_text_that_has_not_gone_is_taken_back_when_it_would_be_unsafe_or_unwanted(told: CaseFact) -> None:
    file = case(reported())
    assert texts_owed(file)
    assert texts_owed(record(file, told)) == []


def test_a_number_that_takes_none_is_for_a_person_and_is_not_texted_again() -> None:
    file = came(case(reported()), Outcome.REFUSED)
    assert owed(file).keys() == {f"letter:{TEXT}"}
    assert "Speak to the complainant: no text message can reach them" in owed(file)[f"letter:{TEXT}"]
    file = record(file, assessed(MONDAY + HOUR, exclusion=Exclusion.TIT_FOR_TAT))
    assert texts_owed(file) == []
    assert owed(record(file, contact(MONDAY + 2 * HOUR))) == {}


def test_another_number_is_texted_anew() -> None:
    file = came(case(reported()), Outcome.REFUSED)
    other = PHONE_ONLY.model_copy(update={"phone": "07700 900003"})
    file = record(file, ComplainantDetailsTold(at=MONDAY + 2 * HOUR, complainant=other))
    (text,) = texts_owed(file)
    assert text.key != TEXT
    assert owed(file) == {}


def test_one_in_doubt_is_found_out_and_goes_again_only_where_somebody_says_that_it_did_not() -> None:
    file = came(case(reported()), Outcome.IN_DOUBT)
    assert texts_owed(file) == []
    assert owed(file).keys() == {f"letter:{TEXT}"}
    assert "Find out whether the text message went" in owed(file)[f"letter:{TEXT}"]
    (again,) = texts_owed(record(file, h.not_sent(MONDAY + 2 * HOUR, TEXT)))
    assert again.key != TEXT
    with pytest.raises(LetterNotOwed, match="by text"):
        record(file, LetterSent(at=MONDAY + 2 * HOUR, key=TEXT, means=Means.POST))
    went = record(file, LetterSent(at=MONDAY + 2 * HOUR, key=TEXT, means=Means.TEXT))
    assert TEXT not in went.letters
    assert TEXT not in record(file, contact(MONDAY + 2 * HOUR)).letters


def test_a_text_is_not_telling_why_a_case_closes() -> None:
    file = case(reported(), contact(MONDAY + HOUR), assessed(MONDAY + HOUR))
    file = came(file, Outcome.SENT, 2 * HOUR)
    file = record(file, h.proposal(MONDAY + 3 * HOUR))
    file = came(file, Outcome.SENT, 4 * HOUR)
    assert file.proposed is not None
    assert file.proposed.told_at is None
    with pytest.raises(CaseNotReadyToClose, match="speaking to them"):
        record(file, h.closed(MONDAY + 5 * HOUR))
    file = record(file, contact(MONDAY + 5 * HOUR))
    assert record(file, h.closed(MONDAY + 6 * HOUR)).closed_at is not None


def test_the_text_goes_with_the_letter_and_is_not_the_letter() -> None:
    file = case(reported(PREFERS), contact(MONDAY + HOUR), assessed(MONDAY + HOUR), h.proposal(MONDAY + HOUR))
    assert file.proposed is not None
    text = f"{file.proposed.letter}:text"
    assert text in file.letters
    file = h.recorded(file, LetterSent(at=MONDAY + 2 * HOUR, key=text, means=Means.TEXT))
    with pytest.raises(CaseNotReadyToClose, match="closing letter sent"):
        record(file, h.closed(MONDAY + 3 * HOUR))
    proposed = case(reported(PREFERS), contact(MONDAY + HOUR), assessed(MONDAY + HOUR), h.proposal(MONDAY + HOUR))
    assert text not in record(proposed, h.incident(MONDAY + 2 * HOUR)).letters


def test_a_letter_made_out_again_is_not_announced_twice() -> None:
    by_post = Person(name="Jo Invented", phone=PHONE, address=("2 Invented Row",), prefers=Means.TEXT)
    file = came(case(reported(by_post)), Outcome.SENT)
    file = h.recorded(file, h.ready_to_post(MONDAY + HOUR, "acknowledgement"))
    file = record(file, h.not_sent(MONDAY + 2 * HOUR, "acknowledgement"))
    assert texts_owed(file) == []
    assert len(duties(file)) == 1


def test_what_was_agreed_by_telephone_brings_nobody_a_text_who_gets_no_letter() -> None:
    file = came(case(reported()), Outcome.SENT)
    file = record(file, h.appointment(MONDAY + 2 * HOUR))
    assert texts_owed(file) == []


def test_a_text_is_no_wrong_way() -> None:
    file = case(reported(PREFERS))
    sent = LetterSent(at=MONDAY + HOUR, key=TEXT, means=Means.TEXT)
    assert h.recorded(file, sent).wrong_way_since == {}
