"""Who is complained about, and whether a disability of theirs stands in the way of action. (section 6)"""

from datetime import datetime
from typing import Final

from policy.care import Disability, WhyNot
from policy.case_file import CaseFile
from policy.facts.parts import Part
from policy.frozen import Frozen

COMPLAINED_ABOUT: Final = frozenset({Part.PERPETRATOR, Part.HOUSEHOLD_MEMBER})


class InTheWay(Frozen):
    why: WhyNot
    since: datetime


def complained_about(file: CaseFile) -> list[str]:
    return [key for key, one in file.present.items() if one.part in COMPLAINED_ABOUT]


def in_the_way(file: CaseFile, person: str, at: datetime | None = None) -> InTheWay | None:
    """None where they may be acted against; of what was done `at` a moment, as we knew it then."""
    known = file.disability.get(person, Disability())
    unanswered = [since for since in _suspected(file, person) if known.met_at is None or known.met_at < since]
    found = [InTheWay(why=WhyNot.MEETING_NEEDED, since=min(unanswered))] if unanswered else []
    if known.met_at is not None and not known.goes_on:
        found.append(InTheWay(why=WhyNot.DECIDED_AGAINST, since=known.met_at))
    return next((one for one in found if at is None or one.since <= at), None)


def answered_at(file: CaseFile, person: str) -> datetime | None:
    """When a meeting answered what was suspected of them, and legal action goes on."""
    known = file.disability.get(person, Disability())
    stands = in_the_way(file, person) is None and bool(_suspected(file, person))
    return known.met_at if stands else None


def _suspected(file: CaseFile, person: str) -> tuple[datetime, ...]:
    """Since a need of theirs was told; and of whoever is complained about, also who is named later, since a cause
    was that may be a disability and is not said of whom.
    """
    of_theirs = file.disability.get(person, Disability()).suspected
    one = file.people.get(person)
    if file.effect is None or one is None or one.part not in COMPLAINED_ABOUT:
        return of_theirs
    return of_theirs + file.effect.may_be_disability
