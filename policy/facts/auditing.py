"""What the night's check found on a case, and what was made of it. (self-audit)"""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.matters import Begun, Step


class PatternName(StrEnum):
    """What Ombudsmen have found wrong with cases, each under one name."""

    FIRST_CONTACT_LATE = "first-contact-late"
    HAD_TO_CHASE = "had-to-chase"
    SILENCE = "silence"
    IRREGULAR_CONTACT = "irregular-contact"
    WRITTEN_DOWN_LATE = "written-down-late"
    CONTACT_PREFERENCE_NOT_KEPT = "contact-preference-not-kept"
    RISK_ASSESSMENT_LATE = "risk-assessment-late"
    REVIEWS_NOT_HELD = "reviews-not-held"
    HATE_NOT_TAKEN_UP = "hate-not-taken-up"
    WAITING_WITHOUT_END = "waiting-without-end"
    EVIDENCE_NOT_READ = "evidence-not-read"
    VULNERABILITY_NOT_ANSWERED = "vulnerability-not-answered"
    COMMITMENT_NOT_FOLLOWED_THROUGH = "commitment-not-followed-through"
    ACTION_NOT_CARRIED_OUT = "action-not-carried-out"
    REVIEW_NOT_ACTED_ON = "review-not-acted-on"
    POWERS_NOT_CONSIDERED = "powers-not-considered"
    CLOSURE_NOT_TOLD = "closure-not-told"
    NOTHING_DONE = "nothing-done"
    NO_PLAN = "no-plan"
    INCIDENTS_WITHOUT_CHANGE = "incidents-without-change"
    CASE_REVIEW_NOT_OFFERED = "case-review-not-offered"


class PatternFound(Begun):
    """`at` is the moment up to which the case was looked at. `sentence` says it with dates and counts,
    and holds nobody's words or name; `row` is the row of the policy that it goes against.
    """

    fact: Literal["pattern_found"] = "pattern_found"
    pattern: PatternName
    row: Name
    sentence: Words


class FindingAnswered(Step):
    """Somebody has looked into it: what is done about it, or why all is well."""

    fact: Literal["finding_answered"] = "finding_answered"
    words: Words


Facts = PatternFound | FindingAnswered
