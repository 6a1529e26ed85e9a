"""information-sharing: what is told to others about somebody, under what, recorded before it is told."""

from typing import Any

import pytest

from policy.facts import CaseFact
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.disclosing import DisclosureRecorded, Gateway
from policy.facts.parts import Part, PersonIdentified
from policy.facts.powers import ClosureAsked, PowerAsked
from policy.facts.safety import PartnersConsulted
from policy.refusals import NotOnTheCase
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.safety import AgencyUnknown, NoGateway
from tests.given import EDITION, OFFICER, SUPERVISOR, case_of, report
from tests.policy import happenings as h
from tests.policy.happenings import recorded
from tests.policy.warned import DAY, MONDAY

YES = ConsentGiven(at=MONDAY, purpose=Purpose.REFERRAL, words="Yes, tell them.")
LAWFUL = [one for one in Gateway if one is not Gateway.CONSENT]


def told(gateway: Gateway = Gateway.CONSENT, **more: Any) -> CaseFact:
    what = {
        "at": MONDAY,
        "to": "floating_support",
        "about": ("complainant",),
        "what": "Her address.",
        "why": "Help.",
    }
    return DisclosureRecorded.model_validate(what | {"gateway": gateway, "under": "The county protocol"} | more)


def test_on_a_consent_each_person_s_own_is_needed_and_it_must_still_hold() -> None:
    file = case_of(report(MONDAY))
    with pytest.raises(NoGateway, match="the complainant"):
        recorded(file, told())
    agreed = recorded(file, YES)
    assert recorded(agreed, told()).seq == agreed.seq + 1
    both = recorded(agreed, h.taken_on(MONDAY, "witness-1", Part.WITNESS))
    with pytest.raises(NoGateway, match="witness 1"):
        recorded(both, told(about=("complainant", "witness-1")))
    no_more = ConsentWithdrawn(at=MONDAY + DAY, purpose=Purpose.REFERRAL, words="No.")
    with pytest.raises(NoGateway):
        recorded(agreed, no_more, told(at=MONDAY + DAY))


def test_consent_to_something_else_is_no_consent_to_this() -> None:
    police = YES.model_copy(update={"purpose": Purpose.POLICE})
    with pytest.raises(NoGateway):
        recorded(case_of(report(MONDAY)), police, told())


@pytest.mark.parametrize("gateway", LAWFUL)
def test_what_the_law_or_a_protocol_allows_needs_no_consent(gateway: Gateway) -> None:
    assert recorded(case_of(report(MONDAY)), told(gateway))


@pytest.mark.parametrize("gateway", LAWFUL)
@pytest.mark.parametrize(
    ("to", "purpose"),
    [
        ("floating_support", Purpose.REFERRAL),
        ("gp", Purpose.HEALTH),
        ("gp", Purpose.REFERRAL),
        ("police", Purpose.POLICE),
        ("neighbourhood_officers", Purpose.POLICE),
    ],
)
def test_whoever_says_no_is_passed_over_by_a_supervisor_alone_and_for_a_lawful_reason(
    gateway: Gateway, to: str, purpose: Purpose
) -> None:
    refused = recorded(case_of(report(MONDAY)), ConsentRefused(at=MONDAY, purpose=purpose, words="No."))
    with pytest.raises(NoGateway, match="The complainant said no to this"):
        recorded(refused, told(gateway, to=to), by=SUPERVISOR)
    lawful = told(gateway, to=to, lawful_reason="serious_crime")
    with pytest.raises(NoGateway, match="Only a supervisor"):
        recorded(refused, lawful, by=OFFICER)
    with pytest.raises(NoGateway, match="Not a lawful reason"):
        recorded(refused, told(gateway, to=to, lawful_reason="curiosity"), by=SUPERVISOR)
    assert recorded(refused, lawful, by=SUPERVISOR)
    both, of_another = (
        recorded(refused, h.taken_on(MONDAY, "witness-1", Part.WITNESS)),
        told(gateway, to=to, about=("witness-1",)),
    )
    if purpose is not Purpose.POLICE:
        assert recorded(both, of_another)
        return
    with pytest.raises(NoConsentForPolice, match="does not want the police told"):
        recorded(both, of_another)


@pytest.mark.parametrize("gateway", LAWFUL)
def test_a_perpetrator_s_no_does_not_stop_what_the_law_allows(gateway: Gateway) -> None:
    no = ConsentRefused(at=MONDAY, purpose=Purpose.REFERRAL, person="perpetrator-1", words="No.")
    file = recorded(case_of(report(MONDAY)), h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR), no)
    assert recorded(file, told(gateway, to="council", about=("perpetrator-1",)), by=OFFICER)
    with pytest.raises(NoGateway, match=r"Perpetrator 1 said no to this: The council\. Respect a no, or say"):
        recorded(file, told(to="council", about=("perpetrator-1",)))
    refused = recorded(file, no.model_copy(update={"person": "complainant"}))
    with pytest.raises(NoGateway, match="The complainant said no to this"):
        recorded(refused, told(gateway, to="council", about=("perpetrator-1", "complainant")))


