"""Whom an entry is about, or whose words they are, by their key on the case. Where that is not known it is
nobody's, and a subject does not get it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines.risk import at_high_risk
from policy.editions import of
from policy.facts.base import Fact, Recorded, Role
from policy.facts.consequences import PerpetratorNotTold, PerpetratorWrittenTo
from policy.facts.evidence import EvidenceReceived
from policy.facts.letters import LetterSent
from policy.facts.parts import Part
from policy.facts.reporting import HatePerceived, IncidentReported, Perceiver
from policy.packs.shown import Line


def whose(  # noqa: PLR0913, PLR0917 - any file
    line: Line,
    entry: Recorded[Any],
    before: Any,  # noqa: ANN401 - as above
    after: Any,  # noqa: ANN401 - as above
    case: CaseFile,
    to: Mapping[str, str],
) -> str | None:
    """`before` and `after` are the file of its timeline, `case` that of the case in the end. Letters are `to` whom
    they were ever owed. What came in as evidence is theirs who sent it by their own link.
    """
    match fact := entry.fact:
        case EvidenceReceived(person=person) if entry.by.role is Role.RESIDENT:
            return person or COMPLAINANT
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


def may_hear_that_others_spoke(file: CaseFile, theirs: frozenset[str], facts: Iterable[Fact]) -> bool:
    """Of somebody complained about. Not with signs of domestic abuse, where somebody was in danger or is at high
    risk, nor where it was decided not to tell them and they were not written to since. (our reading)
    """
    complained_about = theirs & {key for key, one in file.people.items() if one.part is Part.PERPETRATOR}
    in_danger = any(one.in_danger_since or one.sought_at for one in file.safety.values())
    if not complained_about or file.domestic_abuse or in_danger or at_high_risk(file, of(file.edition)):
        return False
    kept_from_them = False
    for fact in facts:
        if isinstance(fact, PerpetratorNotTold):
            kept_from_them = True
        elif isinstance(fact, PerpetratorWrittenTo) and fact.person in theirs:
            kept_from_them = False
    return not kept_from_them


def one_person(file: CaseFile, about: str | None) -> frozenset[str]:
    """All that they are called on the case: a victim may have complained, too."""
    if about is None:
        return frozenset()
    person = file.people[about].person if about in file.people else None
    same = {key for key, one in file.people.items() if person is not None and one.person == person}
    return frozenset({about, *same})
