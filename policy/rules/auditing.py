"""The same thing is not found twice while nobody has answered, nor from a look that is older than the answer."""

from policy.audit import open_findings
from policy.case_file import CaseFile
from policy.facts.auditing import PatternFound
from policy.refusals import FoundBefore


def found_anew(file: CaseFile, fact: PatternFound) -> None:
    """(self-audit)"""
    if fact.pattern in open_findings(file):
        raise FoundBefore("This was found before and is not answered yet.")
    answered = file.answered.get(fact.pattern)
    if answered is not None and fact.at <= answered:
        raise FoundBefore("This has been answered since the case was looked at.")
