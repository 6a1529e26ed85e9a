"""Proposing, approving and closing."""

from typing import Final

from policy.case_file import CaseFile
from policy.company import VICTIMS
from policy.deadlines.supervising import closure_needs_approval
from policy.decisions import ProposedClosure
from policy.editions import Edition
from policy.facts import Entry, closing
from policy.facts.agreeing import AgreementBreached
from policy.facts.assessing import Assessed
from policy.facts.base import Fact
from policy.facts.joining import CaseJoined, IncidentSeparated, ReportJoined
from policy.facts.letters import LetterKind
from policy.facts.needs import DomesticAbuseRecognised, NeedTold
from policy.facts.parts import PersonJoined
from policy.facts.policing import CrimeAlleged
from policy.facts.reporting import HatePerceived, IncidentReported
from policy.facts.safety import SafetyConsidered
from policy.folding.base import fold
from policy.matters import stage_of

_NEWS: Final = frozenset(
    {
        IncidentReported,
        HatePerceived,
        CrimeAlleged,
        DomesticAbuseRecognised,
        Assessed,
        AgreementBreached,
        CaseJoined,
        ReportJoined,
        IncidentSeparated,
    }
)


@fold.register
def _(fact: closing.ClosureProposed, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    letter = f"closing-letter-{file.seq + 1}"
    proposed = ProposedClosure(about=entry.id, by=entry.by.id, at=fact.at, outcome=fact.outcome, letter=letter)
    file = file.still_going_on().with_(proposed=proposed)
    if closure_needs_approval(file, edition):
        return file
    return file.owing(LetterKind.CLOSING_LETTER, letter, entry.id, entry.recorded_at)


@fold.register
def _(_fact: closing.ClosureApproved, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    if file.proposed is None or file.proposed.letter in file.letters:
        return file
    proposed = file.proposed.model_copy(update={"approved_by": entry.by.id})
    file = file.with_(proposed=proposed)
    return file.owing(LetterKind.CLOSING_LETTER, proposed.letter, proposed.about, entry.recorded_at)


@fold.register
def _(_fact: closing.ClosureDeclined, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(proposed=None)


@fold.register
def _(fact: closing.CaseClosed, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    if fact.closing is not closing.Closing.WITH_LETTER:
        file = file.still_going_on()
    if fact.closing not in {closing.Closing.WITH_LETTER, closing.Closing.NOT_USUALLY_ASB}:
        file = file.owing(LetterKind.CLOSING_NOTE, "closing-note", entry.id, entry.recorded_at)
    owed = {key: matter for key, matter in file.matters.items() if stage_of(matter).owed is not None}
    file = file.without_letters_set_aside(file.letters)
    return file.with_(closed_at=fact.at, closing=fact.closing, matters=owed)


def without_a_closure_that_did_not_know(
    before: CaseFile, file: CaseFile, fact: Fact, edition: Edition
) -> CaseFile:
    """What it did not know of ends a proposed closure. A case that has closed stays closed. (closing-letter)"""
    return file if file.closed_at is not None or not _is_news(before, fact, edition) else file.still_going_on()


def _is_news(before: CaseFile, fact: Fact, edition: Edition) -> bool:
    """So are somebody in danger, another victim, and what makes one vulnerable and was not known."""
    match fact:
        case SafetyConsidered():
            return fact.in_danger
        case PersonJoined():
            return fact.part in VICTIMS
        case NeedTold():
            return edition.needs.is_vulnerable(fact.kind) and f"{fact.person}:{fact.kind}" not in before.needs
    return type(fact) in _NEWS
