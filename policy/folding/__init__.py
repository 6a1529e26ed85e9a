"""The fold: what each fact changes in the case file. Rules have had their say before; nothing is refused here."""

from policy.case_file import CaseFile, later
from policy.deadlines import Deadline, deadlines
from policy.deadlines.clocks import with_clocks
from policy.editions import Edition, of
from policy.facts import Entry
from policy.folding import (
    assessments,
    closures,
    consents,
    consequences,
    contacts,
    diaries,
    disability,
    disclosing,
    effects,
    findings,
    grounds,
    groups,
    hearings,
    importing,
    joinings,
    letters,
    links,
    mediation,
    proceedings,
    referring,
    reports,
    reviews,
    rulings,
    safety,
    warnings,
    wishes,
)
from policy.folding.base import fold, without_letters_of_what_is_over, without_texts_that_may_not_go
from policy.folding.matters import with_matters
from policy.folding.mediation import with_mediation
from policy.folding.needs import with_wrong_ways
from policy.folding.policing import with_police
from policy.folding.risks import with_risks
from policy.folding.withdrawals import with_withdrawals


def after(file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """The file once the entry is recorded, with each of its clocks as it then stands."""
    return after_and_owed(file, entry, edition)[0]


def after_and_owed(file: CaseFile, entry: Entry, edition: Edition) -> tuple[CaseFile, list[Deadline]]:
    """The same with what is owed by it then, of which its clocks are made."""
    folded = with_matters(file, fold(entry.fact, file, entry, edition), entry)
    folded = without_texts_that_may_not_go(without_letters_of_what_is_over(file, folded))
    folded = grounds.with_grounds(file, warnings.with_warnings(folded, edition), entry)
    folded = closures.without_a_closure_that_did_not_know(file, folded, entry.fact, edition)
    after = with_police(file, _kept_safe(file, folded, entry, edition), entry, edition)
    after = with_mediation(with_withdrawals(file, after, entry), entry, edition)
    file = after.with_(seq=file.seq + 1, last_recorded_at=later(file.last_recorded_at, entry.recorded_at))
    owed = deadlines(file, of(file.edition))
    return with_clocks(file, owed), owed


def _kept_safe(before: CaseFile, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """What the entry means for the people on the case, whatever kind of fact it is."""
    file = reports.with_unread(with_wrong_ways(before, file, entry.fact), entry)
    file = disability.with_suspicion(file, entry.fact, edition)
    file = safety.with_support_owed(before, file, entry.fact)
    if file.people != before.people:
        file = contacts.with_told_again(before, file, entry.fact)
    file = with_risks(before, file, entry, edition)
    file = safety.with_safety_owed(before, file, entry, edition)
    return hearings.with_witnesses(before, file, entry.fact)


__all__ = [
    "after",
    "after_and_owed",
    "assessments",
    "closures",
    "consents",
    "consequences",
    "contacts",
    "diaries",
    "disability",
    "disclosing",
    "effects",
    "findings",
    "grounds",
    "groups",
    "hearings",
    "importing",
    "joinings",
    "letters",
    "links",
    "mediation",
    "proceedings",
    "referring",
    "reports",
    "reviews",
    "rulings",
    "safety",
    "warnings",
    "wishes",
]
