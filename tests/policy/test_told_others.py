"""Each kind of fact says whom it tells and about whom, or that it tells nobody."""

from datetime import timedelta

import pytest
from hypothesis import given

from policy.case_file import CaseFile
from policy.case_review.facts import REVIEW_FACT_TYPES, Asker
from policy.facts import FACT_TYPES, CaseFact
from policy.facts.base import Fact
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.hearings import Protection, When, WitnessSupported
from policy.facts.joining import PoliceToldWhereJoined
from policy.facts.letters import LetterSent
from policy.facts.mediating import MediationReferred
from policy.facts.needs import Adjustment, NeedTold
from policy.facts.parts import Part
from policy.facts.people import Means
from policy.facts.policing import PoliceReferralEnded, PoliceToldOfWithdrawal
from policy.facts.publicity import PublicityGivenOut
from policy.facts.remedies import RemedyWishesGiven
from policy.facts.safety import (
    EmergencyAccommodationHelped,
    EmergencyAccommodationNeeded,
    PartnersConsulted,
)
from policy.facts.support import SupportHandedOver, SupportOffered
from policy.legal_action.facts import LEGAL_FACT_TYPES, BreachAnswered
from policy.referral.facts import REFERRAL_FACT_TYPES
from policy.told_of import TELLS, TELLS_NOBODY, told_others
from tests.given import ROWAN, case_of, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.case_review import reviewing
from tests.policy.legal_action import acting
from tests.policy.random_cases import thoroughly
from tests.policy.random_lives import LIVES, Life, lived
from tests.policy.referral import referring
from tests.policy.test_told_of_a_no import HEARD, NO_MORE, YES, case, told
from tests.policy.warned import DAY, MONDAY

WITH_A_PERPETRATOR = case_of(report(MONDAY), h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR))
PERPETRATORS = ("perpetrator-1",)
COMPLAINANT = ("complainant",)
LATER = MONDAY + 3 * DAY

Told = tuple[tuple[str, ...], tuple[str, ...] | None] | None


def of(before: object, fact: Fact) -> Told:
    """To whom, about whom."""
    found = told_others(before, fact)  # type: ignore[arg-type]  # a file of any kind
    return found and (found.to, found.about)


def test_every_fact_tells_somebody_or_nobody() -> None:
    kinds = [*FACT_TYPES, *LEGAL_FACT_TYPES, *REFERRAL_FACT_TYPES, *REVIEW_FACT_TYPES]
    assert {*kinds} == {*TELLS} | TELLS_NOBODY, "a new fact says whom it tells, or that it tells nobody"
    assert not TELLS.keys() & TELLS_NOBODY


def test_the_police_and_partners_are_told_of_everybody_on_the_case() -> None:
    joined = PoliceToldWhereJoined(at=LATER, by_case="CW-2023-000002", told_at=MONDAY, to=("police",))
    assert of(WITH_A_PERPETRATOR, h.police_referral(LATER)) == (("police",), None)
    assert of(WITH_A_PERPETRATOR, joined) == (("police",), None)
    assert of(WITH_A_PERPETRATOR, joined.model_copy(update={"taken_back": True})) is None
    consulted = PartnersConsulted(at=LATER, partners=("council",), words="The stairs.")
    assert of(WITH_A_PERPETRATOR, consulted) == (("council",), None)
    assert of(WITH_A_PERPETRATOR, consulted.model_copy(update={"about": PERPETRATORS})) == (
        ("council",),
        PERPETRATORS,
    )
    assert of(WITH_A_PERPETRATOR, consulted.model_copy(update={"about": ()})) == (("council",), ())


def test_the_police_are_told_on_a_consent_where_the_victims_gave_it() -> None:
    made = h.police_referral(LATER)
    agreed = helped(ConsentGiven(at=MONDAY, purpose=Purpose.POLICE, words="Yes."))
    for before, fact, gateway in (
        (agreed, made, "consent"),
        (agreed, made.model_copy(update={"lawful_reason": "serious_harm"}), None),
        (WITH_A_PERPETRATOR, made, None),
    ):
        told = told_others(before, fact)
        assert told is not None
        assert told.gateway == gateway


def helped(*begun: CaseFact) -> CaseFile:
    return h.recorded(case_of(report(MONDAY)), *begun)


