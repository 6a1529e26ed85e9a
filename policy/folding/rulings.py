"""Missed deadlines, another edition, other closure days."""

from policy.case_file import CaseFile
from policy.editions import Edition, named
from policy.facts import Entry, ruling
from policy.folding.base import fold
from policy.folding.matters import lapsed


@fold.register
def _(fact: ruling.DeadlineMissed, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """A miss noticed before, or of a deadline that has moved, stays in the timeline and changes nothing."""
    clock = file.clocks.get(fact.key)
    if clock is None or clock.due != fact.due or clock.noticed_at is not None:
        return file
    noticed = clock.model_copy(update={"noticed_at": entry.recorded_at})
    return lapsed(file.with_(clocks={**file.clocks, fact.key: noticed}), fact, entry)


@fold.register
def _(fact: ruling.EditionAdopted, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(edition=named(fact.edition).ref)


@fold.register
def _(fact: ruling.ClosureDaysAdopted, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    known = file.closure_days.model_copy(update={"days": fact.days, "known_until": fact.known_until})
    return file.with_(closure_days=known)
