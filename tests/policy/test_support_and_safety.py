"""Support, home security, partners, safety, emergency accommodation, witnesses, consent and health contact."""

from datetime import date, datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import consent as c
from policy.facts import home_security as home
from policy.facts import safety as s
from policy.facts import support as u
from policy.facts.health import HealthContactAnswered, HealthContactMade, HealthWorker
from policy.facts.parts import Part
from policy.facts.promising import ActionPlanned
from policy.refusals import CaseNotReadyToClose
from policy.refusals.safety import HealthContactNeedsConsent
from policy.standing import standing
from tests.given import EDITION, assessed, case_of, contact, london, report
from tests.policy.happenings import RACE, hate, incident, owed, proposal, recorded, set_aside, taken_on

MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def offered(at: datetime = MONDAY, provider: str = "victim_support") -> u.SupportOffered:
    return u.SupportOffered(at=at, provider=provider, words="Would you like somebody to talk to?")


def serious() -> CaseFile:
    return case_of(report(MONDAY, "violence"))


def considered(at: datetime = MONDAY, *, in_danger: bool = False) -> s.SafetyConsidered:
    return s.SafetyConsidered(at=at, measures=("stay_elsewhere",), in_danger=in_danger, words="Talked it through.")


# hate-support


def test_support_is_owed_with_each_report_of_hate() -> None:
    file = case_of(report(MONDAY, hate=RACE))
    assert owed(file)["support-offer"].due == london(2023, 6, 6, 17)
    file = recorded(file, offered(MONDAY + HOUR))
    assert "support-offer" not in owed(file)
    again = recorded(file, incident(MONDAY + 7 * DAY, hate=RACE))
    assert owed(again)["support-offer"].due == london(2023, 6, 13, 17)
    assert "support-offer" not in owed(recorded(file, incident(MONDAY + 7 * DAY)))


def test_an_offer_from_before_the_hate_was_told_does_not_answer_it() -> None:
    file = recorded(case_of(report(MONDAY)), hate(MONDAY + 2 * DAY))
    assert "support-offer" in owed(recorded(file, offered(MONDAY + DAY)))
    assert "support-offer" not in owed(recorded(file, offered(MONDAY + 3 * DAY)))


def test_support_is_owed_from_the_first_telling_that_nobody_answered_and_not_from_before_the_report() -> None:
    again = incident(MONDAY + 2 * DAY, hate=RACE)
    assert owed(recorded(case_of(report(MONDAY, hate=RACE)), again))["support-offer"].due == london(2023, 6, 6, 17)
    long_ago = incident(MONDAY - 20 * DAY, hate=RACE)
    file = recorded(case_of(report(MONDAY)), long_ago, recorded_at=MONDAY)
    assert owed(file)["support-offer"].due == london(2023, 6, 6, 17)


def test_hate_by_its_kind_or_found_by_whoever_assesses_it_is_told_once() -> None:
    assert "support-offer" in owed(case_of(report(MONDAY, "hate")))
    found = recorded(case_of(report(MONDAY)), assessed(MONDAY + DAY, serious=True, category="hate"))
    assert owed(found)["support-offer"].due == london(2023, 6, 7, 17)
    helped = recorded(found, offered(MONDAY + DAY))
    assert "support-offer" not in owed(recorded(helped, assessed(MONDAY + 2 * DAY, serious=True, category="hate")))


def test_what_was_offered_or_talked_over_last_holds_whenever_the_rest_is_written_down() -> None:
    file = recorded(case_of(report(MONDAY)), offered(MONDAY + 2 * DAY))
    file = recorded(file, offered(MONDAY), recorded_at=MONDAY + 3 * DAY)
    for told in (hate(MONDAY + DAY), hate(MONDAY + 2 * DAY)):
        assert "support-offer" not in owed(recorded(file, told, recorded_at=MONDAY + 3 * DAY))
    talked = s.PartnersConsulted(at=MONDAY + 2 * DAY, partners=("police",), words="A joint visit.")
    file = recorded(case_of(report(MONDAY)), incident(MONDAY + DAY, "violence"), talked)
    earlier = talked.model_copy(update={"at": MONDAY})
    assert "partners" not in owed(recorded(file, earlier, recorded_at=MONDAY + 3 * DAY))


def test_support_is_not_owed_to_somebody_whom_nobody_can_reach() -> None:
    assert "support-offer" in set_aside(case_of(report(MONDAY, "hate", None, hate=RACE)))


