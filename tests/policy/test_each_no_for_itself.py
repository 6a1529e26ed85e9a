"""information-sharing, police-with-consent: each no is heard for itself, a decision is for what it was made."""

from datetime import timedelta
from typing import Final

import pytest

from policy.facts.case_reviews import ToldInCaseReview
from policy.facts.consent import Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Leaving, Part
from policy.facts.policing import PoliceReferralEnded, PoliceToldOfWithdrawal
from policy.facts.powers import PowerAsked
from policy.facts.referring import ReferralFinished, ReferralMoved
from policy.facts.safety import PartnersConsulted
from policy.referral.codes import ReferralOutcome, ReferralStage
from policy.refusals import FactBeforeTheReport, MatterNotOpen
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.safety import NoGateway
from policy.standing import standing
from tests.given import EDITION, SUPERVISOR, case_of, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.test_no_no_is_lost import LIFE, PERSON, POLICE_YES, WITNESS, ended
from tests.policy.test_referrals_on_a_case import proposed
from tests.policy.test_told_of_a_no import COUNCIL, HEARD, NEXT_WEEK, NO_MORE, YES, case, no, told
from tests.policy.warned import DAY, MONDAY

HOUR: Final = timedelta(hours=1)
VICTIM: Final = h.taken_on(MONDAY, "victim-1", Part.VICTIM)
POLICE_HEARD: Final = PoliceToldOfWithdrawal(at=MONDAY + DAY + HOUR, words="The sergeant knows.")
BY_LAW: Final = {"gateway": Gateway.PROTOCOL}
NOT_POLICE: Final = no(MONDAY + DAY, Purpose.POLICE)


def test_the_police_hear_of_each_victim_s_no() -> None:
    first = case(VICTIM, h.police_referral(MONDAY + HOUR), NOT_POLICE, POLICE_HEARD)
    assert "police-withdrawal" not in owed(first)
    second = recorded(first, no(MONDAY + 2 * DAY, Purpose.POLICE, person="victim-1"))
    assert owed(second)["police-withdrawal"].owed.endswith(": victim 1")


def test_they_hear_of_no_no_that_nobody_has_said() -> None:
    file = case(h.police_referral(MONDAY + HOUR))
    with pytest.raises(MatterNotOpen, match="no victim has said no"):
        recorded(file, POLICE_HEARD)


def test_what_was_told_for_a_lawful_reason_is_told_of_every_no_that_comes_later() -> None:
    heard = case(VICTIM, h.police_referral(MONDAY + HOUR), NOT_POLICE, POLICE_HEARD)
    again = told(MONDAY + 2 * DAY, to="police", about=("complainant", "victim-1"), lawful_reason=LIFE, **BY_LAW)
    file = recorded(recorded(heard, again, by=SUPERVISOR), no(MONDAY + 3 * DAY, Purpose.POLICE, person="victim-1"))
    assert owed(file)["police-withdrawal"].owed.endswith(": victim 1")
    of_witness = told(MONDAY + DAY, to="police", about=("witness-1",), lawful_reason=LIFE, **BY_LAW)
    file = recorded(case(WITNESS, no(person="witness-1")), of_witness, by=SUPERVISOR)
    assert "police-withdrawal" in owed(recorded(file, no(MONDAY + 2 * DAY, Purpose.POLICE)))


def test_a_group_that_was_called_over_a_witness_s_no_leaves_the_police_the_victims_no_to_hear() -> None:
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    call = g.called(about=("perpetrator-1", "witness-1"), lawful_reason=LIFE)
    called = recorded(case(WITNESS, he, no(person="witness-1")), call, g.held(MONDAY, "group-5"), by=SUPERVISOR)
    file = recorded(ended(called, MONDAY + DAY, 5), no(MONDAY + 2 * DAY, Purpose.POLICE))
    assert "police-withdrawal" in owed(file)


def test_a_decision_is_for_what_was_told_by_it_and_for_nothing_told_after_it() -> None:
    refused = case(no(MONDAY))
    decided = recorded(refused, told(MONDAY + DAY, lawful_reason=LIFE, **BY_LAW), by=SUPERVISOR)
    assert COUNCIL not in owed(decided)
    again = recorded(decided, told(MONDAY + 30 * DAY, already_told=True, **BY_LAW))
    assert owed(again)[COUNCIL].owed_by == "supervisor"


