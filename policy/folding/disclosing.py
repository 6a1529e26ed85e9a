"""What others were told of people on a case, and that they heard of a no. (information-sharing)"""

from datetime import datetime

from policy.case_file import CaseFile, later
from policy.conduct import Informed, ToldOf
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.disclosing import AgencyToldOfRefusal, DisclosureRecorded, Gateway
from policy.facts.groups import GroupToldOfRefusal
from policy.facts.safety import PartnersConsulted
from policy.folding.base import decided, fold
from policy.folding.policing import told_on_consent
from policy.objections import VICTIMS, Telling, told_against


@fold.register
def _(fact: DisclosureRecorded, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    if (agency := edition.agency(fact.to)) is None:
        return file
    over = decided(file, fact, Telling(fact.about, (fact.to,), fact.gateway, fact.under), edition)
    if agency.police and fact.lawful_reason is None:
        file = told_on_consent(file, fact.at)
    told = ToldOf(at=fact.at, about=fact.about, to=(fact.to,), gateway=fact.gateway)
    return with_told(file, told, Informed(decided=over))


def with_partners_told(file: CaseFile, fact: PartnersConsulted, edition: Edition) -> CaseFile:
    to = tuple(key for one in edition.partners.partners if one.key in fact.partners for key in one.agencies)
    about, gateway = who_was_discussed(file, fact), Gateway.CRIME_AND_DISORDER_ACT
    over = decided(file, fact, Telling(about, to, gateway), edition)
    if fact.lawful_reason is None and any(one.police for one in edition.agencies if one.key in to):
        file = told_on_consent(file, fact.at)
    return with_told(file, ToldOf(at=fact.at, about=about, to=to, gateway=gateway), Informed(decided=over))


def who_was_discussed(file: CaseFile, fact: PartnersConsulted) -> tuple[str, ...]:
    return file.victims if fact.about is None else fact.about


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


def with_told(file: CaseFile, told: ToldOf, so_far: Informed) -> CaseFile:
    """Each agency knows it for itself, with what was decided over somebody's word and what it heard `so_far`."""
    for agency in told.to if told.about else ():
        known = file.informed.get(agency, Informed())
        heard = known.heard | {who: later(known.heard.get(who), at) for who, at in so_far.heard.items()}
        changed = {
            "told": (*known.told, told.model_copy(update={"to": (agency,)})),
            "decided": tuple(dict.fromkeys((*known.decided, *so_far.decided))),
            "heard": heard,
        }
        file = _known(file, agency, known.model_copy(update=changed))
    return file


def _known(file: CaseFile, agency: str, informed: Informed) -> CaseFile:
    return file.with_(informed={**file.informed, agency: informed})
