"""Support offered, safety, partners and emergency accommodation."""

from datetime import datetime

from policy.care import Safety
from policy.case_file import CaseFile, later
from policy.company import COMPLAINANT
from policy.editions import Edition
from policy.facts import Entry, assessing, reporting, safety, support
from policy.facts.base import Fact
from policy.facts.matters import MatterKind
from policy.facts.parts import PersonIdentified
from policy.facts.risk import RiskAssessed
from policy.folding.base import fold
from policy.folding.disclosing import with_partners_told
from policy.folding.needs import with_abuse
from policy.folding.reports import HATE


@fold.register
def _(fact: support.SupportOffered, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """An offer from before a report of hate does not answer it."""
    since = file.support_owed_since
    if _is_of_the_victims(file, fact.person):
        file = file.with_(
            support_offered_at=later(file.support_offered_at, fact.at),
            support_owed_since=since if since is not None and fact.at < since else None,
        )
    provider = edition.support.provider(fact.provider)
    if provider is None or not provider.domestic_abuse:
        return file
    return with_abuse(file, fact.person or COMPLAINANT, specialist_offered_at=fact.at)


def with_support_owed(before: CaseFile, file: CaseFile, fact: Fact) -> CaseFile:
    """From each telling of hate that no later offer has answered."""
    match fact:
        case reporting.ReportReceived() | reporting.IncidentReported():
            told = fact.hate is not None or fact.category == HATE
        case reporting.HatePerceived():
            told = True
        case assessing.Assessed():
            told = before.hate is None and file.hate is not None
        case _:
            return file
    at = later(file.reported_at, fact.at)
    if not told or (file.support_offered_at is not None and file.support_offered_at >= at):
        return file
    return file.with_(support_owed_since=min(file.support_owed_since or at, at))


@fold.register
def _(fact: safety.PartnersConsulted, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """Discussing a case with partners tells them of people. (information-sharing)"""
    file = with_partners_told(file, fact, edition)
    return file.with_(partners_consulted_at=later(file.partners_consulted_at, fact.at))


@fold.register
def _(fact: safety.SafetyConsidered, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """In danger until emergency accommodation is begun for them, or a later look finds them safe. One from before
    the danger does not.
    """
    known = file.safety.get(fact.person, Safety())
    if known.considered_at is not None and fact.at < known.considered_at:
        return file
    sought = known.sought_at is not None and known.sought_at >= fact.at
    in_danger = fact.in_danger and not sought and not _is_being_found(file, fact.person)
    since = known.in_danger_since
    if not in_danger and since is not None and fact.at >= since:
        since = None
    if in_danger:
        since = since or fact.at
    return _safety(file, fact.person, considered_at=fact.at, in_danger_since=since)


@fold.register
def _(fact: safety.EmergencyAccommodationNeeded, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """What was sought before the danger is no way out of it."""
    known = file.safety.get(fact.person or COMPLAINANT, Safety())
    since = known.in_danger_since
    return _safety(
        file,
        fact.person or COMPLAINANT,
        sought_at=later(known.sought_at, fact.at),
        in_danger_since=since if since is not None and fact.at < since else None,
    )


def _safety(file: CaseFile, person: str, **changes: object) -> CaseFile:
    known = file.safety.get(person, Safety())
    return file.with_(safety={**file.safety, person: known.model_copy(update=changes)})


def _is_being_found(file: CaseFile, person: str, besides: str | None = None) -> bool:
    """Somewhere to stay, for them."""
    sought = [m for key, m in file.matters.items() if m.kind is MatterKind.ACCOMMODATION and key != besides]
    return any((matter.person or COMPLAINANT) == person for matter in sought)


def _is_of_the_victims(file: CaseFile, person: str | None) -> bool:
    """What is done for a witness or the other side is no help to the victim."""
    return person is None or person in file.victims


@fold.register
def _(fact: safety.EmergencyAccommodationRefused, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """They are not safe where they are, and hours count again."""
    matter = file.matters.get(fact.matter)
    person = (matter and matter.person) or COMPLAINANT
    known = file.safety.get(person, Safety())
    looked_at_since = known.considered_at is not None and known.considered_at > fact.at
    file = _safety_again(file, person, fact.at)
    if person not in file.people or looked_at_since or _is_being_found(file, person, besides=fact.matter):
        return file
    return _safety(file, person, in_danger_since=known.in_danger_since or fact.at)


def with_safety_owed(before: CaseFile, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """A risk in a band that says so has their safety considered; a look at another person was none at them, also
    one from before we learnt whom it was at.
    """
    match fact := entry.fact:
        case RiskAssessed(person=person, at=at):
            again = edition.risk.band_for(file.risks[person].score).consider_safety
        case PersonIdentified(key=person):
            known = file.safety.get(person)
            looked_at = known.considered_at if known else None
            again = looked_at is not None and file.is_somebody_else(person, before)
            at = fact.at if looked_at is None or looked_at < fact.at else entry.recorded_at
        case _:
            return file
    return _safety_again(file, person, at) if again else file


def _safety_again(file: CaseFile, person: str, at: datetime) -> CaseFile:
    known = file.safety.get(person, Safety())
    if person not in file.people:
        return file
    if known.considered_at is not None and known.considered_at >= at:
        return file
    pending = known.again_since is not None and (
        known.considered_at is None or known.considered_at < known.again_since
    )
    return file if pending else _safety(file, person, again_since=at)
