"""What the night's check found: somebody looks into it and says what is done. (self-audit)"""

from typing import Final

from policy.audit import PATTERNS
from policy.facts import auditing as facts
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

COURSES: Final = (
    Course(
        kind=MatterKind.FINDING,
        row="self-audit",
        called="finding of the night's check",
        begun_by=facts.PatternFound,
        stages={
            "found": Stage(
                owed="Look into this: {}",
                days=lambda days: days.finding,
                steps={facts.FindingAnswered: None},
            )
        },
        code="pattern",
        in_words={pattern.name: pattern.looks_for for pattern in PATTERNS.values()},
    ),
)
