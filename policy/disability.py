"""Who is complained about, and whether a disability of theirs stands in the way of action. (section 6)"""

from datetime import datetime
from typing import Final

from policy.care import Disability
from policy.case_file import CaseFile
from policy.company import one_since
from policy.facts.disability import HeldUp, WhyNot
from policy.facts.parts import Part

COMPLAINED_ABOUT: Final = frozenset({Part.PERPETRATOR, Part.HOUSEHOLD_MEMBER})


def complained_about(file: CaseFile) -> list[str]:
    return [key for key, one in file.present.items() if one.part in COMPLAINED_ABOUT]


def in_the_way(file: CaseFile, person: str, at: datetime | None = None) -> HeldUp | None:
    """None where they may be acted against; of what was done `at` a moment, as we knew it then."""
    return next((one for one in held_up(file, person) if one.at(at)), None)


def held_up(file: CaseFile, person: str) -> tuple[HeldUp, ...]:
    """Each time that they might not be acted against, under whatever name, the earliest first. One ends where what
    is told or a meeting changes it, and where another meeting was against it again.
    """
    times: list[HeldUp] = []
    for moment in _moments(file, person):
        why = _why_not(_known(file, person, moment), moment)
        if times and times[-1].until is None:
            if why is WhyNot.MEETING_NEEDED and times[-1].why is why:
                continue
            times[-1] = times[-1].model_copy(update={"until": moment})
        if why is not None:
            times.append(HeldUp(why=why, since=moment))
    return tuple(times)


def _moments(file: CaseFile, person: str) -> list[datetime]:
    """At which something was told, or met about, or two names turned out to be one person's."""
    known = _known(file, person)
    names = (one_since(file.people, person, name) for name in file.names_of(person))
    told = {*known.suspected, *(one.at for one in known.meetings)}
    return sorted(told | {since for since in names if since is not None})


def _why_not(known: Disability, at: datetime) -> WhyNot | None:
    """As it was then. Of two meetings at one moment the one against it counts."""
    held = [one for one in known.meetings if one.at <= at]
    last = max(held, key=lambda one: (one.at, not one.goes_on), default=None)
    if any(since <= at and (last is None or last.at < since) for since in known.suspected):
        return WhyNot.MEETING_NEEDED
    return WhyNot.DECIDED_AGAINST if last is not None and not last.goes_on else None


def answered_at(file: CaseFile, person: str) -> datetime | None:
    """When a meeting answered what was suspected of them, and legal action goes on."""
    known = _known(file, person)
    stands = in_the_way(file, person) is None and bool(known.suspected)
    return max(one.at for one in known.meetings) if stands else None


def _known(file: CaseFile, person: str, at: datetime | None = None) -> Disability:
    """Under each name that they have on the case, as was known at that moment or now. Suspected since a need of
    theirs was told; and of whoever is complained about, also who is named later, since a cause was that may be a
    disability and is not said of whom.
    """
    known, named = Disability(), False
    for name in file.names_of(person):
        since = one_since(file.people, person, name)
        if at is None or since is None or since <= at:
            known = known.with_(file.disability.get(name, Disability()))
            named = named or (name in file.people and file.people[name].part in COMPLAINED_ABOUT)
    if file.effect is None or not named:
        return known
    return known.with_(Disability(suspected=file.effect.may_be_disability))


def under_one_name(file: CaseFile, name: str, key: str) -> Disability:
    """What was known under the other `name`, known under this one from when we learnt that both are one person's:
    as it stood then, so that what a meeting had answered stays answered, and nothing else is.
    """
    known, since = file.disability[name], one_since(file.people, key, name)
    if since is None:
        return known
    all_ = _known(file, key).with_(known)
    held = [one for one in all_.meetings if one.at <= since]
    last = max(held, key=lambda one: (one.at, not one.goes_on), default=None)
    theirs = last is not None and last in known.meetings
    open_ = any(one <= since and (last is None or last.at < one) for one in all_.suspected)
    meetings = tuple(one for one in known.meetings if one.at > since)
    if last is not None and theirs and not open_:
        meetings = (last.model_copy(update={"at": since}), *meetings)
    answered = since if last is None or theirs else last.at
    moved = (one if one > since else answered if last and one <= last.at else since for one in known.suspected)
    return Disability(suspected=tuple(moved), meetings=meetings)
