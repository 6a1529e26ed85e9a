"""A disability of somebody, told as a need of theirs, and the meeting about it."""

from policy.care import Disability, Meeting
from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry, disability
from policy.facts.base import Fact
from policy.facts.needs import NeedTold
from policy.folding.base import fold


@fold.register
def _(fact: disability.DisabilityMeetingHeld, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Each is kept: what the last one decided holds, and what was done before it rests on those before."""
    return _with(file, fact.person, Disability(meetings=(Meeting(at=fact.at, goes_on=fact.goes_on),)))


def with_suspicion(file: CaseFile, fact: Fact, edition: Edition) -> CaseFile:
    """(disability-meeting, section 6)"""
    if not isinstance(fact, NeedTold) or not edition.needs.is_disability(fact.kind):
        return file
    return _with(file, fact.person, Disability(suspected=(fact.at,)))


def _with(file: CaseFile, person: str, told: Disability) -> CaseFile:
    known = file.disability.get(person, Disability())
    return file.with_(disability={**file.disability, person: known.with_(told)})
