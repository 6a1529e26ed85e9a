"""Whose private link opens, what is asked first, and what they may read of their own case."""

from datetime import timedelta
from typing import Any

import pytest

from policy.care import SafeWay
from policy.facts import FACT_TYPES, Actor, Entry
from policy.facts.assessing import Exclusion
from policy.facts.base import Role
from policy.facts.closing import CaseClosed, Closing
from policy.facts.contact import AppointmentOffered, ContactMade, PersonContacted, PoliceAdvised
from policy.facts.evidence import DiaryIssued, DiaryReturned
from policy.facts.letters import LetterAskedFor, LetterKind, LetterSent
from policy.facts.needs import SafeContact
from policy.facts.parts import Part
from policy.facts.people import Means
from policy.facts.promising import ActionPlanned, Chased, PromiseMade
from policy.facts.reporting import Channel, IncidentReported, Reporter
from policy.own_timeline import SHOWN, names_whose, own_line, own_plan
from policy.plan import Planned
from policy.private_links import Asks, LinkPurpose, opens, second_fact
from tests.given import assessed, case_of, entry, london, report
from tests.policy.happenings import recorded, taken_on

DAY = london(2023, 6, 1)
CASE = case_of(report(DAY))
BY_EMAIL = SafeContact(means=(Means.EMAIL,))


def test_a_link_opens_for_whoever_is_affected_while_the_case_is_open() -> None:
    assert opens(CASE, LinkPurpose.MY_CASE, "complainant")
    assert not opens(CASE, LinkPurpose.MY_CASE, "perpetrator-1")
    assert not opens(CASE, LinkPurpose.MY_CASE, "witness-2")
    assert not opens(CASE.with_(closed_at=DAY), LinkPurpose.MY_CASE, "complainant")


@pytest.mark.parametrize("means", [(), (Means.EMAIL,)], ids=["no safe way is known", "one is"])
def test_a_link_opens_where_a_safe_way_is_known(means: tuple[Means, ...]) -> None:
    file = CASE.with_(safe_ways={"complainant": SafeWay(told_at=DAY, means=means)})
    assert opens(file, LinkPurpose.MY_CASE, "complainant") is bool(means)


def test_no_link_opens_with_domestic_abuse_whatever_way_is_safe() -> None:
    assert not opens(
        case_of(report(DAY, domestic_abuse=True, safe_contact=BY_EMAIL)), LinkPurpose.MY_CASE, "complainant"
    )


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("0001", True),
        ("\u0660\u0660\u0660\u0661", True),
        ("01632 960-001", True),
        ("+44 1632 960001", True),
        ("0002", False),
        ("", False),
        ("1", False),
    ],
)
def test_the_last_digits_of_a_telephone_number_are_taken_however_they_are_typed(typed: str, right: bool) -> None:
    known = second_fact(("1 Invented Street", "TN13 1AA"), "01632 960001")
    assert known is not None
    assert (known.asks, known.as_given(typed) == known.answer) == (Asks.PHONE, right)


@pytest.mark.parametrize(
    "lines", [("1 Invented Street", "Sevenoaks TN13 1AA"), ("1 Invented Street, tn131aa", "Kent")]
)
def test_a_postcode_is_found_in_an_address_and_taken_however_it_is_typed(lines: tuple[str, ...]) -> None:
    known = second_fact(lines, None)
    assert known is not None
    assert known.asks is Asks.POSTCODE
    assert known.as_given(" tn13-1aa ") == known.answer == "TN131AA"


@pytest.mark.parametrize(("address", "phone"), [((), None), (("1 Invented Street",), "999"), ((), "")])
def test_where_we_know_neither_nothing_is_asked(address: tuple[str, ...], phone: str | None) -> None:
    assert second_fact(address, phone) is None


OF_OTHERS = [
    PersonContacted(at=DAY, person="perpetrator-1", means=Means.PHONE, words="He says she began."),
    PromiseMade(at=DAY, person="witness-2", words="We move the camera."),
    PromiseMade(at=DAY, words="We ring him."),
    PoliceAdvised(at=DAY, person="victim-2", means=Means.PHONE, words="Told."),
    AppointmentOffered(at=DAY, person="victim-2", means=Means.PHONE, appointment_at=DAY, words="Offered."),
    LetterSent(at=DAY, key="to-perpetrator-4", means=Means.POST),
    LetterSent(at=DAY, key="warning-7", means=Means.POST),
    LetterSent(at=DAY, key="warning-taken-back-9", means=Means.POST),
    IncidentReported(at=DAY, channel=Channel.PHONE, reporter=Reporter.WITNESS, words="I saw it."),
    ActionPlanned(at=DAY, words="Interview the neighbour."),
]


@pytest.mark.parametrize("fact", OF_OTHERS, ids=lambda fact: f"{fact.fact}-{getattr(fact, 'key', '')}")
def test_nothing_of_others_is_a_line_of_ones_own(fact: Any) -> None:
    assert own_line(CASE, "complainant", entry(fact)) is None


def test_what_was_told_to_them_is_and_nobody_s_words_about_it() -> None:
    told = [
        entry(report(DAY)),
        entry(ContactMade(at=DAY, means=Means.PHONE, words="She says that flat 4 is dealing.")),
        entry(PromiseMade(at=DAY, person="complainant", words="We ring you on Tuesday.")),
        entry(LetterSent(at=DAY, key="acknowledgement", means=Means.EMAIL)),
        entry(IncidentReported(at=DAY, channel=Channel.PHONE, words="Again.")),
    ]
    lines = [own_line(CASE, "complainant", one) for one in told]
    assert [line and line.said for line in lines] == [
        "You told us about this.",
        "We were in touch with you by telephone.",
        "We promised you: We ring you on Tuesday.",
        "We wrote to you by e-mail to say that we have your report.",
        "You told us that it happened again.",
    ]
    assert [own_line(CASE, "witness-2", one) for one in told] == [None] * 5


