"""No gateway, no disclosure. (information-sharing, section 4)"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from policy.case_file import CaseFile
from policy.company import called
from policy.conduct import Informed
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts import Entry, Recorded
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.disclosing import AgencyToldOfRefusal, DisclosureRecorded, Gateway
from policy.facts.parts import Part
from policy.facts.powers import ClosureAsked, PowerAsked
from policy.facts.referring import ReferralProposed
from policy.facts.safety import PartnersConsulted
from policy.folding.disclosing import to_be_asked, who_was_discussed
from policy.objections import Telling, objections, told_against, who_objects
from policy.refusals import MatterNotOpen
from policy.refusals.referral import PoliceReferredOtherwise
from policy.refusals.safety import AgencyUnknown, ConsentToSomethingElse, NoGateway, PartnerUnknown
from policy.rules.lawful_reasons import decided_by_a_supervisor, is_a_lawful_reason
from policy.rules.parts import is_on_the_case
from policy.rules.policing import police_may_be_told, victims_do_not_let_it, was_said_by_then

_A_REASON: Final = "a supervisor's lawful reason"
_NAMED: Final = {
    Gateway.PROTOCOL: "Say under which protocol it is told.",
    Gateway.DATA_PROTECTION_LAW: "Say which part of data protection law allows it.",
}
"""Where a gateway alone says too little."""

_ASKED_FOR: Final[Mapping[str, str]] = {
    "police": "the police being told",
    "health": "a GP or nurse being asked",
}
"""What somebody agrees to, of agencies that are not simply referred to."""


def may_be_told(file: CaseFile, fact: DisclosureRecorded, entry: Entry, edition: Edition) -> None:
    """As everybody says now, or said when it was told. What was told already is recorded as it was."""
    agency_is_known(fact.to, edition, "to whom")
    is_about_somebody(file, fact.about, already_told=fact.already_told)
    is_decided(fact.lawful_reason, entry, edition)
    telling = Telling(fact.about, (fact.to,), fact.gateway, fact.under)
    if fact.already_told:
        gateway_is_named(telling)
    else:
        gateway_stands(file, telling, fact.lawful_reason, edition, fact.at)


def agency_was_told(file: CaseFile, fact: AgencyToldOfRefusal, entry: Entry, edition: Edition) -> None:
    agency_is_known(fact.agency, edition, "which agency")
    if fact.agency not in file.informed:
        raise MatterNotOpen("By this case that agency was told of nobody whose word counts.")
    hears_of_a_no(file, fact.about, file.informed[fact.agency], entry, edition)


def hears_of_a_no(
    file: CaseFile, about: tuple[str, ...], informed: Informed, entry: Entry, edition: Edition
) -> None:
    """Nobody hears of one that nobody has said. What was told against it a supervisor sees to."""
    by_then = tuple(one for one in informed.told if one.at <= entry.at)
    if any(one.all_the_same for one in told_against(file, informed.model_copy(update={"told": by_then}), edition)):
        decided_by_a_supervisor(entry, "put right what was told against somebody's word", NoGateway)
    are_known(file, about, already_told=True)
    against = who_objects(file, informed, edition)
    was_said_by_then(against, who_objects(file, informed, edition, entry.at))
    if agreed := [called(person) for person in about if person not in against]:
        raise NoGateway(
            f"Nobody has recorded that {', '.join(agreed)} said no to what was told. If they say no, record that"
            " first.",
            missing=("that they say no",),
            missing_facts=("consent_refused", "consent_withdrawn"),
        )


def some_agency_was_told(file: CaseFile, _edition: Edition) -> None:
    if not file.informed:
        raise MatterNotOpen("No agency was told of anybody on this case whose word counts.")


def partners_may_be_told(file: CaseFile, fact: PartnersConsulted, entry: Entry, edition: Edition) -> None:
    """Each hears what the agencies that it stands for would. (serious-partners, section 5)"""
    partners = {one.key: one.agencies for one in edition.partners.partners}
    if not fact.partners or not partners.keys() >= {*fact.partners}:
        known = choices(edition.partners.partners)
        raise PartnerUnknown(f"Say whom you spoke to, from this list: {known}.", missing=("whom you spoke to",))
    about = who_was_discussed(file, fact)
    are_known(file, about, already_told=fact.already_told)
    to = tuple(key for partner in fact.partners for key in partners[partner])
    if not fact.already_told and any(agency.police for key in to if (agency := edition.agency(key)) is not None):
        police_may_be_told(file, fact, entry, edition)
    is_decided(fact.lawful_reason, entry, edition)
    if not fact.already_told:
        telling = Telling(about, to, Gateway.CRIME_AND_DISORDER_ACT)
        gateway_stands(file, telling, fact.lawful_reason, edition, fact.at)


def may_be_asked_to_act(file: CaseFile, fact: PowerAsked | ClosureAsked, entry: Entry, edition: Edition) -> None:
    """Whoever holds a power hears of whom they are asked about. (other-powers, section 5)"""
    is_decided(fact.lawful_reason, entry, edition)
    if fact.person is None or fact.person not in file.people:
        return
    gateway_stands(file, to_be_asked(fact), fact.lawful_reason, edition, fact.at)


def are_known(file: CaseFile, about: tuple[str, ...], *, already_told: bool) -> None:
    """On the case; of what was told already, also who has left it since."""
    for person in about:
        if not already_told or person not in file.people:
            is_on_the_case(file, person)


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
    is_decided(fact.lawful_reason, entry, edition)
    gateway_stands(
        file, Telling(fact.about, (fact.agency,), fact.gateway, fact.under), fact.lawful_reason, edition
    )


def speaks_of_an_agency(fact: ConsentGiven | ConsentRefused | ConsentWithdrawn, edition: Edition) -> None:
    """Of one that there is, and of being referred there; not of one that is asked for something of its own."""
    if fact.agency is None:
        return
    agency_is_known(fact.agency, edition, "which agency")
    if fact.purpose is not Purpose.REFERRAL:
        raise ConsentToSomethingElse("One agency alone is named where somebody speaks of being referred to it.")
    agency = edition.agency(fact.agency)
    if agency is not None and agency.consent != "referral":
        what = _ASKED_FOR[agency.consent]
        raise ConsentToSomethingElse(f"{agency.name}: record what they say to {what} instead, without an agency.")


def agency_is_known(key: str, edition: Edition, what: str) -> None:
    if edition.agency(key) is None:
        raise AgencyUnknown(f"{key} is not one of these: {choices(edition.agencies)}.", missing=(what,))


def is_about_somebody(file: CaseFile, about: tuple[str, ...], *, already_told: bool = False) -> None:
    if not about:
        raise NoGateway("Say about whom something is told.", missing=("about whom",))
    are_known(file, about, already_told=already_told)


def is_decided(lawful_reason: str | None, entry: Recorded[Any], edition: Edition) -> None:
    """By a supervisor, where a reason is given at all."""
    if lawful_reason is not None:
        is_a_lawful_reason(lawful_reason, edition, NoGateway)
        decided_by_a_supervisor(entry, "tell others about somebody without their consent", NoGateway)


def gateway_is_named(telling: Telling) -> None:
    if telling.gateway in _NAMED and telling.under is None:
        raise NoGateway(_NAMED[telling.gateway], missing=("what allows it",))


def gateway_stands(
    file: CaseFile, telling: Telling, lawful_reason: str | None, edition: Edition, at: datetime | None = None
) -> None:
    """Nobody is told of against their word, as it is now or was `at` that moment, unless a supervisor decides that
    for a lawful reason.
    """
    gateway_is_named(telling)
    if lawful_reason is not None or (at is not None and not objections(file, telling, edition, at)):
        return
    against = objections(file, telling, edition)
    refused: dict[str, list[str]] = {}
    for one in against:
        if one.who is not None and one.since is not None and (agency := edition.agency(one.agency)) is not None:
            refused.setdefault(one.who, []).append(agency.name)
    unasked = list(dict.fromkeys(called(one.who) for one in against if one.who is not None and one.since is None))
    words = {called(who): to for who, to in refused.items()}
    is_not_refused(words, unasked, by_law=all(_is_complained_about(file, who) for who in refused))
    _is_consented(unasked)
    if against:
        raise victims_do_not_let_it(file)


def _is_complained_about(file: CaseFile, who: str) -> bool:
    return who in file.people and file.people[who].part is Part.PERPETRATOR


def _is_consented(unasked: list[str]) -> None:
    if unasked:
        raise NoGateway(
            f"It can be told on a consent once this is given by {', '.join(unasked)}. Ask them, or say what else"
            " allows it, or have a supervisor give a lawful reason.",
            missing=tuple(f"the consent of {who}" for who in unasked),
            missing_facts=("consent_given",),
        )


def is_not_refused(refused: Mapping[str, list[str]], unasked: Sequence[str] = (), *, by_law: bool = False) -> None:
    """`by_law`: they cannot stop what the law allows to be told of them."""
    if refused:
        said = " ".join(
            f"{who[:1].upper()}{who[1:]} said no to this: {', '.join(to)}." for who, to in refused.items()
        )
        said += f" Not asked yet: {', '.join(unasked)}." if unasked else ""
        else_, needed = (" or say what else allows it,", "what else allows it") if by_law else ("", _A_REASON)
        raise NoGateway(
            f"{said} Respect a no,{else_} or have a supervisor give the lawful reason for telling it all the"
            " same.",
            missing=(*(f"the consent of {who}" for who in unasked), needed),
            missing_facts=("consent_given",),
        )
