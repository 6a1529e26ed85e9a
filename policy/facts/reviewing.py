"""Whose case it is, and the supervisor's reviews of it."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from policy.facts.base import Fact, Name, Words
from policy.frozen import Frozen


class CaseAllocated(Fact):
    """The case is given to an officer, by reference; `reasons` say why, where it is taken from another."""

    fact: Literal["case_allocated"] = "case_allocated"
    officer: Name
    reasons: Words | None = None


class WhyNot(StrEnum):
    NO_EVIDENCE = "no_evidence"
    NO_CONSENT = "no_consent"
    NOT_PROPORTIONATE = "not_proportionate"
    OTHER = "other"


class PowerWeighed(Frozen):
    """One of the edition's powers, used or not; `words` say the reason where it is another."""

    power: Name
    used: bool
    why_not: WhyNot | None = None
    words: Words | None = None


class CaseReviewed(Fact):
    """A supervisor's review meeting on this case. (review-meetings, section 7)
    `answers` are those to the edition's questions, by their keys; `powers` are weighed where it is about hate;
    `actions` is what was said of each action that the plan had, by its key.
    """

    fact: Literal["case_reviewed"] = "case_reviewed"
    policy_followed: bool
    words: Words
    answers: dict[Name, Words] = Field(default_factory=dict)
    powers: tuple[PowerWeighed, ...] = ()
    actions: dict[Name, Words] = Field(default_factory=dict)


class CoverArranged(Fact):
    """The case's officer is away; somebody else sees to what they owe, up to and on that day. No clock changes."""

    fact: Literal["cover_arranged"] = "cover_arranged"
    officer: Name
    until: date
    reasons: Words | None = None


Facts = CaseAllocated | CaseReviewed | CoverArranged
