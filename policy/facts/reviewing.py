"""Whose case it is, and the supervisor's reviews of it."""

from datetime import date
from typing import Literal

from policy.facts.base import Fact, Name, Words


class CaseAllocated(Fact):
    """The case is given to an officer, by reference."""

    fact: Literal["case_allocated"] = "case_allocated"
    officer: Name


class CaseReviewed(Fact):
    """A supervisor's review meeting on this case. (review-meetings, section 7)"""

    fact: Literal["case_reviewed"] = "case_reviewed"
    policy_followed: bool
    words: Words


class CoverArranged(Fact):
    """The case's officer is away; somebody else sees to what they owe, up to and on that day. No clock changes."""

    fact: Literal["cover_arranged"] = "cover_arranged"
    officer: Name
    until: date
