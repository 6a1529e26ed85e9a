"""Formal warnings and notices. (formal-warnings, section 5)"""

from dataclasses import replace
from typing import Final

from policy.facts import letters, warning
from policy.facts.base import Role
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage, Steps

PROPOSED: Final = "proposed"
APPROVED: Final = "approved"
APPEALED: Final = "appealed"
SERVED: Final = "served"
TAKEN_BACK: Final = "taken-back"
REVIEWED: Final = "reviewed"

_PROPOSED: Final = Stage(
    owed="Agree to {}, or decline it",
    days=lambda days: days.warning_decision,
    by=Role.SUPERVISOR,
    steps={warning.WarningApproved: APPROVED, warning.WarningDeclined: None},
    otherwise={warning.WarningTakenBack: None},
)

_TAKEN_BACK: Final = Stage(
    owed="Tell whoever was given {} that it no longer stands, or see that the letter was posted",
    days=lambda days: days.warning_served,
    steps={warning.TakingBackTold: None, letters.LetterSent: None},
)

_STILL_COUNTS: Final[Steps] = {warning.WarningTakenBack: TAKEN_BACK, warning.WarningReviewed: REVIEWED}

_UNTIL_SERVED: Final[Steps] = {warning.WarningTakenBack: None, warning.GroundAppealed: APPEALED}

COURSES: Final = (
    Course(
        kind=MatterKind.WARNING,
        row="formal-warnings",
        called="formal warning",
        begun_by=warning.WarningProposed,
        code="step",
        in_words={"warning_letter": "the warning letter", "starter_warning": "the starter tenancy warning"},
        stages={
            PROPOSED: _PROPOSED,
            APPROVED: Stage(
                owed="Serve {}, or see that it was posted",
                days=lambda days: days.warning_served,
                steps={warning.WarningServed: SERVED, letters.LetterSent: SERVED},
                otherwise={warning.WarningTakenBack: None},
            ),
            SERVED: Stage(
                owed="See whether {} was heeded, and decide what follows",
                days=lambda days: days.warning_review,
                steps={warning.WarningReviewed: REVIEWED},
                otherwise={warning.WarningTakenBack: TAKEN_BACK},
            ),
            REVIEWED: Stage(otherwise=_STILL_COUNTS, outlives_closing=True),
            TAKEN_BACK: _TAKEN_BACK,
        },
    ),
    Course(
        kind=MatterKind.NOTICE,
        row="formal-warnings",
        called="notice",
        begun_by=warning.NoticeProposed,
        code="step",
        in_words={
            "notice_seeking_possession": "the notice of seeking possession",
            "notice_seeking_demotion": "the notice seeking demotion",
        },
        stages={
            PROPOSED: replace(_PROPOSED, otherwise=_UNTIL_SERVED),
            APPROVED: Stage(
                owed="Serve {}",
                days=lambda days: days.warning_served,
                steps={warning.WarningServed: SERVED},
                otherwise=_UNTIL_SERVED,
            ),
            APPEALED: Stage(
                owed="Ask how the appeal stands that holds up {}",
                days=lambda days: days.wait,
                steps={warning.GroundAppealEnded: PROPOSED},
                otherwise={warning.WarningTakenBack: None},
            ),
            SERVED: Stage(
                owed="Decide what follows {} before it lapses",
                days=lambda days: days.notice_before,
                counted_back=True,
                steps={warning.WarningReviewed: REVIEWED},
                otherwise={
                    warning.WarningTakenBack: TAKEN_BACK,
                    warning.GroundAppealed: SERVED,
                    warning.GroundAppealEnded: SERVED,
                },
            ),
            REVIEWED: Stage(
                otherwise={
                    **_STILL_COUNTS,
                    warning.GroundAppealed: REVIEWED,
                    warning.GroundAppealEnded: REVIEWED,
                },
                outlives_closing=True,
            ),
            TAKEN_BACK: _TAKEN_BACK,
        },
    ),
)