def test_the_end_of_a_group_brings_nothing_back_that_a_supervisor_had_decided_for_it() -> None:
    file = case(g.called(members=("council",)), no(MONDAY + DAY))
    decided = recorded(file, g.arranged(MONDAY + 2 * DAY, "group-2", lawful_reason=LIFE), by=SUPERVISOR)
    met = recorded(decided, g.held(MONDAY + 3 * DAY, "group-2", came=("council",)))
    assert COUNCIL not in owed(ended(met, NEXT_WEEK, 2))


def test_whom_an_agency_is_owed_to_hear_of_it_can_be_told_of_by_name() -> None:
    file = case(told(**BY_LAW), no(MONDAY + DAY))
    file = recorded(file, told(MONDAY + 2 * DAY, lawful_reason=LIFE, **BY_LAW), by=SUPERVISOR)
    by_name = HEARD.model_copy(update={"at": MONDAY + 3 * DAY, "about": ("complainant",)})
    assert COUNCIL not in owed(recorded(file, by_name))


def test_a_decision_about_somebody_serves_for_nobody_who_takes_their_name() -> None:
    known = case(h.taken_on(MONDAY, "witness-1", Part.WITNESS, person=PERSON))
    about = {"about": ("witness-1",), "gateway": Gateway.CONSENT, "lawful_reason": LIFE}
    file = recorded(known, g.called(members=("council",), **about), told(**about), by=SUPERVISOR)
    other = recorded(file, h.identified(MONDAY + DAY, "witness-1", "00000000-0000-4000-8000-000000000002"))
    with pytest.raises(NoGateway, match="about whom"):
        recorded(other, g.arranged(MONDAY + 2 * DAY, "group-3"))
    with pytest.raises(NoGateway, match="given by witness 1"):
        recorded(other, g.arranged(MONDAY + 2 * DAY, "group-3", about=("witness-1",)))
    again = recorded(other, told(MONDAY + 2 * DAY, **about | {"lawful_reason": None}, already_told=True))
    assert owed(again)[COUNCIL].owed_by == "supervisor"


@pytest.mark.parametrize("purpose", [Purpose.POLICE, Purpose.REFERRAL])
def test_of_a_yes_and_a_no_at_one_moment_the_no_counts_whichever_was_written_down_first(purpose: Purpose) -> None:
    yes, refused = YES.model_copy(update={"purpose": purpose}), no(MONDAY, purpose)
    for said in ((yes, refused), (refused, yes)):
        with pytest.raises((NoGateway, NoConsentForPolice)):
            case(*said, told(to="police"))


@pytest.mark.parametrize("late", [False, True], ids=["in-order", "yes-written-down-late"])
def test_leaving_takes_a_yes_back_also_one_that_is_written_down_after_it(late: bool) -> None:
    yes = YES.model_copy(update={"person": "witness-1"})
    of_them = told(MONDAY + DAY, about=("witness-1",), already_told=True)
    left = h.left(MONDAY + 2 * DAY, "witness-1", Leaving.CONSENT_WITHDRAWN)
    facts = (left, yes, of_them) if late else (yes, of_them, left)
    file = recorded(case(WITNESS), *facts, recorded_at=MONDAY + 3 * DAY)
    assert COUNCIL in owed(file)


def test_a_victim_who_refuses_takes_nobody_s_question_about_hate_away() -> None:
    file = case(VICTIM, no(MONDAY, Purpose.POLICE))
    file = recorded(file, g.called(MONDAY + DAY, lawful_reason=LIFE), by=SUPERVISOR)
    hate = recorded(file, h.hate(MONDAY + 2 * DAY))
    with pytest.raises(NoConsentForPolice):
        recorded(hate, g.arranged(MONDAY + 3 * DAY, "group-4"))