def test_a_kind_of_fact_that_nobody_thought_of_shows_nothing() -> None:
    assert set(SHOWN) < set(FACT_TYPES)
    assert len(SHOWN) == 15
    closed = CaseClosed(at=DAY + timedelta(days=1), closing=Closing.DEALT_WITH, reasons="Done.")
    assert own_line(CASE, "complainant", entry(closed)) is None


def test_what_they_did_not_agree_to_or_agencies_did_among_themselves_is_in_nobody_s_own_plan() -> None:
    ours = Planned(key="action-2", words="We fit a lock.", begun_at=DAY, agreed=True)
    theirs = [
        ours.model_copy(update=more) for more in ({"agency": "police"}, {"group": "group-3"}, {"agreed": False})
    ]
    assert own_plan("complainant", [ours, *theirs]) == (ours,)
    assert own_plan("witness-2", [ours]) == ()


def test_what_somebody_told_by_their_link_is_theirs_and_nobody_else_s() -> None:
    file = recorded(CASE, taken_on(DAY, "witness-1", Part.WITNESS))
    told = IncidentReported(
        at=DAY, channel=Channel.WEB, reporter=Reporter.WITNESS, told_by="witness-1", words="I saw it."
    )
    line = own_line(file, "witness-1", entry(told))
    assert line is not None
    assert line.said == "You told us that it happened again."
    assert own_line(file, "complainant", entry(told)) is None
    assert own_line(file, "witness-1", entry(told.model_copy(update={"told_on": "CW-2023-000009"}))) is None


@pytest.mark.parametrize(
    ("phone", "typed", "counts"),
    [
        ("01632 960001", "999", False),
        ("01632 960001", "my number", False),
        ("01632 960001", "9999", True),
        (None, "TN13", False),
        (None, "M1 1AE", True),
    ],
)
def test_what_cannot_be_right_is_no_guess(phone: str | None, typed: str, counts: bool) -> None:
    known = second_fact(("1 Invented Street, TN13 1AA",), phone)
    assert known is not None
    assert known.is_a_guess(typed) is counts


def sent(key: str) -> LetterSent:
    return LetterSent(at=DAY, key=key, means=Means.POST)


BY_LINK = Actor(id="link:1", role=Role.RESIDENT)
WHOSE = {4: "complainant", 5: "witness-1"}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (entry(Chased(at=DAY, words="Ring me.")), "You asked us how things stand."),
        (entry(Chased(at=DAY, words="Asks us to ring them."), BY_LINK), "You asked us to ring you."),
        (entry(assessed(DAY)), "We looked at how serious this is, and deal with it as anti-social behaviour."),
        (entry(assessed(DAY, serious=True)), "We looked at how serious this is, and treat it as serious."),
        (entry(assessed(DAY, exclusion=Exclusion.ONE_OFF)), "We looked at how serious this is."),
        (entry(DiaryIssued(at=DAY, words="Each night.")), "We asked you to keep a diary."),
        (entry(DiaryReturned(at=DAY, matter="diary-4", words="Sent."), BY_LINK), "You sent us your diary."),
        (entry(DiaryReturned(at=DAY, matter="diary-4", words="By post.")), "We got your diary back."),
        (entry(sent("update-4")), "We wrote to you by post to say how things stand."),
        (entry(sent("update-4-9")), "We wrote to you by post to say how things stand."),
        (entry(sent("diary-sheets-4")), "We wrote to you by post with sheets for your diary."),
        (entry(sent("referral-notice-7")), "We wrote to you by post to say whom we asked to help you."),
        (entry(sent("appointment-7")), "We wrote to you by post to say when we can meet."),
    ],
)
def test_what_was_done_with_them_is_said_in_plain_words(told: Entry, said: str) -> None:
    line = own_line(CASE, "complainant", told, WHOSE)
    assert line is not None
    assert line.said == said
    assert own_line(CASE, "witness-2", told, WHOSE) is None


@pytest.mark.parametrize("key", ["update-5", "hearing-5", "update-6", "notice-cover-4", "nonsense", "update-4x"])
def test_a_letter_that_was_asked_for_is_for_whoever_was_named(key: str) -> None:
    assert own_line(CASE, "complainant", entry(sent(key)), WHOSE) is None
    theirs = own_line(CASE, "witness-1", entry(sent(key)), WHOSE)
    assert (theirs is not None) is (key in {"update-5", "hearing-5"})


def test_a_diary_of_somebody_else_is_theirs_alone() -> None:
    back = entry(DiaryReturned(at=DAY, matter="diary-5", words="Sent."), BY_LINK)
    assert own_line(CASE, "complainant", back, WHOSE) is None
    assert own_line(CASE, "witness-1", back, WHOSE) is not None
    issued = DiaryIssued(at=DAY, person="witness-1", words="Each night.")
    assert own_line(CASE, "complainant", entry(issued)) is None
    asked = LetterAskedFor(at=DAY, kind=LetterKind.UPDATE, person="witness-1", own_words="We write.")
    assert (names_whose(issued), names_whose(asked), names_whose(report(DAY))) == ("witness-1", "witness-1", None)
