"""What others were told of people on a case, and that they heard of a no. (information-sharing)"""

from datetime import datetime

from policy.case_file import CaseFile, later
from policy.conduct import Informed, ToldOf
from policy.consents import agrees_to_be_told_of
from policy.deadlines.victims import named
from policy.editions import Edition
from policy.editions.agencies import Agency
from policy.facts import Entry
from policy.facts.disclosing import AgencyToldOfRefusal, DisclosureRecorded, Gateway
from policy.facts.groups import GroupToldOfRefusal
from policy.facts.safety import PartnersConsulted
from policy.folding.base import fold
from policy.folding.policing import told_on_consent
from policy.objections import VICTIMS, told_against


@fold.register
def _(fact: DisclosureRecorded, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """Who is told on a consent, or was against their word, may be told of no more."""
    if (agency := edition.agency(fact.to)) is None:
        return file
    if agency.police and fact.lawful_reason is None:
        file = told_on_consent(file, fact.at)
    about = _whose_word_counts(file, fact, agency)
    told = ToldOf(at=fact.at, about=about, to=(fact.to,), gateway=fact.gateway)
    return file if not about else with_told(file, fact.to, told)


def with_partners_told(file: CaseFile, fact: PartnersConsulted, edition: Edition) -> CaseFile:
    if fact.lawful_reason is not None:
        return file
    for partner in edition.partners.partners:
        for key in partner.agencies if partner.key in fact.partners else ():
            agency = edition.agency(key)
            if agency is not None and agency.police:
                file = told_on_consent(file, fact.at)
            if about := who_was_discussed(file, fact):
                gateway = Gateway.CRIME_AND_DISORDER_ACT
                file = with_told(file, key, ToldOf(at=fact.at, about=about, to=(key,), gateway=gateway))
    return file


def who_was_discussed(file: CaseFile, fact: PartnersConsulted) -> tuple[str, ...]:
    return tuple(named(file)) if fact.about is None else fact.about


def _whose_word_counts(file: CaseFile, fact: DisclosureRecorded, agency: Agency) -> tuple[str, ...]:
    """Of others a supervisor decided."""
    if fact.lawful_reason is None:
        return fact.about
    agreed = tuple(who for who in fact.about if agrees_to_be_told_of(file, who, agency, fact.at))
    return agreed if fact.gateway is Gateway.CONSENT else ()


@fold.register
def _(fact: AgencyToldOfRefusal, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    if (known := file.informed.get(fact.agency)) is None:
        return file
    heard = heard_by_now(file, known, fact, edition)
    return _known(file, fact.agency, known.model_copy(update={"heard": heard}))


def heard_by_now(
    file: CaseFile, known: Informed, fact: AgencyToldOfRefusal | GroupToldOfRefusal, edition: Edition
) -> dict[str, datetime]:
    """Of everybody whose no they had not heard, unless it was said of whom."""
    owed = {one.who or VICTIMS for one in told_against(file, known, edition)}
    return known.heard | {who: later(known.heard.get(who), fact.at) for who in fact.about or owed}


def with_told(file: CaseFile, agency: str, told: ToldOf) -> CaseFile:
    known = file.informed.get(agency, Informed())
    return _known(file, agency, known.model_copy(update={"told": (*known.told, told)}))


def _known(file: CaseFile, agency: str, informed: Informed) -> CaseFile:
    return file.with_(informed={**file.informed, agency: informed})
