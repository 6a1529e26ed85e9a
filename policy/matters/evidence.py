"""Diaries and other evidence: what comes in is read. (incident-diaries, section 5)"""

from typing import Final

from policy.facts import evidence as facts
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

COURSES: Final = (
    Course(
        kind=MatterKind.DIARY,
        row="incident-diaries",
        called="diary",
        begun_by=facts.DiaryIssued,
        stages={
            "issued": Stage(
                owed="Have the diary back",
                days=lambda days: days.diary,
                steps={facts.DiaryReturned: "returned"},
                otherwise={facts.DiaryGivenUp: None},
                lapses=True,
                lapses_to="overdue",
            ),
            "overdue": Stage(
                owed="Ask for the diary, which has not come back",
                days=lambda days: days.diary_chase,
                steps={facts.DiaryChased: "issued", facts.DiaryReturned: "returned"},
                otherwise={facts.DiaryGivenUp: None},
            ),
            "returned": Stage(
                owed="Read the diary",
                days=lambda days: days.diary_read,
                steps={facts.EvidenceRead: None},
            ),
        },
    ),
    Course(
        kind=MatterKind.EVIDENCE,
        row="incident-diaries",
        called="evidence to be read",
        begun_by=facts.EvidenceReceived,
        stages={
            "received": Stage(
                owed="Read, look at or listen to what was sent",
                days=lambda days: days.evidence,
                steps={facts.EvidenceRead: None},
            )
        },
    ),
)
