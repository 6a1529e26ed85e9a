"""information-sharing: what is told to others about somebody, under what, recorded before it is told."""

from typing import Any

import pytest

from policy.facts import CaseFact
from policy.facts.consent import ConsentGiven, ConsentWithdrawn, Purpose
from policy.facts.disclosing import DisclosureRecorded, Gateway
from policy.facts.parts import Part
from policy.refusals import NotOnTheCase
from policy.refusals.safety import AgencyUnknown, NoGateway
from tests.given import EDITION, case_of, report
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