def test_what_a_supervisor_decides_later_makes_hate_that_was_told_unasked_nobody_else_s() -> None:
    file = case(h.hate(MONDAY), told(MONDAY + DAY, to="police", already_told=True, **BY_LAW))
    later = told(MONDAY + 2 * DAY, to="police", lawful_reason=LIFE, **BY_LAW)
    for one in (file, recorded(file, later, by=SUPERVISOR)):
        assert owed(one)["police-consent"].owed_by == "supervisor"


def test_a_meeting_that_was_held_is_recorded_of_who_has_left_and_after_the_next_was_arranged() -> None:
    about = ("complainant", "witness-1")
    file = case(WITNESS, g.called(about=about), h.left(MONDAY + 2 * DAY, "witness-1", Leaving.MOVED_AWAY))
    late = {"recorded_at": MONDAY + 3 * DAY}
    assert recorded(file, g.held(MONDAY + DAY, "group-3", about=("witness-1",)), **late)
    arranged = recorded(file, g.arranged(MONDAY + 2 * DAY, "group-3", none_agreed=True))
    assert recorded(arranged, g.held(MONDAY + DAY, "group-3"), **late)
    with pytest.raises(MatterNotOpen, match="The group was called on"):
        recorded(case(WITNESS, g.called(MONDAY + HOUR)), g.held(MONDAY, "group-3"), **late)


def test_a_meeting_that_was_arranged_before_a_no_is_recorded_so() -> None:
    file = case(g.called(members=("council",)), no(MONDAY + 2 * DAY))
    with pytest.raises(NoGateway):
        recorded(file, g.arranged(MONDAY + 2 * DAY, "group-2"))
    assert recorded(file, g.arranged(MONDAY + DAY, "group-2"), recorded_at=MONDAY + 3 * DAY)


def test_an_officer_takes_back_a_referral_that_was_agreed_to_whatever_else_was_told() -> None:
    against = case(no(MONDAY, Purpose.POLICE), told(MONDAY + HOUR, to="police", already_told=True, **BY_LAW))
    agreed = recorded(against, POLICE_YES.model_copy(update={"at": MONDAY + DAY}))
    file = recorded(agreed, h.police_referral(MONDAY + DAY + HOUR))
    twice = PoliceReferralEnded(
        at=MONDAY + 2 * DAY, matter="police-referral-5", reasons="Sent twice.", taken_back=True
    )
    assert "police-referral-5" not in recorded(file, twice).matters


def test_what_was_never_delivered_an_agency_does_not_know() -> None:
    file = case(proposed(gateway=Gateway.CRIME_AND_DISORDER_ACT))
    (key,) = file.referrals
    sent = ReferralMoved(at=MONDAY, matter=key, stage=ReferralStage.SENT)
    refused = recorded(recorded(file, sent, by=h.CASEWORK), no(MONDAY + DAY))
    assert "disclosure-refusal:education" in owed(refused)
    came_back = ReferralFinished(at=MONDAY + 2 * DAY, matter=key, outcome=ReferralOutcome.NOT_DELIVERED)
    assert "disclosure-refusal:education" not in owed(recorded(refused, came_back, by=h.CASEWORK))


def test_an_agency_that_heard_of_a_no_and_was_told_nothing_since_hears_of_it_once() -> None:
    file = case(YES, told(), NO_MORE, HEARD)
    again = (YES.model_copy(update={"at": MONDAY + 3 * DAY}), no(MONDAY + 4 * DAY))
    assert COUNCIL not in owed(recorded(file, *again))


def test_the_police_are_owed_a_no_that_is_said_after_a_case_closed_while_a_referral_goes_on() -> None:
    file = case(VICTIM, h.police_referral(MONDAY), proposed(gateway=Gateway.CRIME_AND_DISORDER_ACT))
    closed = recorded(file, NOT_POLICE).with_(closed_at=MONDAY + DAY)
    assert "police-withdrawal" in owed(closed)
    heard = recorded(closed, POLICE_HEARD)
    assert "police-withdrawal" not in owed(heard)


