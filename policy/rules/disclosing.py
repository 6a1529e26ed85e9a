"""No gateway, no disclosure. (information-sharing, section 4)"""

from datetime import datetime

from policy.case_file import CaseFile
from policy.company import called
from policy.consents import agrees
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts import Entry
from policy.facts.consent import Purpose
from policy.facts.disclosing import DisclosureRecorded, Gateway
from policy.facts.referring import ReferralProposed
from policy.refusals.referral import PoliceReferredOtherwise
from policy.refusals.safety import AgencyUnknown, NoGateway
from policy.rules.lawful_reasons import decided_by_a_supervisor, is_a_lawful_reason
from policy.rules.parts import is_on_the_case


def may_be_told(file: CaseFile, fact: DisclosureRecorded, edition: Edition) -> None:
    agency_is_known(fact.to, edition, "to whom")
    is_about_somebody(file, fact.about)
    gateway_stands(file, fact.about, fact.gateway, fact.under)


def may_be_referred(file: CaseFile, fact: ReferralProposed, entry: Entry, edition: Edition) -> None:
    """A referral is a disclosure. Before the police are told the victims are asked. (police-with-consent)"""
    agency_is_known(fact.agency, edition, "to whom")
    is_about_somebody(file, fact.about)
    agency = edition.agency(fact.agency)
    if agency is not None and agency.police:
        raise PoliceReferredOtherwise(
            "What the police are told depends on the victims: record that the police were told instead.",
            missing_facts=("police_referral_made",),
        )
    if fact.lawful_reason is not None:
        is_a_lawful_reason(fact.lawful_reason, edition, NoGateway)
        decided_by_a_supervisor(entry, "refer somebody for a lawful reason, without their consent", NoGateway)
    if fact.on_consent or fact.gateway is not Gateway.CONSENT:
        or_else = "say what else allows it, or have a supervisor give a lawful reason"
        gateway_stands(file, fact.about, fact.gateway, fact.under, or_else=or_else)


def agency_is_known(key: str, edition: Edition, what: str) -> None:
    if edition.agency(key) is None:
        raise AgencyUnknown(f"{key} is not one of these: {choices(edition.agencies)}.", missing=(what,))


def is_about_somebody(file: CaseFile, about: tuple[str, ...]) -> None:
    if not about:
        raise NoGateway("Say about whom something is told.", missing=("about whom",))
    for person in about:
        is_on_the_case(file, person)


def gateway_stands(  # noqa: PLR0913 - what allows it, when, and what else might
    file: CaseFile,
    about: tuple[str, ...],
    gateway: Gateway,
    under: str | None,
    at: datetime | None = None,
    *,
    or_else: str = "say what else allows it",
) -> None:
    """At that moment, or now."""
    if gateway is Gateway.PROTOCOL and under is None:
        raise NoGateway("Say under which protocol it is told.", missing=("the protocol",))
    if gateway is not Gateway.CONSENT:
        return
    unasked = [called(key) for key in about if agrees(file, Purpose.REFERRAL, key, at) is not True]
    if unasked:
        raise NoGateway(
            f"It can be told on a consent once this is given by {', '.join(unasked)}. Ask them, or {or_else}.",
            missing=tuple(f"the consent of {who}" for who in unasked),
            missing_facts=("consent_given",),
        )
