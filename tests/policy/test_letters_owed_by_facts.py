"""Letters that are owed by what was recorded, and those that an officer asks for: to whom, and when not."""

from datetime import timedelta
from typing import Any

import pytest

from policy.case_file import CaseFile
from policy.duties import SendLetter, duties
from policy.facts import CaseFact
from policy.facts.agreeing import AgreementKind, AgreementProposed
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.consequences import ABOUT
from policy.facts.contact import AppointmentOffered
from policy.facts.disclosing import Gateway
from policy.facts.evidence import DiaryGivenUp, DiaryIssued
from policy.facts.hearings import HearingListed, HearingVacated
from policy.facts.letters import LetterKind
from policy.facts.mediating import MediationAgreed, MediationOffered, Side
from policy.facts.needs import Adjustment, NeedTold, SafeContact
from policy.facts.parts import Part
from policy.facts.people import Means, Party, Person
from policy.facts.referring import ReferralMoved, ReferralTold
from policy.facts.wishing import ContactDeclined
from policy.legal_action.windows import Ground
from policy.letters_owed import LetterState
from policy.referral.codes import ReferralStage
from policy.refusals import KeyDoesNotFit, LetterMayIdentify, PersonCannotBeWrittenTo
from tests.given import BY_POST, ROWAN, SUPERVISOR, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy import warned
from tests.policy.random_letters import asked_for
from tests.policy.test_referrals_on_a_case import proposed as referral

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
BY_PHONE = SafeContact(means=(Means.PHONE,))
THEM = Party(name="Someone Else", address=("3 Invented Row",))
NEW = {LetterKind.APPOINTMENT, LetterKind.DIARY_SHEETS, LetterKind.MEDIATION_OFFER, LetterKind.UPDATE}


def a_case(*facts: CaseFact, complainant: Person | None = ROWAN, about: Party | None = THEM) -> CaseFile:
    return h.recorded(case_of(report(MONDAY, complainant=complainant, about=about)), *facts)


def going(file: CaseFile, kind: LetterKind) -> list[SendLetter]:
    return [one for one in duties(file) if isinstance(one, SendLetter) and one.kind is kind]


def appointment(days: float, means: Means = Means.PHONE) -> AppointmentOffered:
    at = MONDAY + days * DAY
    return AppointmentOffered(at=MONDAY, means=means, appointment_at=at, words="Agreed.")


DIARY = DiaryIssued(at=MONDAY, words="Nights.")
HEARING = HearingListed(at=MONDAY, on=(MONDAY + 21 * DAY).date(), court="The court")
EFFECT = h.effect(MONDAY)
AGREEMENT = AgreementProposed(at=MONDAY, kind=AgreementKind.ACCEPTABLE_BEHAVIOUR, words="Put to them.")


@pytest.mark.parametrize(
    ("complainant", "days", "means", "written"),
    [
        (ROWAN, 1, Means.PHONE, True),
        (ROWAN, 0.2, Means.PHONE, False),
        (ROWAN, 1, Means.EMAIL, False),
        (BY_POST, 4, Means.PHONE, True),
        (BY_POST, 3, Means.PHONE, False),
        (Person(phone="01632 960001"), 9, Means.PHONE, False),
    ],
)
def test_an_appointment_is_confirmed_where_the_letter_comes_before_the_day(
    complainant: Person, days: float, means: Means, *, written: bool
) -> None:
    file = a_case(appointment(days, means), complainant=complainant)
    assert bool(going(file, LetterKind.APPOINTMENT)) is written


def test_of_two_appointments_that_are_not_confirmed_yet_only_the_last_is() -> None:
    file = a_case(appointment(5), appointment(9))
    assert [one.key for one in going(file, LetterKind.APPOINTMENT)] == ["appointment-3"]


