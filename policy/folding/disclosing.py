"""What others were told of people on a case, and that they heard of a no. (information-sharing)"""

from policy.case_file import CaseFile, later
from policy.conduct import Informed, ToldOf
from policy.consents import agrees_to_be_told_of
from policy.editions import Edition
from policy.editions.agencies import Agency
from policy.facts import Entry
from policy.facts.disclosing import AgencyToldOfRefusal, DisclosureRecorded, Gateway
from policy.folding.base import fold
from policy.folding.policing import told_on_consent
from policy.objections import Telling, objections, told_against


@fold.register
def _(fact: DisclosureRecorded, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """Who is told on a consent, or was against their word, may be told of no more."""
    if (agency := edition.agency(fact.to)) is None:
        return file
    if agency.police:
        return file if fact.lawful_reason is not None else told_on_consent(file, fact.at)
    if not (about := _whose_word_counts(file, fact, agency, edition)):
        return file
    known = file.informed.get(fact.to, Informed())
    told = ToldOf(at=fact.at, about=about, to=(fact.to,), gateway=fact.gateway)
    return _known(file, fact.to, known.model_copy(update={"told": (*known.told, told)}))


def _whose_word_counts(
    file: CaseFile, fact: DisclosureRecorded, agency: Agency, edition: Edition
) -> tuple[str, ...]:
    """Of others a law allows it, or a supervisor decided."""
    if fact.lawful_reason is not None:
        agreed = tuple(who for who in fact.about if agrees_to_be_told_of(file, who, agency, fact.at))
        return agreed if fact.gateway is Gateway.CONSENT else ()
    if fact.gateway is Gateway.CONSENT:
        return fact.about
    against = objections(file, Telling(fact.about, (fact.to,), fact.gateway), edition, fact.at)
    return tuple(dict.fromkeys(one.who for one in against if one.who is not None))


@fold.register
def _(fact: AgencyToldOfRefusal, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    if (known := file.informed.get(fact.agency)) is None:
        return file
    owed = {one.who for one in told_against(file, known, edition) if one.who is not None}
    heard = {who: later(known.heard.get(who), fact.at) for who in fact.about or owed}
    return _known(file, fact.agency, known.model_copy(update={"heard": known.heard | heard}))


def _known(file: CaseFile, agency: str, informed: Informed) -> CaseFile:
    return file.with_(informed={**file.informed, agency: informed})
