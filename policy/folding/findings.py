"""Answers to what the night's check found."""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry, auditing
from policy.folding.base import fold


@fold.register
def _(fact: auditing.FindingAnswered, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """An answer draws a line under that pattern: what came before it is not found again."""
    matter = file.matters.get(fact.matter)
    if matter is None or matter.code is None:
        return file
    return file.with_(answered={**file.answered, matter.code: entry.recorded_at})
