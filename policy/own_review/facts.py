"""What can happen to the policy's own review. (policy-review, section 8)"""

from datetime import date
from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Name, Words


class OwnedBy(StrEnum):
    """The role of whoever sees to it."""

    COMMUNITY_SAFETY = "community_safety"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"


class PolicyReviewOwnerNamed(Fact):
    """Who sees to the review from now on."""

    fact: Literal["policy_review_owner_named"] = "policy_review_owner_named"
    owner: Name
    role: OwnedBy


class PolicyReviewBroughtForward(Fact):
    """The policy is reviewed by then, because the law changes or for another reason."""

    fact: Literal["policy_review_brought_forward"] = "policy_review_brought_forward"
    to: date
    reasons: Words


class CameOfReview(StrEnum):
    UNCHANGED = "unchanged"
    NEW_EDITION = "new_edition"


class PolicyReviewed(Fact):
    """`edition` is what the new one is called, in force or still to come."""

    fact: Literal["policy_reviewed"] = "policy_reviewed"
    came_of_it: CameOfReview
    edition: Name | None = None
    words: Words


class PolicyReviewReminded(Fact):
    """Recorded by us: from now on the review stands among its owner's tasks."""

    fact: Literal["policy_review_reminded"] = "policy_review_reminded"
