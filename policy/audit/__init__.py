"""The night's check: each open case against the failures that Ombudsmen have published. (self-audit)"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from policy.audit import contact, following, handling, offering, safety
from policy.audit.base import Pattern, Seen, Timeline, Told, open_findings, told
from policy.audit.nights import night_after
from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts.auditing import PatternFound, PatternName

PATTERNS: Final[Mapping[PatternName, Pattern]] = {
    pattern.name: pattern
    for pattern in (
        *contact.PATTERNS,
        *safety.PATTERNS,
        *following.PATTERNS,
        *handling.PATTERNS,
        *offering.PATTERNS,
    )
}


COMES_AND_GOES: Final = {name: pattern for name, pattern in PATTERNS.items() if pattern.comes_and_goes}
STAYS: Final = {name: pattern for name, pattern in PATTERNS.items() if not pattern.comes_and_goes}


def findings(
    file: CaseFile,
    timeline: Timeline,
    now: datetime,
    edition: Edition,
    patterns: Mapping[PatternName, Pattern] = PATTERNS,
) -> list[PatternFound]:
    """What is found on an open case, one for each pattern. One that was found and is not answered yet is not found
    again, and what an answer has answered isn't either. On a case that is part of another nothing is looked for.
    """
    if file.reported_at is None or file.at_rest:
        return []
    known = open_findings(file)
    return [
        PatternFound(at=now, pattern=name, row=pattern.row, sentence=sentence)
        for name, pattern in patterns.items()
        if name not in known
        and (sentence := pattern.look(Seen(file, timeline, now, edition, file.answered.get(name))))
    ]


__all__ = [
    "COMES_AND_GOES",
    "PATTERNS",
    "STAYS",
    "Pattern",
    "Timeline",
    "Told",
    "findings",
    "night_after",
    "open_findings",
    "told",
]