def test_a_diary_goes_out_as_sheets_to_whoever_reported() -> None:
    (letter,) = going(a_case(DIARY), LetterKind.DIARY_SHEETS)
    assert (letter.row, letter.to, letter.automatic) == ("incident-diaries", "complainant", True)
    for_another = DIARY.model_copy(update={"person": ABOUT})
    assert not going(a_case(for_another), LetterKind.DIARY_SHEETS)


def test_sheets_for_a_diary_that_was_given_up_do_not_go() -> None:
    file = a_case(DIARY)
    file = h.recorded(file, DiaryGivenUp(at=MONDAY, matter="diary-2", reasons="It stopped."))
    assert not going(file, LetterKind.DIARY_SHEETS)


@pytest.mark.parametrize(("side", "reader"), [(Side.COMPLAINANT, "complainant"), (Side.PERPETRATOR, ABOUT)])
def test_mediation_is_offered_in_writing_to_the_side_that_it_is_offered_to(side: Side, reader: str) -> None:
    offered = MediationOffered(at=MONDAY, side=side, words="Would they?")
    file = a_case(offered)
    assert [one.to for one in going(file, LetterKind.MEDIATION_OFFER)] == [reader]
    answered = h.recorded(file, MediationAgreed(at=MONDAY, matter="mediation-offer-2", words="Yes."))
    assert not going(answered, LetterKind.MEDIATION_OFFER)
    if side is Side.PERPETRATOR:
        assert not going(a_case(offered, about=None), LetterKind.MEDIATION_OFFER)


@pytest.mark.parametrize("letter", [DIARY, appointment(9), asked_for(MONDAY)])
def test_none_of_them_goes_to_somebody_who_wants_none_or_where_it_is_not_safe(letter: CaseFact) -> None:
    unwanted = a_case(letter, ContactDeclined(at=MONDAY, words="Leave me be."))
    assert not [one for one in duties(unwanted) if one.kind in NEW]
    assert {one.state for one in unwanted.letters.values()} == {LetterState.SET_ASIDE}
    unsafe = NeedTold(
        at=MONDAY, kind="safe_contact", safe_contact=SafeContact(means=(Means.PHONE,)), words="Ring."
    )
    withheld = a_case(unsafe, letter)
    assert {one.state for one in withheld.letters.values()} == {LetterState.WITHHELD}


def test_they_go_as_their_reader_needs_them() -> None:
    large = NeedTold(at=MONDAY, kind="reading", adjustments=(Adjustment.LARGE_PRINT,), words="Big letters.")
    assert all(one.large_print for one in duties(a_case(large, DIARY)) if isinstance(one, SendLetter))
    polish = NeedTold(at=MONDAY, kind="reading", language="pl", words="In Polish.")
    assert all(one.by_hand for one in duties(a_case(polish, DIARY)) if isinstance(one, SendLetter))


def test_an_update_in_writing_is_contact_and_no_first_contact() -> None:
    spoken = a_case(contact(MONDAY), asked_for(MONDAY + DAY))
    (letter,) = going(spoken, LetterKind.UPDATE)
    assert not letter.automatic
    told = h.recorded(spoken, h.sent(MONDAY + 2 * DAY, letter.key))
    assert told.last_contact_at == MONDAY + 2 * DAY
    never = a_case(asked_for(MONDAY))
    assert h.recorded(never, h.sent(MONDAY, "update-2")).first_contact_at is None


def test_the_cover_of_a_notice_waits_for_a_person_who_puts_the_law_s_own_form_with_it() -> None:
    of_an_agreement = a_case(EFFECT, AGREEMENT, asked(LetterKind.AGREEMENT, "agreement-3"))
    assert not going(of_an_agreement, LetterKind.AGREEMENT)[0].by_hand
    file = h.recorded(warned.warned_by_post(), warned.notice(MONDAY + 6 * DAY, Ground.GROUND_14))
    cover = asked_for(MONDAY + 6 * DAY, LetterKind.NOTICE_COVER, "notice-7", ABOUT, nothing_identifies=True)
    with pytest.raises(KeyDoesNotFit):
        h.recorded(file, cover)
    file = h.recorded(file, warned.agreed(MONDAY + 6 * DAY, "notice-7"), by=SUPERVISOR)
    (letter,) = going(h.recorded(file, cover), LetterKind.NOTICE_COVER)
    assert (letter.by_hand, letter.to) == (True, ABOUT)
    posted = h.recorded(file, cover, h.ready_to_post(MONDAY + 7 * DAY, letter.key))
    assert "the law's own form" in h.owed(posted)[f"letter:{letter.key}"].owed


