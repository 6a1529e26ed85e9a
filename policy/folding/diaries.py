"""Diaries go to the complainant as sheets to fill in. (incident-diaries, section 5)"""

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.editions import Edition
from policy.facts import Entry, evidence
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.folding.base import fold, with_letter_of


@fold.register
def _(fact: evidence.DiaryIssued, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """Where it was issued to somebody else, an officer hands the sheets over: we have no address of theirs."""
    if fact.person not in {None, COMPLAINANT}:
        return file
    diary = f"{MatterKind.DIARY}-{file.seq + 1}"
    return with_letter_of(file, LetterKind.DIARY_SHEETS, diary, entry.id, entry.recorded_at)