def test_that_somebody_heard_of_a_no_is_dated_after_it() -> None:
    file = case(told(**BY_LAW), no(MONDAY + 4 * DAY))
    with pytest.raises(FactBeforeTheReport, match="Nobody had said no by then"):
        recorded(file, HEARD.model_copy(update={"at": MONDAY + 2 * DAY}), recorded_at=MONDAY + 5 * DAY)
    police = case(h.police_referral(MONDAY), no(MONDAY + 4 * DAY, Purpose.POLICE))
    with pytest.raises(FactBeforeTheReport, match="Nobody had said no by then"):
        recorded(police, POLICE_HEARD, recorded_at=MONDAY + 5 * DAY)


def test_what_a_review_told_the_police_of_a_joined_case_is_owed_there() -> None:
    joined = recorded(case_of(report(MONDAY)), h.joined(MONDAY + DAY))
    at = MONDAY + 2 * DAY
    told_in = ToldInCaseReview(at=at, review="CR-2023-000001", to=("police",), told_at=at)
    knows = recorded(joined, told_in, by=h.CASEWORK)
    refused = recorded(knows, no(MONDAY + 3 * DAY, Purpose.POLICE))
    assert "police-withdrawal" in owed(refused)
    heard = POLICE_HEARD.model_copy(update={"at": MONDAY + 4 * DAY})
    assert "police-withdrawal" not in owed(recorded(refused, heard))


def test_whom_agencies_were_told_of_does_not_hang_on_an_order_that_the_records_do_not_keep() -> None:
    file = case(WITNESS, VICTIM)
    other = file.with_(people=dict(reversed(file.people.items())))
    at = MONDAY + 2 * DAY
    told_in = ToldInCaseReview(at=at, review="CR-2023-000001", to=("council",), told_at=at)
    spoken = PartnersConsulted(at=at, partners=("council",), words="As told.")
    for fact in (told_in, spoken):
        first, second = (recorded(one, fact, by=h.CASEWORK).informed for one in (file, other))
        assert first == second


def test_what_was_taken_back_is_not_shown_as_agreed_to() -> None:
    yes = YES.model_copy(update={"person": "witness-1"})
    file = recorded(case(WITNESS, yes), h.left(MONDAY + DAY, "witness-1", Leaving.CONSENT_WITHDRAWN))
    assert standing(file, EDITION).consents == {"referral:witness-1": False}


def test_whoever_is_asked_to_act_is_told_of_nobody_who_said_no_to_it() -> None:
    helped = {"power": "health_or_social_services", "asked_of": "adult_social_services", "person": "witness-1"}
    asked = PowerAsked.model_validate({"at": MONDAY + 2 * DAY, "words": "He is not well."} | helped)
    file = case(WITNESS, h.effect(MONDAY))
    later = recorded(file, asked, no(MONDAY + 3 * DAY, person="witness-1"))
    assert "disclosure-refusal:adult_social_services" in owed(later)
    refused = recorded(file, no(MONDAY + DAY, person="witness-1"))
    with pytest.raises(NoGateway, match="Witness 1 said no to this: Social services for adults"):
        recorded(refused, asked)
    led = {"power": "partner_led_action", "asked_of": "probation", "owner": "officer-1"}
    with pytest.raises(NoGateway, match="Witness 1 said no to this: Probation"):
        recorded(refused, asked.model_copy(update=led))
    decided = asked.model_copy(update={"lawful_reason": LIFE})
    with pytest.raises(NoGateway, match="Only a supervisor"):
        recorded(refused, decided)
    assert "disclosure-refusal:adult_social_services" not in owed(recorded(refused, decided, by=SUPERVISOR))


def test_of_two_agencies_of_one_kind_the_one_that_was_asked_hears_of_a_no() -> None:
    helped = {"power": "health_or_social_services", "asked_of": "gp", "person": "witness-1"}
    asked = PowerAsked.model_validate({"at": MONDAY + 2 * DAY, "words": "He is not well."} | helped)
    refused = no(MONDAY + 3 * DAY, Purpose.HEALTH, person="witness-1")
    file = recorded(case(WITNESS, h.effect(MONDAY)), asked, refused)
    assert [key for key in owed(file) if key.startswith("disclosure-refusal")] == ["disclosure-refusal:gp"]
