"""Hearing the person complained about. (interview-perpetrator, section 5)"""

from typing import Literal

from policy.facts.base import Words
from policy.facts.matters import Begun, Step


class InterviewOffered(Begun):
    fact: Literal["interview_offered"] = "interview_offered"
    words: Words


class InterviewMoved(Step):
    """Another day, with the reason."""

    fact: Literal["interview_moved"] = "interview_moved"
    reasons: Words


class InterviewHeld(Step):
    """`support` is what we offered them, `chance` what they were given time and opportunity to change."""

    fact: Literal["interview_held"] = "interview_held"
    support: Words
    chance: Words
    words: Words


class InterviewRefused(Step):
    """They do not want to speak to us."""

    fact: Literal["interview_refused"] = "interview_refused"
    words: Words


class InterviewFoundUnsafe(Step):
    """Speaking to them would put somebody in danger."""

    fact: Literal["interview_found_unsafe"] = "interview_found_unsafe"
    reasons: Words


Facts = InterviewOffered | InterviewMoved | InterviewHeld | InterviewRefused | InterviewFoundUnsafe
