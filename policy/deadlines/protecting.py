"""What keeps victims safe: support, domestic abuse, safety, partners, and the right way to reach them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from policy.care import Safety
from policy.case_file import CaseFile
from policy.company import COMPLAINANT, called
from policy.deadlines.base import (
    NO_WAY_TO_REACH,
    Obligation,
    known_since,
    out_of_reach,
    owed,
    set_aside,
    within_reach_since,
)
from policy.deadlines.victims import spoken_to_from
from policy.editions import Edition
from policy.ways import right_way
from policy.working_days import Due, hours_after, working_days_after


def support_offer(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """With each report of hate. (hate-support, section 3)"""
    if file.support_owed_since is None:
        return
    reached = within_reach_since(file, file.support_owed_since)
    since = spoken_to_from(file, file.support_owed_since, reached, out_of_reach(file))
    if isinstance(since, str):
        yield set_aside("support-offer", row="hate-support", why=since)
        return
    yield owed(
        file,
        "support-offer",
        _days(file, since, edition.support.hate_working_days, edition),
        row="hate-support",
        what="Offer support to the victim of hate",
        met_by=("support_offered",),
    )


def domestic_abuse(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Specialist help, what a solicitor can do, and a safe way of contact, at once. (domestic-abuse, section 4)"""
    for person, abuse in file.domestic_abuse.items():
        for what, key, says, met_by in _HELP:
            since = abuse.owed_since(what)
            if person in file.gone or since is None:
                continue
            name = f"{key}:{person}"
            if person == COMPLAINANT and (why := out_of_reach(file)):
                yield set_aside(name, row="domestic-abuse", why=why)
                continue
            yield owed(
                file,
                name,
                hours_after(_from_when(file, person, since), edition.domestic_abuse.hours),
                row="domestic-abuse",
                what=says.format(called(person)),
                met_by=(met_by,),
            )


_HELP: Final = (
    ("specialist_offered_at", "specialist-help", "Offer {} help from specialists", "support_offered"),
    ("legal_options_at", "legal-options", "Tell {} what a solicitor can do", "legal_options_explained"),
)


def _from_when(file: CaseFile, person: str, since: datetime) -> datetime:
    if person == COMPLAINANT:
        return within_reach_since(file, since)
    return max(since, known_since(file, person) or since)


def safe_way(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Where only a safe way may be used and none is known. (domestic-abuse, section 4)"""
    for person, way in file.safe_ways.items():
        if way.means or person in file.gone:
            continue
        if person == COMPLAINANT and (why := out_of_reach(file)):
            yield set_aside(f"safe-way:{person}", row="domestic-abuse", why=why)
        else:
            since = _from_when(file, person, way.told_at)
            yield owed(
                file,
                f"safe-way:{person}",
                hours_after(since, edition.domestic_abuse.hours),
                row="domestic-abuse",
                what=f"Agree a safe way to reach {called(person)}",
                met_by=("need_told", "domestic_abuse_recognised"),
            )


def safety(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Of each victim in serious cases, and of whoever is at a high risk or for whom the council has no room. Also
    of somebody who wants no contact, from what is known. (serious-safety, section 5)
    """
    for person in dict.fromkeys((*file.victims, *file.safety)):
        since = _not_considered_since(file, person)
        if since is None or person in file.gone:
            continue
        key = f"safety:{person}"
        if person == COMPLAINANT and not file.reachable:
            yield set_aside(key, row="serious-safety", why=NO_WAY_TO_REACH)
            continue
        yield owed(
            file,
            key,
            _days(file, max(since, known_since(file, person) or since), edition.safety.working_days, edition),
            row="serious-safety",
            what=f"Consider ways to get {called(person)} away from the problem",
            met_by=("safety_considered",),
        )


def _not_considered_since(file: CaseFile, person: str) -> datetime | None:
    """The first reason to consider it that has not been answered for them."""
    known = file.safety.get(person, Safety())
    serious = file.serious_since if person in file.victims else None
    since = [moment for moment in (serious, known.again_since) if moment is not None]
    return min((m for m in since if known.considered_at is None or known.considered_at < m), default=None)


def emergency_accommodation(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """At once where it is not safe to stay. (emergency-accommodation, section 5)"""
    for person, known in file.safety.items():
        if known.in_danger_since is not None and person not in file.gone:
            yield owed(
                file,
                f"emergency-accommodation:{person}",
                hours_after(known.in_danger_since, edition.safety.danger_hours),
                row="emergency-accommodation",
                what=f"Help {called(person)}, who is not safe at home, to find somewhere to stay",
                met_by=("emergency_accommodation_needed",),
            )


def partners(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """A serious case is discussed with community safety partners. (serious-partners, section 5)"""
    since, consulted_at = file.serious_since, file.partners_consulted_at
    if since is None or (consulted_at is not None and consulted_at >= since):
        return
    yield owed(
        file,
        "partners",
        _days(file, since, edition.partners.working_days, edition),
        row="serious-partners",
        what="Discuss the case with the community safety partners",
        met_by=("partners_consulted",),
    )


def contact_in_the_right_way(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """After contact in another way than they need. (needs-met, section 6)"""
    for person, wrong_since in file.wrong_way_since.items():
        if person in file.gone:
            continue
        key = f"right-way:{person}"
        if person == COMPLAINANT and (why := out_of_reach(file)):
            yield set_aside(key, row="needs-met", why=why)
            continue
        since = _from_when(file, person, wrong_since)
        yield owed(
            file,
            key,
            _days(file, since, edition.needs.working_days, edition),
            row="needs-met",
            what=_again_in(file, person),
            met_by=("contact_made",) if person == COMPLAINANT else ("person_contacted",),
        )


def _again_in(file: CaseFile, person: str) -> str:
    who, way = called(person), right_way(file, person)
    if person not in file.safe_ways:
        return f"Contact {who} again in the way that they need: {way}"
    return f"Contact {who} again {way}, and see that they are all right: the last way was not safe for them"


def _days(file: CaseFile, since: datetime, days: int, edition: Edition) -> Due:
    return working_days_after(since, days, file.closure_days, edition.office.closes)