def test_offer_answer_and_hand_over_of_support_each_have_their_day() -> None:
    file = recorded(case_of(report(MONDAY)), offered())
    assert owed(file)["support-2"].owed == "Ask whether they want the support that was offered"
    assert "support-2" not in owed(recorded(file, u.SupportDeclined(at=MONDAY, matter="support-2", words="No.")))
    file = recorded(file, u.SupportAccepted(at=MONDAY + DAY, matter="support-2", words="Yes, please."))
    assert owed(file)["support-2"].due == london(2023, 6, 9, 17)
    handed_over = u.SupportHandedOver(at=MONDAY + 2 * DAY, matter="support-2", words="They rang her.")
    assert recorded(file, handed_over).matters == {}


# target-hardening


def test_help_for_somebody_who_is_abused_stands_under_the_row_of_domestic_abuse() -> None:
    file = recorded(case_of(report(MONDAY, domestic_abuse=True)), offered(provider="domestic_abuse_service"))
    assert (owed(file)["support-2"].row, owed(file)["support-2"].section) == ("domestic-abuse", "4")
    hated = recorded(case_of(report(MONDAY, hate=RACE)), offered())
    assert owed(hated)["support-2"].row == "hate-support"


def test_home_security_is_asked_for_agreed_and_fitted_each_with_its_date() -> None:
    asked = home.HomeSecurityAsked(at=MONDAY, security=home.Security.LOCKS, words="A stronger lock.")
    file = recorded(case_of(report(MONDAY)), asked)
    assert owed(file)["home-security-2"].due == london(2023, 6, 8, 17)
    refused = home.HomeSecurityRefused(at=MONDAY, matter="home-security-2", reasons="Has one.")
    assert recorded(file, refused).matters == {}
    agreed = home.HomeSecurityAgreed(
        at=MONDAY + DAY, matter="home-security-2", words="Thursday.", by_when=date(2023, 6, 15)
    )
    file = recorded(file, agreed)
    assert owed(file)["home-security-2"].due == london(2023, 6, 15, 17)
    with pytest.raises(CaseNotReadyToClose, match="home security, since Tuesday 6 June 2023"):
        recorded(file, contact(MONDAY + DAY), assessed(MONDAY + DAY), proposal(MONDAY + DAY))
    fitted = home.HomeSecurityFitted(at=MONDAY + 2 * DAY, matter="home-security-2", words="Done.")
    assert recorded(file, fitted).matters == {}


# serious-partners


def test_a_serious_case_is_discussed_with_partners_and_what_follows_is_planned() -> None:
    deadline = owed(serious())["partners"]
    assert (deadline.due, deadline.row) == (london(2023, 6, 8, 17), "serious-partners")
    talked = s.PartnersConsulted(at=MONDAY, partners=("police", "council"), words="A joint visit.")
    file = recorded(serious(), talked, ActionPlanned(at=MONDAY, words="A joint visit."))
    assert "partners" not in owed(file)
    assert "action-3" in owed(file)


def test_talk_from_before_the_case_became_serious_is_not_talk_about_a_serious_case() -> None:
    talked = s.PartnersConsulted(at=MONDAY, partners=("police",), words="In passing.")
    file = recorded(case_of(report(MONDAY)), talked, incident(MONDAY + DAY, "violence"))
    assert "partners" in owed(file)


# serious-safety and emergency-accommodation


def test_ways_to_get_the_victim_away_are_considered_in_a_serious_case() -> None:
    assert owed(serious())["safety:complainant"].due == london(2023, 6, 6, 17)
    assert "safety:complainant" not in owed(recorded(serious(), considered()))
    assert "safety:complainant" in set_aside(case_of(report(MONDAY, "violence", None)))


def test_where_it_is_not_safe_to_stay_somewhere_else_is_found_at_once() -> None:
    file = recorded(serious(), considered(in_danger=True))
    assert owed(file)["emergency-accommodation:complainant"].due == MONDAY + 2 * HOUR
    assert "emergency-accommodation:complainant" not in owed(recorded(file, considered(MONDAY + HOUR)))
    file = recorded(file, s.EmergencyAccommodationNeeded(at=MONDAY + HOUR, words="Tonight."))
    assert "emergency-accommodation:complainant" not in owed(file)
    assert owed(file)["accommodation-3"].due == MONDAY + 3 * HOUR
    helped = s.EmergencyAccommodationHelped(
        at=MONDAY + 2 * HOUR, matter="accommodation-3", words="Rang the council."
    )
    file = recorded(file, helped)
    assert owed(file)["accommodation-3"].due == london(2023, 6, 7, 17)
    found = s.EmergencyAccommodationFound(at=MONDAY + 3 * HOUR, matter="accommodation-3", words="A room.")
    assert recorded(file, found).matters == {}


