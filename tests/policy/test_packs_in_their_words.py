"""case-pack: what people wrote on our page and sent is read by who may have their words, and by nobody else."""

from typing import Any

import pytest

from policy.facts import Entry
from policy.facts.base import Actor, Role
from policy.facts.consequences import PerpetratorNotTold
from policy.facts.evidence import DiaryIssued, DiaryReturned, EvidenceKind, EvidenceReceived
from policy.facts.letters import LetterKind
from policy.facts.needs import DomesticAbuseRecognised
from policy.facts.safety import SafetyConsidered
from policy.packs.contents import SHEETS, LetterText, Pack
from policy.packs.readers import Reader
from policy.packs.staff import recorders
from tests.given import OFFICER, contact, entry
from tests.policy import happenings as h
from tests.policy import packed as p
from tests.policy.packed import packed

BY_LINK = Actor(id="link:5", role=Role.RESIDENT)
NUMBATS, BILBIES, POTOROOS = "Numbats", "Bilbies", "Potoroos"


def by_link(fact: Any, id_: str) -> Entry:
    return entry(fact, BY_LINK, p.AT + 2 * p.DAY, id_)


def diary(person: str | None = None) -> tuple[Any, ...]:
    """The case's twelfth entry and the thirteenth, with a recording that came with it."""
    return (
        DiaryIssued(at=p.AT + p.DAY, person=person, words="Write it down."),
        by_link(
            EvidenceReceived(at=p.AT + p.DAY, kind=EvidenceKind.RECORDING, words="Tamarins.", files=("f2",)), "x"
        ),
        by_link(DiaryReturned(at=p.AT + p.DAY, matter="diary-12", words="Sent by their private link."), "y"),
    )


def told(pack: Pack) -> str:
    return pack.model_dump_json()


@pytest.mark.parametrize(
    ("reader", "about"), [(Reader.COURT, None), (Reader.OMBUDSMAN, None), (Reader.SUBJECT, "complainant")]
)
def test_what_the_complainant_wrote_in_their_diary_is_read_as_their_words(
    reader: Reader, about: str | None
) -> None:
    pack = packed(reader, about, *diary())
    came = next(one for one in pack.chronology if one.number == "14")
    someone = "[somebody else]" if reader is Reader.SUBJECT else "[perpetrator 1]"
    assert [(one.label, one.words) for one in came.said] == [
        ("", "Sent by their private link."),
        ("1. Wednesday 5 March 2025", f"Numbats from {someone}."),
        ("At what time", "eleven"),
        ("What it did to them", "Bilbies."),
        ("Files with it", "entry 13"),
        ("2. No day given", "Potoroos."),
    ]
    assert came.masked


@pytest.mark.parametrize("about", ["perpetrator-1", "witness-1"])
def test_nobody_else_reads_it_who_asks_what_we_hold_about_them(about: str) -> None:
    pack = told(packed(Reader.SUBJECT, about, *diary()))
    assert not [words for words in (NUMBATS, BILBIES, POTOROOS, "Tamarins") if words in pack]


def test_a_diary_of_a_witness_is_theirs_and_its_words_are_not_for_the_ombudsman() -> None:
    assert POTOROOS in told(packed(Reader.SUBJECT, "witness-1", *diary("witness-1")))
    assert POTOROOS not in told(packed(Reader.SUBJECT, "complainant", *diary("witness-1")))
    assert POTOROOS not in told(packed(Reader.OMBUDSMAN, None, *diary("witness-1")))
    assert POTOROOS in told(packed(Reader.COURT, None, *diary("witness-1")))


def test_a_pack_of_what_was_before_it_came_back_has_nothing_of_it() -> None:
    assert POTOROOS not in told(packed(Reader.COURT, None, *diary()[:2]))


@pytest.mark.parametrize(("person", "theirs"), [("complainant", True), (None, True), ("witness-1", False)])
def test_what_they_sent_by_their_own_link_is_theirs(person: str | None, theirs: bool) -> None:
    came = EvidenceReceived(
        at=p.AT + p.DAY, person=person, kind=EvidenceKind.PHOTO, words="Ocelots.", files=("f1",)
    )
    pack = packed(Reader.SUBJECT, "complainant", by_link(came, "x"))
    assert ("Ocelots" in told(pack)) is theirs
    assert ([one.sha256 for one in pack.evidence] == ["ab" * 32]) is theirs
    assert "Ocelots" not in told(packed(Reader.SUBJECT, "complainant", came)), "an officer's words about it"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), True),
        ((PerpetratorNotTold(at=p.AT, reasons="Not safe."),), False),
        ((PerpetratorNotTold(at=p.AT, reasons="Not safe."), h.told_off(p.AT)), True),
        ((DomesticAbuseRecognised(at=p.AT, person="complainant", words="A look."),), False),
        (
            (
                SafetyConsidered(
                    at=p.AT + 2 * p.DAY, person="complainant", measures=(), in_danger=True, words="No."
                ),
            ),
            False,
        ),
    ],
)
def test_whoever_is_complained_about_hears_that_others_spoke_where_that_endangers_nobody(
    more: tuple[Any, ...], said: bool
) -> None:
    assert packed(Reader.SUBJECT, "perpetrator-1", *more).spoken_of is said


def test_of_nobody_else_is_it_said_whether_others_spoke() -> None:
    assert not packed(Reader.SUBJECT, "complainant").spoken_of
    assert not packed(Reader.SUBJECT, "witness-1").spoken_of


def test_members_of_staff_have_a_letter_that_stays_theirs() -> None:
    first, second = OFFICER, Actor(id="sam", role=Role.OFFICER)
    leads = Actor(id="lou", role=Role.SUPERVISOR)
    facts = [
        entry(contact(p.AT), who, p.AT + n * p.DAY, str(n))
        for n, who in enumerate((second, leads, first, BY_LINK))
    ]
    named = recorders(facts)
    assert named == {
        second: "officer A",
        leads: "supervisor A",
        first: "officer B",
        BY_LINK: "somebody who told us",
    }
    later = entry(contact(p.AT), Actor(id="ali", role=Role.OFFICER), p.AT + 9 * p.DAY, "9")
    assert recorders([later, *facts]).items() >= named.items()
    many = [entry(contact(p.AT), Actor(id=str(n), role=Role.OFFICER), p.AT, str(n)) for n in range(27)]
    assert list(recorders(many).values())[-2:] == ["officer Z", "officer AA"]
    assert {one.by for one in packed(Reader.COURT).chronology} == {"officer A"}


def test_blank_sheets_are_in_no_letter_of_a_pack_and_other_letters_stay_as_they_are() -> None:
    body = "Dear Rowan\n\nSheet 1\n\nDay: ____\nWhat happened: ____\n\nSheet 2\n\nDay: ____\n\nWeald & Downs"
    sent = LetterText(kind=LetterKind.DIARY_SHEETS, subject="Your reference", body=body)
    assert sent.read == f"Dear Rowan\n\n{SHEETS}\n\nWeald & Downs"
    agreement = sent.model_copy(update={"kind": LetterKind.AGREEMENT})
    assert agreement.read == body
