"""Alleged crimes, what the victim says about the police, and what was referred."""

from collections.abc import Mapping
from datetime import datetime

from policy.case_file import CaseFile, later
from policy.conduct import PoliceTelling
from policy.consents import (
    agrees_beside_others,
    had_refused_the_police,
    own_victims,
    police_know_of,
    victims_agree,
)
from policy.editions import Edition
from policy.facts import Entry, policing
from policy.facts.base import Fact
from policy.facts.consent import Purpose
from policy.facts.joining import PoliceToldWhereJoined, ReportJoined
from policy.facts.matters import MatterKind
from policy.facts.reporting import HatePerceived, HatePerception, IncidentReported
from policy.folding.base import counts_from, fold
from policy.police_consent import can_still_be_asked


@fold.register
def _(_fact: policing.CrimeAlleged, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(police=file.police.model_copy(update={"crime_alleged": True}))


@fold.register
def _(fact: policing.PoliceReferralMade, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    told = file.police_told.model_copy(update={"at": later(file.police_told.at, fact.at)})
    file = _decided(file, fact.at).with_(police_told=told)
    decided_at = fact.at if fact.lawful_reason is not None else None
    matter = f"{MatterKind.POLICE_REFERRAL}-{file.seq + 1}"
    return police_know(file, PoliceTelling(at=fact.at, matter=matter, decided_at=decided_at))


def police_know(file: CaseFile, told: PoliceTelling) -> CaseFile:
    """However they were told, they hear of it if a victim says no later."""
    return _police_told(file, tellings=tuple(dict.fromkeys((*file.police_told.tellings, told))))


def _police_told(file: CaseFile, **changes: object) -> CaseFile:
    return file.with_(police_told=file.police_told.model_copy(update=changes))


@fold.register
def _(fact: PoliceToldWhereJoined, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Each case sees to the noes of its own people."""
    there = PoliceTelling(at=fact.told_at, matter=fact.matter, by_case=fact.by_case, decided_at=fact.decided_at)
    known, back = file.police_told.tellings, file.police_told.taken_back
    if fact.taken_back and there not in known:
        return _police_told(file, taken_back=(*back, there))
    if fact.taken_back:
        return _police_told(file, tellings=tuple(one for one in known if one != there))
    if there in back:
        return _police_told(file, taken_back=tuple(one for one in back if one != there))
    return police_know(file, there)


@fold.register
def _(fact: policing.PoliceReferralDeclined, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _decided(file, fact.at)


def _decided(file: CaseFile, at: datetime) -> CaseFile:
    decided_at = later(file.police.decided_at, at)
    return file.with_(police=file.police.model_copy(update={"decided_at": decided_at}))


@fold.register(policing.PoliceReferralEnded)
@fold.register(policing.PoliceToldOfWithdrawal)
def _(
    fact: policing.PoliceReferralEnded | policing.PoliceToldOfWithdrawal,
    file: CaseFile,
    _entry: Entry,
    _edition: Edition,
) -> CaseFile:
    """Ending our wait for an answer takes nothing back unless it says so, and then that referral alone. Nobody
    asks after a referral that rested on the consent once the police have heard; one made later is another. They
    hear it from each victim who had said no by then.
    """
    told, ended_at = file.police_told, later(file.police_told.ended_at, fact.at)
    if isinstance(fact, policing.PoliceReferralEnded):
        left = tuple(one for one in told.tellings if one.by_case or one.matter != fact.matter)
        return _police_told(file, tellings=left, ended_at=ended_at) if fact.taken_back else file
    heard = [who for who in own_victims(file) if had_refused_the_police(file, who, fact.at)]
    if not heard:
        return file
    rested = {one.matter for one in told.tellings if not one.by_case and one.at <= fact.at and not one.decided_at}
    file = file.with_(matters={key: one for key, one in file.matters.items() if key not in rested})
    return police_heard(_police_told(file, ended_at=ended_at), dict.fromkeys(heard, fact.at))


def police_heard(file: CaseFile, heard: Mapping[str, datetime]) -> CaseFile:
    """From these victims, when."""
    known = file.police_told.heard
    return _police_told(file, heard=known | {who: later(known.get(who), at) for who, at in heard.items()})


def with_police(before: CaseFile, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """With the clocks of asking the victim and of referring, from the entry since which each is owed. A referral
    of hate waits for each victim who can be asked; where nobody can be, it is decided on all the same.
    """
    since = counts_from(entry)
    crime, agreed = crime_is_alleged(file, edition), victims_agree(file, Purpose.POLICE)
    to_ask = crime or file.hate is not None or _meant_too(file)
    waits = file.hate is not None and bool(can_still_be_asked(file))
    to_refer = crime and agreed is not False and not waits
    police = file.police
    if police.decided_at is not None and _is_decided_again(before, file, entry, edition):
        since = since if since >= police.decided_at else entry.recorded_at
        police = police.model_copy(update={"decided_at": None, "refer_since": None})
    ask_since = (police.ask_since or since) if to_ask else None
    refer_since = (police.refer_since or since) if to_refer else None
    if (police.ask_since, police.refer_since) != (ask_since, refer_since):
        police = police.model_copy(update={"ask_since": ask_since, "refer_since": refer_since})
    return file if police is file.police else file.with_(police=police)


def _meant_too(file: CaseFile) -> bool:
    """The police, who were told, by a victim who since wants no agency told."""
    return any(
        any(police_know_of(file, one, who) for one in file.police_told.tellings)
        and agrees_beside_others(file, Purpose.POLICE, who) is False
        for who in own_victims(file)
    )


def _is_decided_again(before: CaseFile, file: CaseFile, entry: Entry, edition: Edition) -> bool:
    """A further crime is another to decide on. A victim who agrees after all is heard: what was decided against
    their word, or without it where it was needed, is decided again unless the police know. So is what happened
    before the decision and was written down after it, from when we learnt of it: nobody had decided on that.
    """
    decided_at, learnt_at = file.police.decided_at, entry.recorded_at
    if decided_at is None or learnt_at < decided_at:
        return False
    if learnt_at > decided_at and _tells_of_crime(entry.fact, edition):
        return True
    said, agreed = victims_agree(before, Purpose.POLICE), victims_agree(file, Purpose.POLICE)
    agrees_now = agreed is True and (said is False or (said is None and before.hate is not None))
    return agrees_now and not file.police_told.know(decided_at)


def _tells_of_crime(fact: Fact, edition: Edition) -> bool:
    match fact:
        case policing.CrimeAlleged() | HatePerceived(hate=HatePerception(offence_alleged=True)):
            return True
        case IncidentReported() | ReportJoined() if fact.hate is not None and fact.hate.offence_alleged:
            return True
        case IncidentReported():
            return fact.category in edition.police.alleges_crime
        case ReportJoined():
            return fact.crime_alleged or any(one in edition.police.alleges_crime for one in fact.categories)
    return False


def crime_is_alleged(file: CaseFile, edition: Edition) -> bool:
    """By somebody's words, as a hate crime, or by the kind of behaviour. (refer-criminal-to-police, section 5)"""
    of_hate = file.hate is not None and file.hate.offence_alleged
    by_kind = any(category in edition.police.alleges_crime for category in file.categories)
    brought = any(brought.crime_alleged for brought in file.brought.values())
    return file.police.crime_alleged or brought or of_hate or by_kind
