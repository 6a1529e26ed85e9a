"""Whom an entry is about, or whose words they are, by their key on the case. Where that is not known it is
nobody's, and a subject does not get it.
"""

from collections.abc import Mapping
from typing import Any

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.facts.base import Fact
from policy.facts.letters import LetterSent
from policy.facts.reporting import HatePerceived, IncidentReported, Perceiver
from policy.packs.shown import Line


def whose(line: Line, fact: Fact, before: Any, after: Any, case: CaseFile, to: Mapping[str, str]) -> str | None:  # noqa: ANN401, PLR0913, PLR0917 - any file
    """`before` and `after` are the file of its timeline, `case` that of the case in the end. Letters are `to` whom
    they were ever owed.
    """
    match fact:
        case IncidentReported():
            return _told_by(fact, case)
        case HatePerceived(hate=hate):
            theirs = hate.perceived_by is Perceiver.VICTIM and COMPLAINANT in case.victims
            return COMPLAINANT if theirs else None
        case LetterSent(key=key):
            return to.get(key)
        case _ if line.of is None or getattr(fact, "from_case", None) is not None:
            return None
        case _:
            return _named(fact, before, after, line.of)


def _told_by(fact: IncidentReported, case: CaseFile) -> str | None:
    if fact.told_on is not None or fact.told_by is not None:
        return fact.told_by if fact.told_on is None else None
    return COMPLAINANT if fact.reporter == case.reporter else None


def _named(fact: Fact, before: Any, after: Any, usually: str) -> str | None:  # noqa: ANN401 - as above
    """Who the fact names, or who its matter or legal action is about."""
    if not isinstance(before, CaseFile):
        return getattr(after, "person", None) or None
    if (key := getattr(fact, "matter", None)) is None:
        return getattr(fact, "person", None) or usually
    matter = before.matters.get(key) or after.matters.get(key)
    return None if matter is None else matter.person or usually


def one_person(file: CaseFile, about: str | None) -> frozenset[str]:
    """All that they are called on the case: a victim may have complained, too."""
    if about is None:
        return frozenset()
    person = file.people[about].person if about in file.people else None
    same = {key for key, one in file.people.items() if person is not None and one.person == person}
    return frozenset({about, *same})