def asked(kind: LetterKind, about: str | None, person: str = ABOUT, **more: Any) -> CaseFact:
    return asked_for(MONDAY, kind, about, person, **{"nothing_identifies": True} | more)


def test_a_letter_about_a_hearing_goes_while_there_is_one() -> None:
    file = a_case(HEARING, asked(LetterKind.HEARING, "hearing-2", "complainant"))
    assert going(file, LetterKind.HEARING)[0].row == "witness-care"
    off = HearingVacated(at=MONDAY, matter="hearing-2", reasons="Settled.")
    assert not going(h.recorded(file, off), LetterKind.HEARING)


@pytest.mark.parametrize(
    ("fact", "refusal"),
    [
        (asked(LetterKind.UPDATE, None), PersonCannotBeWrittenTo),
        (asked(LetterKind.HEARING, "hearing-2"), PersonCannotBeWrittenTo),
        (asked(LetterKind.HEARING, "hearing-9", "complainant"), KeyDoesNotFit),
        (asked(LetterKind.HEARING, None, "complainant"), KeyDoesNotFit),
        (asked(LetterKind.AGREEMENT, "hearing-2"), KeyDoesNotFit),
        (asked(LetterKind.AGREEMENT, "agreement-4", nothing_identifies=False), LetterMayIdentify),
        (asked(LetterKind.NOTICE_COVER, None, "complainant"), PersonCannotBeWrittenTo),
    ],
)
def test_a_letter_is_asked_for_to_whom_it_is_for_about_what_there_is(
    fact: CaseFact, refusal: type[Exception]
) -> None:
    file = a_case(HEARING, EFFECT, AGREEMENT)
    with pytest.raises(refusal):
        h.recorded(file, fact)


def test_none_is_asked_for_to_somebody_without_an_address() -> None:
    file = a_case(complainant=Person(phone="01632 960001"), about=None)
    for fact in (asked_for(MONDAY), asked(LetterKind.AGREEMENT, None)):
        with pytest.raises(PersonCannotBeWrittenTo):
            h.recorded(file, fact)


YES = ConsentGiven(at=MONDAY, purpose=Purpose.REFERRAL, words="Yes.")


def gone(gateway: Gateway, *about: str) -> CaseFile:
    """It went, came back, and went again."""
    file = h.recorded(a_case(), h.taken_on(MONDAY, "witness-1", Part.WITNESS), YES)
    file = h.recorded(file, referral(about=about, gateway=gateway))
    told = ReferralTold(at=MONDAY, matter="referral-4", stands=True, stays=True)
    stages = ReferralStage.SENT, ReferralStage.UNDELIVERED, ReferralStage.SENT
    moved = (ReferralMoved(at=MONDAY, matter="referral-4", stage=stage) for stage in stages)
    return h.recorded(file, told, *moved, by=h.CASEWORK)


def test_whoever_agreed_to_a_referral_hears_whom_we_asked() -> None:
    (notice,) = going(gone(Gateway.CONSENT, "complainant"), LetterKind.REFERRAL_NOTICE)
    assert (notice.row, notice.to) == ("partner-referrals", "complainant")
    for file in (gone(Gateway.PROTOCOL, "complainant"), gone(Gateway.PROTOCOL, "witness-1")):
        assert not going(file, LetterKind.REFERRAL_NOTICE)
