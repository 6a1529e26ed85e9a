"""Whose case it is, and the supervisor's reviews of it."""

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
