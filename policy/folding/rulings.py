"""Missed deadlines, another edition, other closure days."""

from policy.case_file import CaseFile
from policy.deadlines.clocks import noticed
from policy.editions import Edition, named
from policy.facts import Entry, ruling
from policy.folding.base import fold
from policy.folding.letters import gone_by_itself
from policy.folding.matters import lapsed


@fold.register
def _(fact: ruling.DeadlineMissed, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    missed = noticed(file, fact, entry.recorded_at)
    return file if missed is file else gone_by_itself(lapsed(missed, fact, entry), fact, entry)


@fold.register
def _(fact: ruling.EditionAdopted, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(edition=named(fact.edition).ref)


@fold.register
def _(fact: ruling.ClosureDaysAdopted, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    known = file.closure_days.model_copy(update={"days": fact.days, "known_until": fact.known_until})
    return file.with_(closure_days=known)
