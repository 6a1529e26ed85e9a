"""A case review, as a case hears of it: it was offered, it has begun. (case-review, section 4)"""

from typing import Literal

from policy.facts.base import Fact, Name, Words


class CaseReviewOffered(Fact):
    """The complainant was told that they may ask for a review of how this was handled, and how."""

    fact: Literal["case_review_offered"] = "case_review_offered"
    words: Words


class CaseReviewBegun(Fact):
    """Somebody has asked for a review that this case is part of. `review` is its reference."""

    fact: Literal["case_review_begun"] = "case_review_begun"
    review: Name


Facts = CaseReviewOffered | CaseReviewBegun
