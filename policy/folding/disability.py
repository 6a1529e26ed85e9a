"""A disability of somebody complained about, known or suspected, and the meeting about it."""

from policy.care import Disability
from policy.case_file import CaseFile, later
from policy.editions import Edition
from policy.facts import Entry, disability
from policy.facts.base import Fact
from policy.facts.effects import Cause, EffectRecorded
from policy.facts.needs import NeedTold
from policy.facts.parts import Part
from policy.folding.base import fold

_MAY_BE_ONE = frozenset({Cause.DISABILITY, Cause.MENTAL_HEALTH})


@fold.register
def _(fact: disability.DisabilityMeetingHeld, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """What the last one decided holds, also when an earlier one is written down after it."""
    known = file.disability.get(fact.person, Disability())
    if known.met_at is not None and fact.at < known.met_at:
        return file
    return _with(file, fact.person, known.model_copy(update={"met_at": fact.at, "goes_on": fact.goes_on}))


def with_suspicion(file: CaseFile, fact: Fact, edition: Edition) -> CaseFile:
    """A need of theirs, or a cause that plays a part and is not said of whom. (disability-meeting, section 6)"""
    match fact:
        case NeedTold() if edition.needs.is_disability(fact.kind):
            suspected = [fact.person]
        case EffectRecorded() if _MAY_BE_ONE & set(fact.causes):
            suspected = [key for key, one in file.present.items() if one.part is Part.PERPETRATOR]
        case _:
            return file
    for person in suspected:
        known = file.disability.get(person, Disability())
        since = later(known.suspected_since, fact.at)
        file = _with(file, person, known.model_copy(update={"suspected_since": since}))
    return file


def _with(file: CaseFile, person: str, known: Disability) -> CaseFile:
    return file.with_(disability={**file.disability, person: known})
