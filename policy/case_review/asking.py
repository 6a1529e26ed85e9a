"""What an application for a case review must say so that it can be answered. (case-review, section 4)"""

from policy.case_review.facts import Asker, CaseReviewAsked
from policy.refusals.case_review import AskerCannotBeAnswered


def can_be_answered(fact: CaseReviewAsked) -> None:
    """We know how to reach the victim of a case that they name; of anybody else we know what they say."""
    known = fact.asked_by is Asker.VICTIM and (fact.cases or fact.claimed)
    if not known and not (fact.asker and fact.asker.reachable()):
        raise AskerCannotBeAnswered(
            "Say how whoever asks can be answered: an e-mail address, a telephone number or a postal address. A"
            " victim may give the reference of their case instead.",
            missing=("how they can be answered",),
        )
