"""What an application for a case review must say so that it can be answered. (case-review, section 4)"""

from policy.case_review.facts import Asker, CaseReviewAsked
from policy.refusals.case_review import AskerCannotBeAnswered


def can_be_answered(fact: CaseReviewAsked) -> None:
    """In writing. How to reach the victim of a case that they name we know; of anybody else what they say."""
    known = fact.asked_by is Asker.VICTIM and (fact.cases or fact.claimed)
    if not known and not (fact.asker and fact.asker.written_to_by()):
        raise AskerCannotBeAnswered(
            "Every answer is in writing. Say where it can go: an e-mail address, or a postal address at which a"
            " letter reaches whoever asks. A victim may give the reference of their case instead.",
            missing=("an e-mail address or a postal address",),
        )
