"""No gateway, no disclosure. (information-sharing, section 4)"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.company import called
from policy.consents import agrees_to_be_told_of
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts import Entry
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.disclosing import DisclosureRecorded, Gateway
from policy.facts.parts import Part
from policy.facts.referring import ReferralProposed
from policy.refusals.referral import PoliceReferredOtherwise
from policy.refusals.safety import AgencyUnknown, ConsentToSomethingElse, NoGateway
from policy.rules.lawful_reasons import decided_by_a_supervisor, is_a_lawful_reason
from policy.rules.parts import is_on_the_case

_NAMED: Final = {
    Gateway.PROTOCOL: "Say under which protocol it is told.",
    Gateway.DATA_PROTECTION_LAW: "Say which part of data protection law allows it.",
}
"""Where a gateway alone says too little."""


@dataclass(frozen=True)
class Telling:
    """About whom which agencies are told, and what allows it, at that moment or now. `decided`: a supervisor has
    named a lawful reason before.
    """

    about: tuple[str, ...]
    to: tuple[str, ...]
    gateway: Gateway
    under: str | None
    lawful_reason: str | None = None
    decided: bool = False
    at: datetime | None = None


def may_be_told(file: CaseFile, fact: DisclosureRecorded, entry: Entry, edition: Edition) -> None:
    agency_is_known(fact.to, edition, "to whom")
    is_about_somebody(file, fact.about)
    telling = Telling(fact.about, (fact.to,), fact.gateway, fact.under, fact.lawful_reason)
    gateway_stands(file, telling, entry, edition)


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
    telling = Telling(fact.about, (fact.agency,), fact.gateway, fact.under, fact.lawful_reason)
    gateway_stands(file, telling, entry, edition)


def speaks_of_an_agency(fact: ConsentGiven | ConsentRefused | ConsentWithdrawn, edition: Edition) -> None:
    """Of one that there is, and of being referred there."""
    if fact.agency is None:
        return
    agency_is_known(fact.agency, edition, "which agency")
    if fact.purpose is not Purpose.REFERRAL:
        raise ConsentToSomethingElse("One agency alone is named where somebody speaks of being referred to it.")


def agency_is_known(key: str, edition: Edition, what: str) -> None:
    if edition.agency(key) is None:
        raise AgencyUnknown(f"{key} is not one of these: {choices(edition.agencies)}.", missing=(what,))


def is_about_somebody(file: CaseFile, about: tuple[str, ...]) -> None:
    if not about:
        raise NoGateway("Say about whom something is told.", missing=("about whom",))
    for person in about:
        is_on_the_case(file, person)


def gateway_stands(file: CaseFile, telling: Telling, entry: Entry, edition: Edition) -> None:
    """A consent is there, and what else would allow it is not used against somebody who has said no: that is a
    supervisor's to decide, for a lawful reason. What the law allows us to tell of a perpetrator they cannot stop.
    """
    if telling.gateway in _NAMED and telling.under is None:
        raise NoGateway(_NAMED[telling.gateway], missing=("what allows it",))
    if telling.lawful_reason is not None:
        is_a_lawful_reason(telling.lawful_reason, edition, NoGateway)
        decided_by_a_supervisor(entry, "tell others about somebody without their consent", NoGateway)
    if telling.decided or telling.lawful_reason is not None:
        return
    said = {key: _agrees(file, key, telling, edition) for key in telling.about}
    if telling.gateway is Gateway.CONSENT:
        _is_consented([called(key) for key, agreed in said.items() if agreed is not True])
    else:
        perpetrators = {key for key, one in file.people.items() if one.part is Part.PERPETRATOR}
        refused = [key for key, agreed in said.items() if agreed is False]
        _is_not_refused([called(key) for key in refused if key not in perpetrators])


def _agrees(file: CaseFile, key: str, telling: Telling, edition: Edition) -> bool | None:
    """To each of the agencies."""
    agencies = [agency for one in telling.to if (agency := edition.agency(one)) is not None]
    answers = {agrees_to_be_told_of(file, key, agency, telling.at) for agency in agencies}
    return False if False in answers else None if None in answers else True


def _is_consented(unasked: list[str]) -> None:
    if unasked:
        raise NoGateway(
            f"It can be told on a consent once this is given by {', '.join(unasked)}. Ask them, or say what else"
            " allows it, or have a supervisor give a lawful reason.",
            missing=tuple(f"the consent of {who}" for who in unasked),
            missing_facts=("consent_given",),
        )


def _is_not_refused(refused: list[str]) -> None:
    if refused:
        raise NoGateway(
            f"{', '.join(refused)[:1].upper()}{', '.join(refused)[1:]} said no to this. Ask again, or have a"
            " supervisor give the lawful reason for telling it all the same.",
            missing=("a supervisor's lawful reason",),
        )