def test_where_the_council_has_no_room_their_safety_is_considered_again() -> None:
    needed = s.EmergencyAccommodationNeeded(at=MONDAY + HOUR, words="Tonight.")
    helped = s.EmergencyAccommodationHelped(at=MONDAY + HOUR, matter="accommodation-3", words="Rang.")
    none = s.EmergencyAccommodationRefused(at=MONDAY + 2 * HOUR, matter="accommodation-3", reasons="No room.")
    file = recorded(serious(), considered(in_danger=True), needed, helped, none)
    assert owed(file)["safety:complainant"].due == london(2023, 6, 6, 17)
    assert "safety:complainant" not in owed(recorded(file, considered(MONDAY + 3 * HOUR)))


@pytest.mark.parametrize(
    "name", ["ways to get the victim away from the problem", "talk with the community safety partners"]
)
def test_neither_is_skipped_by_closing(name: str) -> None:
    file = recorded(serious(), contact(MONDAY), assessed(MONDAY, serious=True))
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, proposal(MONDAY + DAY))
    assert name in refused.value.refusal.missing


# consent and health-contact


def asked(at: datetime = MONDAY, **more: str) -> HealthContactMade:
    return HealthContactMade(at=at, worker=HealthWorker.GP, words="How is she?", **more)


def test_a_gp_is_asked_with_consent_and_the_answer_is_waited_for() -> None:
    agreed = c.ConsentGiven(at=MONDAY, purpose=c.Purpose.HEALTH, words="Yes, ask her.")
    file = recorded(case_of(report(MONDAY)), agreed, asked())
    assert owed(file)["health-contact-3"].due == london(2023, 6, 19, 17)
    answer = HealthContactAnswered(at=MONDAY + DAY, matter="health-contact-3", words="She is well.")
    assert recorded(file, answer).matters == {}


@pytest.mark.parametrize("said", [None, c.ConsentRefused, c.ConsentWithdrawn])
def test_without_consent_a_gp_is_asked_only_for_a_lawful_reason_that_is_named(
    said: type[c.ConsentRefused] | type[c.ConsentWithdrawn] | None,
) -> None:
    file = recorded(case_of(report(MONDAY)), c.ConsentGiven(at=MONDAY, purpose=c.Purpose.POLICE, words="Yes."))
    if said is not None:
        given = c.ConsentGiven(at=MONDAY, purpose=c.Purpose.HEALTH, words="Yes.")
        file = recorded(file, given, said(at=MONDAY + HOUR, purpose=c.Purpose.HEALTH, words="No."))
    why = "They have not agreed .*Ask them first" if said is None else "They said no .*Respect that"
    with pytest.raises(HealthContactNeedsConsent, match=why):
        recorded(file, asked(MONDAY + DAY))
    with pytest.raises(HealthContactNeedsConsent, match="The lawful reasons are: Somebody's life is in danger"):
        recorded(file, asked(MONDAY + DAY, lawful_reason="curiosity"))
    recorded(file, asked(MONDAY + DAY, lawful_reason="danger_to_life"))


def test_the_consent_of_one_is_not_that_of_another_and_what_was_said_last_holds() -> None:
    told = recorded(case_of(report(MONDAY)), taken_on(MONDAY, "witness-2", Part.WITNESS))
    file = recorded(told, c.ConsentGiven(at=MONDAY, purpose=c.Purpose.HEALTH, words="Yes."))
    with pytest.raises(HealthContactNeedsConsent):
        recorded(file, asked(person="witness-2"))
    file = recorded(file, c.ConsentWithdrawn(at=MONDAY + 2 * DAY, purpose=c.Purpose.HEALTH, words="No more."))
    late = c.ConsentGiven(at=MONDAY + DAY, purpose=c.Purpose.HEALTH, words="Yes.")
    file = recorded(file, late, recorded_at=MONDAY + 3 * DAY)
    assert standing(file, EDITION).consents == {"health:complainant": False}
