"""Publicity for what no longer stands. (publicise-action, sections 3 and 5)"""

from policy.case_file import CaseFile, Matter
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.closing import Outcome
from policy.facts.matters import MatterKind
from policy.facts.proceedings import LegalActionFinished
from policy.matters import stage_of
from policy.matters.publicity import no_order_stands
from policy.working_days import london_day, working_days_after


def set_aside(file: CaseFile, fact: LegalActionFinished, entry: Entry, edition: Edition) -> CaseFile:
    """Nobody is told of an order that does not stand, nor of a case that was closed as enforced by no other. What
    had been given out by then is written down; on a closed case only what had been approved waits for that.
    """
    known = file.legal.get(fact.matter)
    file = file.with_(orders={**file.orders, fact.matter: entry.recorded_at})
    about = {known.granted if known is not None else None, _closed_by_it(file)}
    matters = {
        key: _fallen(file, one, fact.matter, entry, edition) if one.about in about else one
        for key, one in file.matters.items()
    }
    closed = file.closed_at is not None
    return file.with_(
        matters={key: one for key, one in matters.items() if not closed or stage_of(one).owed is not None}
    )


def _closed_by_it(file: CaseFile) -> str | None:
    closing = file.proposed
    if closing is None or closing.outcome is not Outcome.ENFORCED or not no_order_stands(file):
        return None
    return closing.about


def _fallen(file: CaseFile, matter: Matter, order: str, entry: Entry, edition: Edition) -> Matter:
    """The days count from when we know of it."""
    if matter.kind is not MatterKind.PUBLICITY or stage_of(matter).fallen:
        return matter
    days = edition.matters.publicity_given_out
    due = working_days_after(entry.recorded_at, days, file.closure_days, edition.office.closes)
    until = london_day(due.moment)
    return matter.model_copy(update={"stage": stage_of(matter).falls_to, "code": order, "until": until})
