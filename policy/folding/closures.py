"""Proposing, approving and closing."""

from policy.case_file import CaseFile, ProposedClosure
from policy.deadlines.supervising import closure_needs_approval
from policy.editions import Edition
from policy.facts import Entry, closing
from policy.facts.letters import LetterKind
from policy.folding.base import fold


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
    file = file.without_letters_set_aside(file.letters).with_(closed_at=fact.at, closing=fact.closing)
    if fact.closing in {closing.Closing.WITH_LETTER, closing.Closing.NOT_USUALLY_ASB}:
        return file
    return file.owing(LetterKind.CLOSING_NOTE, "closing-note", entry.id, entry.recorded_at)
