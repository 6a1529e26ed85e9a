"""Who suffered from it: which of them can be spoken to, from when, and that we find out who they are."""

from collections.abc import Iterator
from datetime import datetime

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines.base import Obligation, owed
from policy.editions import Edition
from policy.working_days import working_days_after

NOT_NAMED = "nobody has said yet who the victim is"


def named(file: CaseFile) -> list[str]:
    """The victims who are on the case and whom we know."""
    return [key for key in file.victims if key not in file.unfilled]


def others_named(file: CaseFile) -> list[str]:
    """Those for whom the wishes of whoever reported do not speak."""
    return [key for key in named(file) if key != COMPLAINANT]


def spoken_to_from(file: CaseFile, since: datetime, reporter: datetime, why_not: str | None) -> datetime | str:
    """When a victim could first be spoken to of what is owed `since`: whoever reported from `reporter`, unless
    there is a reason why not; another victim from when they are known. The reason, where there is nobody.
    (witness-third-party-anonymous, section 3)
    """
    others = [max(since, file.people[key].since) for key in others_named(file)]
    if why_not is None:
        others.append(reporter)
    return min(others) if others else (why_not or NOT_NAMED)


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
