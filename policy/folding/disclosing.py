"""What others were told of people on a case, and that they heard of a no. (information-sharing)"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from policy.case_file import CaseFile, later
from policy.conduct import Group, Informed, PoliceTelling, ToldOf
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.case_reviews import ToldInCaseReview
from policy.facts.disclosing import AgencyToldOfRefusal, DisclosureRecorded, Gateway
from policy.facts.groups import GroupToldOfRefusal
from policy.facts.powers import ClosureAsked, PowerAsked
from policy.facts.safety import PartnersConsulted
from policy.folding.base import decided, fold
from policy.folding.policing import police_heard, police_know
from policy.objections import Telling, everybody, told_against, who_objects

ToldAtOnce = DisclosureRecorded | PartnersConsulted | PowerAsked | ClosureAsked | ToldInCaseReview


@fold.register
def _(fact: DisclosureRecorded, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    return _told(file, fact, Telling(fact.about, (fact.to,), fact.gateway, fact.under), edition)


def with_partners_told(file: CaseFile, fact: PartnersConsulted, edition: Edition) -> CaseFile:
    to = tuple(key for one in edition.partners.partners if one.key in fact.partners for key in one.agencies)
    return _told(file, fact, Telling(who_was_discussed(file, fact), to, Gateway.CRIME_AND_DISORDER_ACT), edition)


def who_was_discussed(file: CaseFile, fact: PartnersConsulted) -> tuple[str, ...]:
    return tuple(sorted(file.victims)) if fact.about is None else fact.about


@fold.register
def _(fact: ToldInCaseReview, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """Of everybody: it was told before we hear of it."""
    then, to = fact.model_copy(update={"at": fact.told_at}), tuple(key for key in fact.to if edition.agency(key))
    return _told(file, then, Telling(everybody(file), to, Gateway.CRIME_AND_DISORDER_ACT), edition)


@fold.register(PowerAsked)
@fold.register(ClosureAsked)
def _(fact: PowerAsked | ClosureAsked, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    return _told(file, fact, to_be_asked(fact), edition)


def to_be_asked(fact: PowerAsked | ClosureAsked) -> Telling:
    """Whoever is asked to act is told of whom they are asked about."""
    about = (fact.person,) if fact.person is not None else ()
    return Telling(about, (fact.asked_of,), Gateway.CRIME_AND_DISORDER_ACT)


def _told(file: CaseFile, fact: ToldAtOnce, telling: Telling, edition: Edition) -> CaseFile:
    over = decided(file, fact, telling, edition)
    told = ToldOf(at=fact.at, about=telling.about, to=telling.to, gateway=telling.gateway, decided=over)
    return with_told(file, told, edition)


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
    said = [key for who in fact.about for key in (who, f"police:{who}")]
    then = who_objects(file, known, edition, fact.at)
    keys = said or [one.key for one in told_against(file, known, edition) if {one.who, one.victim} & then]
    return known.heard | {key: later(known.heard.get(key), fact.at) for key in keys}


def with_told(
    file: CaseFile, told: ToldOf, edition: Edition, heard: Mapping[str, datetime] | None = None
) -> CaseFile:
    """Each agency knows it for itself, with what it has `heard` so far. The police know more than of whom."""
    heard = heard or {}
    for telling in _to_the_police(told, edition):
        file = police_know(file, telling)
        said = {key.removeprefix("police:"): at for key, at in heard.items() if key.startswith("police:")}
        file = police_heard(file, said)
    for key in told.to if told.about else ():
        known = file.informed.get(key, Informed())
        changed = {
            "told": (*known.told, told.model_copy(update={"to": (key,)})),
            "heard": known.heard | {who: later(known.heard.get(who), at) for who, at in heard.items()},
        }
        file = _known(file, key, known.model_copy(update=changed))
    return file


def _to_the_police(told: ToldOf, edition: Edition) -> Iterator[PoliceTelling]:
    for agency in (one for one in edition.agencies if one.police and one.key in told.to):
        decided_at = max((one.at for one in told.decided if agency.key in one.to), default=None)
        yield PoliceTelling(at=told.at, decided_at=decided_at)


def police_tellings(file: CaseFile, edition: Edition) -> tuple[PoliceTelling, ...]:
    """Each time that they were told of everybody here, also in a group that goes on."""
    groups = (as_they_know(group) for group in file.groups.values())
    there = (one for known in groups for told in known for one in _to_the_police(told, edition))
    return tuple(dict.fromkeys((*file.police_told.tellings, *there)))


def as_they_know(group: Group) -> tuple[ToldOf, ...]:
    """What a group was told goes by whatever was decided for it since."""
    return tuple(one.model_copy(update={"decided": (*one.decided, *group.decided)}) for one in group.told)


def without_told(file: CaseFile, agency: str, matter: str) -> CaseFile:
    """What never reached it by this referral."""
    if (known := file.informed.get(agency)) is None:
        return file
    left = tuple(one for one in known.told if one.matter != matter)
    return _known(file, agency, known.model_copy(update={"told": left}))


def _known(file: CaseFile, agency: str, informed: Informed) -> CaseFile:
    return file.with_(informed={**file.informed, agency: informed})
