"""A disability of somebody, told as a need of theirs, and the meeting about it."""

from policy.care import Disability
from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry, disability
from policy.facts.base import Fact
from policy.facts.needs import NeedTold
from policy.folding.base import fold


@fold.register
def _(fact: disability.DisabilityMeetingHeld, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """What the last one decided holds, also when an earlier one is written down after it."""
    known = file.disability.get(fact.person, Disability())
    if known.met_at is not None and fact.at < known.met_at:
        return file
    return _with(file, fact.person, known.model_copy(update={"met_at": fact.at, "goes_on": fact.goes_on}))


def with_suspicion(file: CaseFile, fact: Fact, edition: Edition) -> CaseFile:
    """(disability-meeting, section 6)"""
    if not isinstance(fact, NeedTold) or not edition.needs.is_disability(fact.kind):
        return file
    known = file.disability.get(fact.person, Disability())
    return _with(file, fact.person, known.model_copy(update={"suspected": (*known.suspected, fact.at)}))


def _with(file: CaseFile, person: str, known: Disability) -> CaseFile:
    return file.with_(disability={**file.disability, person: known})
