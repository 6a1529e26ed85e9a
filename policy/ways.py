"""How each person is reached, and each letter written, as they need it. (needs-met, section 6)"""

from datetime import datetime
from typing import Final, TypeGuard

from policy.care import Need, SafeWay
from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.facts.contact import (
    AppointmentOffered,
    ContactAttempted,
    ContactMade,
    PersonContacted,
    PoliceAdvised,
)
from policy.facts.letters import LetterSent
from policy.facts.needs import Adjustment
from policy.facts.people import Means

IN_WRITING: Final = (Means.EMAIL, Means.POST)
SPOKEN: Final = frozenset({Means.PHONE, Means.VISIT})

_IN_WORDS: Final = {
    Means.PHONE: "telephone",
    Means.TEXT: "text message",
    Means.EMAIL: "e-mail",
    Means.POST: "post",
    Means.VISIT: "a visit",
}


def way_to_write(file: CaseFile) -> Means | None:
    """E-mail or post: a safe one, if possible the one that they need or asked for; None when there is none."""
    known = {Means.EMAIL: file.can_email, Means.POST: file.can_post}
    safe = file.safe_ways.get(COMPLAINANT)
    ways = [
        means
        for means in (IN_WRITING if file.asks_for is Means.EMAIL else reversed(IN_WRITING))
        if known[means] and (safe is None or means in safe.means)
    ]
    needed = wanted(file)
    return min(ways, key=lambda means: means not in needed, default=None)


def wanted(file: CaseFile, person: str = COMPLAINANT) -> frozenset[Means]:
    """The ways in which they asked to be reached; empty when any will do."""
    return frozenset(means for need in _needs(file, person) for means in need.means)


def asked_for(file: CaseFile) -> tuple[frozenset[Means], datetime | None]:
    """How they asked to be reached, for a need or else with their address, and since when."""
    told = [need.told_at for need in _needs(file) if need.means]
    if told:
        return wanted(file), max(told)
    return (frozenset({file.asks_for}) if file.asks_for else frozenset()), file.details_told_at


def adjustments(file: CaseFile, person: str = COMPLAINANT) -> frozenset[Adjustment]:
    return frozenset(one for need in _needs(file, person) for one in need.adjustments)


def in_another_language(file: CaseFile, person: str = COMPLAINANT) -> bool:
    return any(need.in_another_language for need in _needs(file, person))


def goes_by_hand(file: CaseFile, person: str) -> bool:
    """Whether a person must translate or copy each letter: we do neither by ourselves."""
    return in_another_language(file, person) or Adjustment.ADVOCATE_COPIED in adjustments(file, person)


Contact = ContactMade | ContactAttempted | PersonContacted | AppointmentOffered | PoliceAdvised | LetterSent


def goes_the_wrong_way(file: CaseFile, person: str, fact: Contact) -> bool:
    """Contact with somebody that is not as they need it. It is taken, and it shows."""
    safe = file.safe_ways.get(person)
    if safe is not None and not safe.allows(fact.means, fact.at):
        return True
    needed = _right(file, person)
    if isinstance(fact, LetterSent) and fact.means is Means.TEXT:
        return False
    if isinstance(fact, LetterSent):
        needed &= frozenset(IN_WRITING)
    if needed and fact.means not in needed:
        return True
    without = reaches(fact) and fact.means in SPOKEN and not fact.interpreter
    return without and Adjustment.INTERPRETER in adjustments(file, person)


def reaches(fact: Contact) -> TypeGuard[ContactMade | PersonContacted]:
    """Whether we spoke with them of how things stand."""
    return isinstance(fact, ContactMade) or (isinstance(fact, PersonContacted) and fact.reached)


def has_a_right_way(file: CaseFile, person: str) -> bool:
    """Whether there is anything that contact with them could be wrong about."""
    asked = wanted(file, person) or Adjustment.INTERPRETER in adjustments(file, person)
    return bool(asked) or person in file.safe_ways


def right_way(file: CaseFile, person: str) -> str:
    """How they are to be reached, in words."""
    safe = file.safe_ways.get(person)
    if safe is not None and not safe.means:
        return "in a safe way, which is still to be agreed"
    means = _right(file, person)
    named = " or ".join(_IN_WORDS[one] for one in Means if one in means)
    when = hours_in_words(safe) if safe is not None and not means <= {Means.POST} else ""
    with_ = "with an interpreter" if Adjustment.INTERPRETER in adjustments(file, person) else ""
    return ", ".join(part for part in (named and f"by {named}", when, with_) if part)


def _right(file: CaseFile, person: str) -> frozenset[Means]:
    """What they asked for, as far as it is safe, else any safe way; empty when any will do."""
    safe, asked = file.safe_ways.get(person), wanted(file, person)
    if safe is None:
        return asked
    return asked & frozenset(safe.means) or frozenset(safe.means)


def hours_in_words(safe: SafeWay) -> str:
    """Empty where any will do."""
    start, end = (f"{hour:%H:%M}" if hour is not None else "" for hour in (safe.from_time, safe.until_time))
    if start and end:
        return f"between {start} and {end}"
    return f"from {start}" if start else end and f"until {end}"


def _needs(file: CaseFile, person: str = COMPLAINANT) -> list[Need]:
    return [need for need in file.needs.values() if need.person == person]
