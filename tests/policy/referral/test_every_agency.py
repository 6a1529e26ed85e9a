"""partner-referrals: people can be referred to every agency that there is to be, by the rule of their case."""

import pytest

from policy.case_file import CaseFile
from policy.editions.agencies import Agency, AgencyChannel
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.matters import MatterKind
from policy.facts.policing import PoliceReferralAcknowledged, PoliceReferralAnswered
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.referral import PoliceReferredOtherwise
from policy.refusals.safety import NoGateway
from tests.given import EDITION, case_of, report
from tests.policy import happenings as h
from tests.policy.referral.referring import (
    ACKNOWLEDGED,
    DAY,
    GOING_WELL,
    HANDED_OVER,
    MONDAY,
    SENT,
    TAKEN_UP,
    WEEK,
    empty,
    ended,
    the_one,
    told,
)
from tests.policy.test_referrals_on_a_case import begun, proposed

POLICE = ("police", "neighbourhood_officers")
OTHERS = (
    "wardens",
    "adult_social_services",
    "children_social_services",
    "environmental_health",
    "gp",
    "mental_health_nurse",
    "drug_and_alcohol",
    "anger_management",
    "probation",
    "youth_offending",
    "education",
    "fire",
    "mediation",
    "floating_support",
    "family_programme",
    "victim_support",
    "witness_service",
    "community_safety_partnership",
    "community_safety_unit",
    "another_landlord",
    "council",
    "legal_advice_domestic_abuse",
    "emergency_accommodation",
)
"""The agencies that the service was asked to refer people to; more may come, and none may go."""


def agreed(to: str) -> CaseFile:
    purpose = Purpose(agency(to).consent)
    return case_of(report(MONDAY, "hate", hate=h.RACE), ConsentGiven(at=MONDAY, purpose=purpose, words="Yes."))


def agency(key: str) -> Agency:
    found = EDITION.agency(key)
    assert found is not None, f"the edition names no {key}"
    return found


def test_the_edition_names_every_agency_that_people_are_referred_to() -> None:
    assert set(POLICE) | set(OTHERS) <= {one.key for one in EDITION.agencies}
    assert {one.key for one in EDITION.agencies if one.police} == set(POLICE)


def test_whatever_else_the_edition_names_is_tried_here_too() -> None:
    assert {one.key for one in EDITION.agencies} <= set(POLICE) | set(OTHERS)


@pytest.mark.parametrize("key", OTHERS)
def test_people_can_be_referred_to_it_from_a_case_and_it_is_followed_to_the_end(key: str) -> None:
    (begin,) = begun(h.recorded(agreed(key), proposed(key)))
    to = agency(key)
    goes = HANDED_OVER if to.channel is AgencyChannel.HAND else SENT
    file = empty()
    for fact in (begin.begins, goes, ACKNOWLEDGED, TAKEN_UP, GOING_WELL):
        file = told(file, fact)
        assert to.name in the_one(file).owed
    assert told(file, ended(MONDAY + 2 * WEEK)).over


@pytest.mark.parametrize("key", OTHERS)
def test_without_a_word_from_them_nobody_is_referred_to_it(key: str) -> None:
    with pytest.raises(NoGateway):
        h.recorded(case_of(report(MONDAY)), proposed(key))


@pytest.mark.parametrize("key", POLICE)
def test_the_police_are_told_by_the_fact_that_asks_the_victims_and_by_no_other(key: str) -> None:
    file = agreed(key)
    with pytest.raises(PoliceReferredOtherwise):
        h.recorded(file, proposed(key))
    referred = h.recorded(file, h.police_referral(MONDAY))
    (matter,) = [one for one in referred.matters if one.startswith(MatterKind.POLICE_REFERRAL)]
    acknowledged = PoliceReferralAcknowledged(at=MONDAY + DAY, matter=matter, words="They have it.")
    answered = PoliceReferralAnswered(at=MONDAY + 2 * DAY, matter=matter, words="They have seen him.")
    assert matter not in h.recorded(referred, acknowledged, answered).matters


def test_without_a_word_from_its_victims_the_police_are_not_told_of_hate() -> None:
    with pytest.raises(NoConsentForPolice):
        h.recorded(case_of(report(MONDAY, "hate", hate=h.RACE)), h.police_referral(MONDAY))
