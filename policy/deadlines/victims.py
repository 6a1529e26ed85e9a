"""Who suffered from it: which of them can be spoken to, from when, and that we find out who they are."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT, VICTIMS
from policy.deadlines.base import Obligation, owed
from policy.editions import Edition
from policy.working_days import working_days_after

NOT_NAMED: Final = "nobody has said yet who the victim is"
NOT_FOUND: Final = "nobody could find out who the victim is"

APPOINTMENT: Final = "appointment"
POLICE_ADVICE: Final = "police-advice"


def named(file: CaseFile) -> list[str]:
    """The victims who are on the case and whom we know."""
    return [key for key in file.victims if key not in file.unfilled]


def others_named(file: CaseFile) -> list[str]:
    """Those for whom the wishes of whoever reported do not speak."""
    return [key for key in named(file) if key != COMPLAINANT]


def told_at(file: CaseFile, what: str, person: str) -> datetime | None:
    if person == COMPLAINANT:
        return file.appointment_offered_at if what == APPOINTMENT else file.police_advised_at
    return file.told[what].others.get(person) if what in file.told else None


def victim_was_told(file: CaseFile, what: str) -> bool:
    """Since the case became serious: one of the victims whom we know; whoever reported, while nobody is named."""
    heard = [key for key, one in file.people.items() if one.part in VICTIMS and not one.unfilled]
    if not named(file):
        heard.append(COMPLAINANT)
    moments = (told_at(file, what, key) for key in heard)
    since = file.serious_since
    return since is not None and any(moment is not None and moment >= since for moment in moments)


def told_since(file: CaseFile, what: str, since: datetime) -> datetime:
    """From when it is owed."""
    again = file.told[what].again_since if what in file.told else None
    return max(since, again or since)


def spoken_to_from(file: CaseFile, since: datetime, reporter: datetime, why_not: str | None) -> datetime | str:
    """When a victim could first be spoken to of what is owed `since`: whoever reported from `reporter`, unless
    there is a reason why not or we looked for the victim in vain, until one was found; another victim from when
    they are known. The reason, where there is nobody. (witness-third-party-anonymous, section 3)
    """
    others = [max(since, file.people[key].since) for key in others_named(file)]
    not_found = any(one.unfilled and one.left_at is not None for one in file.people.values())
    if why_not is None and not not_found:
        found_at = [one.found_at for one in file.people.values() if one.found_at is not None]
        others.append(max([reporter, *found_at]))
    if others:
        return min(others)
    reasons = (why_not, NOT_FOUND if not_found else NOT_NAMED if file.unfilled else None)
    return ", and ".join(reason for reason in reasons if reason) or NOT_NAMED


def found(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Where somebody else reported what is serious. (witness-third-party-anonymous, section 3)"""
    places = [file.people[key].since for key in file.unfilled]
    if file.serious_since is None or not places:
        return
    days, since = edition.victims.find_working_days, max(file.serious_since, min(places))
    yield owed(
        file,
        "victim-found",
        working_days_after(since, days, file.closure_days, edition.office.closes),
        row="witness-third-party-anonymous",
        what="Find out who the victim is",
        met_by=("person_joined", "person_identified", "person_left"),
    )
