"""No gateway, no disclosure. (information-sharing, section 4)"""

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

_OR_ELSE = "or say what else allows it"


def may_be_told(file: CaseFile, fact: DisclosureRecorded, edition: Edition) -> None:
    _can_be_told(file, fact.to, fact, edition)
    if fact.gateway is Gateway.CONSENT:
        _all_agree(file, fact.about, _OR_ELSE)


def may_be_referred(file: CaseFile, fact: ReferralProposed, entry: Entry, edition: Edition) -> None:
    """A referral is a disclosure. Before the police are told the victims are asked. (police-with-consent)"""
    _can_be_told(file, fact.agency, fact, edition)
    agency = edition.agency(fact.agency)
    if agency is not None and agency.police:
        raise PoliceReferredOtherwise(
            "What the police are told depends on the victims: record that the police were told instead.",
            missing_facts=("police_referral_made",),
        )
    if fact.lawful_reason is not None:
        is_a_lawful_reason(fact.lawful_reason, edition, NoGateway)
        decided_by_a_supervisor(entry, "refer somebody for a lawful reason, without their consent", NoGateway)
    elif fact.gateway is Gateway.CONSENT:
        _all_agree(file, fact.about, f"{_OR_ELSE}, or have a supervisor give a lawful reason")


def _can_be_told(file: CaseFile, to: str, fact: DisclosureRecorded | ReferralProposed, edition: Edition) -> None:
    if edition.agency(to) is None:
        raise AgencyUnknown(f"{to} is not one of these: {choices(edition.agencies)}.", missing=("to whom",))
    if not fact.about:
        raise NoGateway("Say about whom something is told.", missing=("about whom",))
    for person in fact.about:
        is_on_the_case(file, person)
    if fact.gateway is Gateway.PROTOCOL and fact.under is None:
        raise NoGateway("Say under which protocol it is told.", missing=("the protocol",))


def _all_agree(file: CaseFile, about: tuple[str, ...], or_else: str) -> None:
    unasked = [called(key) for key in about if agrees(file, Purpose.REFERRAL, key) is not True]
    if unasked:
        raise NoGateway(
            f"It can be told on a consent once this is given by {', '.join(unasked)}. Ask them, {or_else}.",
            missing=tuple(f"the consent of {who}" for who in unasked),
            missing_facts=("consent_given",),
        )