@pytest.mark.parametrize("gateway", LAWFUL)
def test_the_police_are_told_of_a_perpetrator_as_the_victims_let_it(gateway: Gateway) -> None:
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    of_him = told(gateway, to="police", about=("perpetrator-1",))
    file = recorded(case_of(report(MONDAY)), he)
    assert recorded(file, of_him)
    no = ConsentRefused(at=MONDAY, purpose=Purpose.POLICE, words="No.")
    with pytest.raises(NoConsentForPolice, match="does not want the police told"):
        recorded(file, no, of_him)
    hate = recorded(case_of(report(MONDAY), h.hate(MONDAY)), he)
    for about in ("perpetrator-1", "complainant"):
        with pytest.raises(NoConsentForPolice, match="has not agreed"):
            recorded(hate, told(gateway, to="police", about=(about,)))
    yes = ConsentGiven(at=MONDAY, purpose=Purpose.POLICE, words="Yes.")
    assert recorded(hate, yes, of_him)


def test_the_police_hear_of_a_no_that_comes_after_they_were_told() -> None:
    no = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.POLICE, words="No.")
    for to, owed_then in (("police", True), ("council", False)):
        file = recorded(case_of(report(MONDAY)), told(Gateway.CRIME_AND_DISORDER_ACT, to=to), no)
        assert ("police-withdrawal" in h.owed(file)) is owed_then
    reason = told(Gateway.CRIME_AND_DISORDER_ACT, to="police", lawful_reason="life_at_risk")
    decided = recorded(case_of(report(MONDAY)), reason, by=SUPERVISOR)
    assert "police-withdrawal" not in h.owed(decided)
    assert "police-withdrawal" in h.owed(recorded(decided, no)), "whatever allowed it"


def to_the_police(**more: Any) -> list[CaseFact]:
    """In other ways than by a referral or a disclosure."""
    said = {"at": MONDAY, "words": "What happened."} | more
    return [
        PowerAsked(power="criminal_behaviour_order", asked_of="police", person="perpetrator-1", **said),
        ClosureAsked(asked_of="police", **said),
        PartnersConsulted(partners=("council", "police"), **said),
    ]


@pytest.mark.parametrize("number", range(3))
def test_in_whatever_way_the_police_are_told_the_victims_let_it(number: int) -> None:
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    file, fact = recorded(case_of(report(MONDAY)), he, h.effect(MONDAY)), to_the_police()[number]
    assert recorded(file, fact)
    refused = recorded(file, ConsentRefused(at=MONDAY, purpose=Purpose.POLICE, words="No."))
    with pytest.raises(NoConsentForPolice, match="does not want the police told"):
        recorded(refused, fact)
    decided = to_the_police(lawful_reason="life_at_risk")[number]
    with pytest.raises(NoConsentForPolice, match="Only a supervisor"):
        recorded(refused, decided, by=OFFICER)
    assert recorded(refused, decided, by=SUPERVISOR)
    with pytest.raises(NoConsentForPolice, match="has not agreed"):
        recorded(file, h.hate(MONDAY), fact)


def test_one_person_under_two_names_on_the_case_is_asked_once_and_answers_for_both() -> None:
    same = "00000000-0000-4000-8000-000000000001"
    file = recorded(
        case_of(report(MONDAY)),
        h.taken_on(MONDAY, "witness-1", Part.WITNESS),
        *(PersonIdentified(at=MONDAY, key=key, person=same) for key in ("complainant", "witness-1")),
    )
    of_both = told(about=("complainant", "witness-1"))
    assert recorded(file, YES, of_both)
    no = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.REFERRAL, person="witness-1", words="No.")
    with pytest.raises(NoGateway, match=r"The complainant said no .* Witness 1 said no"):
        recorded(file, YES, no, told(at=MONDAY + DAY, about=("complainant", "witness-1")))


def test_the_no_of_somebody_to_one_purpose_is_none_to_another() -> None:
    refused = recorded(case_of(report(MONDAY)), ConsentRefused(at=MONDAY, purpose=Purpose.HEALTH, words="No."))
    assert recorded(refused, told(Gateway.PROTOCOL, to="council"))
    assert recorded(refused, YES, told(to="council"))


def test_data_protection_law_is_named_by_its_part() -> None:
    with pytest.raises(NoGateway, match="Say which part of data protection law"):
        recorded(case_of(report(MONDAY)), told(Gateway.DATA_PROTECTION_LAW, under=None))


def test_a_protocol_is_named_and_so_is_somebody_on_the_case() -> None:
    file = case_of(report(MONDAY))
    with pytest.raises(NoGateway, match="which protocol"):
        recorded(file, told(Gateway.PROTOCOL, under=None))
    with pytest.raises(NoGateway, match="about whom"):
        recorded(file, told(Gateway.PROTOCOL, about=()))
    with pytest.raises(NotOnTheCase):
        recorded(file, told(Gateway.PROTOCOL, about=("witness-4",)))


def test_nothing_is_told_to_whom_the_edition_does_not_name() -> None:
    with pytest.raises(AgencyUnknown, match="Victim Support"):
        recorded(case_of(report(MONDAY)), told(Gateway.PROTOCOL, to="a_newspaper"))


def test_every_agency_that_the_policy_names_is_in_the_edition() -> None:
    keys = {agency.key for agency in EDITION.agencies}
    assert keys >= {
        *("police", "neighbourhood_officers", "wardens", "adult_social_services", "children_social_services"),
        *("environmental_health", "gp", "mental_health_nurse", "drug_and_alcohol", "anger_management"),
        *("probation", "youth_offending", "education", "fire", "mediation", "floating_support"),
        *("family_programme", "victim_support", "witness_service", "community_safety_partnership"),
        *("community_safety_unit", "another_landlord", "council", "legal_advice_domestic_abuse"),
        "emergency_accommodation",
    }
    assert len(keys) == len(EDITION.agencies)
