"""No gateway, no disclosure. (information-sharing, section 4)"""

from policy.case_file import CaseFile
from policy.company import called
from policy.consents import agrees
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts.consent import Purpose
from policy.facts.disclosing import DisclosureRecorded, Gateway
from policy.refusals.safety import AgencyUnknown, NoGateway
from policy.rules.parts import is_on_the_case


def may_be_told(file: CaseFile, fact: DisclosureRecorded, edition: Edition) -> None:
    if edition.agency(fact.to) is None:
        raise AgencyUnknown(f"{fact.to} is not one of these: {choices(edition.agencies)}.", missing=("to whom",))
    if not fact.about:
        raise NoGateway("Say about whom something is told.", missing=("about whom",))
    for person in fact.about:
        is_on_the_case(file, person)
    if fact.gateway is Gateway.PROTOCOL and fact.under is None:
        raise NoGateway("Say under which protocol it is told.", missing=("the protocol",))
    if fact.gateway is not Gateway.CONSENT:
        return
    unasked = [called(key) for key in fact.about if agrees(file, Purpose.REFERRAL, key) is not True]
    if unasked:
        raise NoGateway(
            f"It can be told on a consent once this is given by {', '.join(unasked)}. Ask them, or say what else"
            " allows it.",
            missing=tuple(f"the consent of {who}" for who in unasked),
            missing_facts=("consent_given",),
        )
