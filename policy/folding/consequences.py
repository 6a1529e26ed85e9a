"""What a perpetrator was told, and what the complainant thinks of closing."""

from policy.case_file import CaseFile, later
from policy.editions import Edition
from policy.facts import Entry, consequences
from policy.facts.letters import LetterKind
from policy.folding.base import fold


@fold.register
def _(fact: consequences.PerpetratorWrittenTo, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    file = file.with_(perpetrator_told_at=later(file.perpetrator_told_at, fact.at))
    key = f"{LetterKind.TO_PERPETRATOR}-{file.seq + 1}"
    return file.owing(LetterKind.TO_PERPETRATOR, key, entry.id, entry.recorded_at, to=fact.person)


@fold.register
def _(fact: consequences.PerpetratorNotTold, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(perpetrator_told_at=later(file.perpetrator_told_at, fact.at))


@fold.register
def _(fact: consequences.ClosingDiscussed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(view_asked_at=later(file.view_asked_at, fact.at))
