"""Formal warnings and notices. (formal-warnings, section 5)"""

from dataclasses import replace
from typing import Final

from policy.case_file import CaseFile, Matter
from policy.disability import answered_at, in_the_way
from policy.facts import letters, warning
from policy.facts.base import Role
from policy.facts.consequences import ABOUT
from policy.facts.disability import DisabilityMeetingHeld, WhyNot
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Instead, Stage, Steps

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

_FIRST_A_MEETING: Final = Stage(
    owed="Hold the meeting about a disability before {} goes on, or take it back",
    days=lambda days: days.warning_served,
    steps={DisabilityMeetingHeld: None, warning.WarningDeclined: None, warning.WarningTakenBack: None},
)

_DECIDED_AGAINST: Final = replace(
    _FIRST_A_MEETING,
    owed="Take back {}, since the meeting about a disability decided against it, or hold another",
)

_NOT_SERVED_YET: Final = {
    PROPOSED: replace(_PROPOSED, otherwise=_UNTIL_SERVED),
    APPROVED: Stage(
        owed="Serve {}",
        days=lambda days: days.warning_served,
        steps={warning.WarningServed: SERVED},
        otherwise=_UNTIL_SERVED,
    ),
}


def _as_a_disability_has_it(file: CaseFile, matter: Matter) -> Instead | None:
    """First the meeting, and what it decided; the days count from its answer. (disability-meeting)"""
    stage, person = _NOT_SERVED_YET.get(matter.stage), matter.person or ABOUT
    if stage is None:
        return None
    if (standing := in_the_way(file, person)) is not None:
        first = _FIRST_A_MEETING if standing.why is WhyNot.MEETING_NEEDED else _DECIDED_AGAINST
        return Instead(called=standing.why, stage=first, since=max(matter.since, standing.since))
    answered = answered_at(file, person) or matter.since
    return Instead(called=matter.stage, stage=stage, since=max(matter.since, answered))


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
        instead=_as_a_disability_has_it,
        in_words={
            "notice_seeking_possession": "the notice of seeking possession",
            "notice_seeking_demotion": "the notice seeking demotion",
        },
        stages={
            **_NOT_SERVED_YET,
            APPEALED: Stage(
                owed="Ask how the appeal stands that holds up {}",
                days=lambda days: days.wait,
                steps={warning.GroundAppealEnded: PROPOSED, warning.GroundAppealed: APPEALED},
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
