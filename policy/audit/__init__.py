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


def findings(
    file: CaseFile,
    timeline: Timeline,
    now: datetime,
    edition: Edition,
) -> list[PatternFound]:
    """What is found on an open case, one for each pattern. One that was found and is not answered yet is not found
    again, and what an answer has answered isn't either. On a case that is part of another nothing is looked for.
    """
    if file.reported_at is None or file.at_rest:
        return []
    known = open_findings(file)
    return [
        PatternFound(at=now, pattern=name, row=pattern.row, sentence=sentence)
        for name, pattern in PATTERNS.items()
        if name not in known
        and (sentence := pattern.look(Seen(file, timeline, now, edition, file.answered.get(name))))
    ]


def is_quiet(file: CaseFile, timeline: Timeline, tonight: datetime, until: datetime, edition: Edition) -> bool:
    """Whether nothing is found this night or in any other up to the last of them, if nothing is recorded."""
    if file.reported_at is None or file.at_rest:
        return True
    known = open_findings(file)
    return not any(
        _comes(pattern, Seen(file, timeline, night, edition, file.answered.get(name)))
        for name, pattern in PATTERNS.items()
        if name not in known
        for night in (until if pattern.comes_later is None else tonight,)
    )


def _comes(pattern: Pattern, seen: Seen) -> bool:
    return pattern.look(seen) is not None or (pattern.comes_later is not None and pattern.comes_later(seen))


__all__ = [
    "PATTERNS",
    "Pattern",
    "Timeline",
    "Told",
    "findings",
    "is_quiet",
    "night_after",
    "open_findings",
    "told",
]
