"""A case review, as a case hears of it: it was offered, it has begun. (case-review, section 4)"""

from typing import Literal

from policy.facts.base import Fact, Moment, Name, Words


class CaseReviewOffered(Fact):
    """The complainant was told that they may ask for a review of how this was handled, and how."""

    fact: Literal["case_review_offered"] = "case_review_offered"
    words: Words


class CaseReviewBegun(Fact):
    """Somebody has asked for a review that this case is part of. `review` is its reference."""

    fact: Literal["case_review_begun"] = "case_review_begun"
    review: Name


class ToldInCaseReview(Fact):
    """That in the `review` these agencies, by their keys in the edition, were told of everybody on this case,
    `told_at`. `lawful_reason` is the edition's key for telling them over somebody's word, where a supervisor
    `decided_at` that.
    """

    fact: Literal["told_in_case_review"] = "told_in_case_review"
    review: Name
    to: tuple[Name, ...]
    told_at: Moment
    lawful_reason: Name | None = None
    decided_at: Moment | None = None


Facts = CaseReviewOffered | CaseReviewBegun | ToldInCaseReview

News = CaseReviewBegun | ToldInCaseReview