ON_CASES: list[tuple[CaseFile, Fact, Told]] = [
    (
        WITH_A_PERPETRATOR,
        PublicityGivenOut(at=LATER, matter="publicity-3", words="x"),
        (("neighbourhood",), PERPETRATORS),
    ),
    (
        WITH_A_PERPETRATOR,
        MediationReferred(at=LATER, words="x"),
        (("mediator",), (*COMPLAINANT, *PERPETRATORS)),
    ),
    (
        WITH_A_PERPETRATOR,
        RemedyWishesGiven(at=LATER, matter="remedy-2", words="x"),
        (("remedy_decision_maker",), COMPLAINANT),
    ),
    (
        helped(SupportOffered(at=MONDAY, provider="victim_support", words="x")),
        SupportHandedOver(at=LATER, matter="support-2", words="x"),
        (("support_provider",), COMPLAINANT),
    ),
    (
        helped(
            h.taken_on(MONDAY, "victim-1", Part.VICTIM),
            EmergencyAccommodationNeeded(at=MONDAY, person="victim-1", words="x"),
        ),
        EmergencyAccommodationHelped(at=LATER, matter="accommodation-3", words="x"),
        (("council",), ("victim-1",)),
    ),
    (WITH_A_PERPETRATOR, PoliceToldOfWithdrawal(at=LATER, words="x"), (("police",), COMPLAINANT)),
    (
        WITH_A_PERPETRATOR,
        PoliceReferralEnded(at=LATER, matter="police-referral-3", reasons="x", taken_back=True),
        (("police",), COMPLAINANT),
    ),
    (
        WITH_A_PERPETRATOR,
        PoliceReferralEnded(at=LATER, matter="police-referral-3", reasons="No answer."),
        None,
    ),
    (
        WITH_A_PERPETRATOR,
        WitnessSupported(
            at=LATER, hearing="x", when=When.BEFORE, protection=Protection.ASKED_FOR, words="x", person="witness-1"
        ),
        (("police",), ("witness-1",)),
    ),
    (
        WITH_A_PERPETRATOR,
        WitnessSupported(at=LATER, hearing="x", when=When.BEFORE, protection=Protection.NOT_WANTED, words="x"),
        None,
    ),
    (case(YES, told(), NO_MORE), HEARD, (("council",), COMPLAINANT)),
    (
        case(YES, told(), NO_MORE),
        HEARD.model_copy(update={"about": ("witness-1",)}),
        (("council",), ("witness-1",)),
    ),
    (
        case(g.called(), NO_MORE),
        g.told_of_refusal(LATER, "group-2", about=COMPLAINANT),
        (("police", "council"), COMPLAINANT),
    ),
    (case(g.called()), g.held(LATER, "group-2", came=("gp",)), (("gp",), COMPLAINANT)),
    (case(g.called()), h.told_off(LATER), None),
]


@pytest.mark.parametrize(("before", "fact", "expected"), ON_CASES)
def test_a_fact_of_a_case_tells_those_about_them(before: CaseFile, fact: Fact, expected: Told) -> None:
    assert of(before, fact) == expected


def test_a_letter_tells_nobody_but_whom_it_is_for_unless_their_advocate_has_a_copy() -> None:
    copied = NeedTold(at=MONDAY, kind="other", adjustments=(Adjustment.ADVOCATE_COPIED,), words="To her sister.")
    for file, expected in (
        (case_of(report(MONDAY, complainant=ROWAN)), None),
        (case_of(report(MONDAY, complainant=ROWAN), copied), (("advocate",), COMPLAINANT)),
    ):
        (key,) = file.letters
        assert of(file, LetterSent(at=LATER, key=key, means=Means.POST)) == expected


def test_a_legal_action_tells_the_solicitor_and_the_court_of_everybody() -> None:
    begun = acting.told(acting.empty(), acting.proposed(), acting.REVIEWED)
    assert of(begun, acting.INSTRUCTED) == (("solicitor",), None)
    assert of(begun, acting.ISSUED) == (("court",), None)
    answered = BreachAnswered(at=LATER, to_court=True, words="x")
    assert of(begun, answered) == (("court",), None)
    assert of(begun, answered.model_copy(update={"to_court": False})) is None


def test_a_referral_tells_its_agency_when_it_goes_and_not_when_it_is_proposed_or_comes_back() -> None:
    to_send = referring.told(referring.empty(), referring.begun(lawful_reason="risk_of_harm"))
    line = told_others(to_send, referring.SENT)
    assert line is not None
    assert (line.to, line.about, line.gateway) == (("victim_support",), COMPLAINANT, "consent")
    assert (line.lawful_reason, line.sending) == ("risk_of_harm", "send-1")
    there = (("victim_support",), COMPLAINANT)
    assert of(to_send, referring.HANDED_OVER) == there
    assert of(to_send, referring.IN_DOUBT) == there, "it may have arrived"
    assert of(to_send, referring.FAILED) == ((), COMPLAINANT)
    assert of(to_send, referring.ACKNOWLEDGED) == there, "they have it by whatever way"
    sent = referring.told(to_send, referring.SENT)
    assert of(sent, referring.ACKNOWLEDGED) is None
    assert of(sent, referring.agency_told(LATER)) == there
    assert of(referring.told(sent, referring.ACKNOWLEDGED), referring.FAILED) is None, "it came back too late"


def test_a_case_review_tells_agencies_and_whoever_asks_for_somebody_else() -> None:
    file = reviewing.held()
    assert of(file, reviewing.PARTNERS) == (("police", "council"), None)
    to_all = reviewing.review_decided(reviewing.recommended(), reviewing.recommended("council"))
    assert of(file, to_all) == (("council",), None)
    assert of(file, reviewing.review_decided(reviewing.recommended())) is None
    for who, expected in ((Asker.VICTIM, None), (Asker.COUNCILLOR, (("councillor",), None))):
        asked = file.with_(asked_by=who)
        for fact in (reviewing.THRESHOLD_TOLD, reviewing.OUTCOME_TOLD, reviewing.ended(LATER)):
            assert of(asked, fact) == expected


def test_of_a_no_that_nobody_has_heard_everybody_who_said_it_is_meant() -> None:
    assert HEARD.about == ()
    later = HEARD.model_copy(update={"at": HEARD.at + timedelta(days=1)})
    assert of(case(YES, told(), NO_MORE, HEARD), later) == (("council",), ()), "they know already"


@thoroughly
@given(LIVES)
def test_whatever_happens_on_a_case_can_be_said_of_whom_it_told(life: Life) -> None:
    for moment in lived(life):
        line = told_others(moment.before, moment.entry.fact)
        assert line is None or line.to
