"""What an application for a case review must say so that it can be answered. (case-review, section 4)"""

from collections.abc import Sequence
from typing import Final

from policy.case_file import CaseFile
from policy.case_review.facts import Asker, CaseReviewAsked
from policy.company import COMPLAINANT, VICTIMS
from policy.refusals.case_review import AskerCannotBeAnswered
from policy.working_days import listed

_A_WAY: Final = "an e-mail address, or a postal address at which a letter reaches whoever asks"


def can_be_answered(fact: CaseReviewAsked) -> None:
    """In writing. How to reach the victim of a case that is known we know; of anybody else, also where nobody has
    looked at the case that they name, what they say.
    """
    if not (_their_case_says(fact) or _says_how(fact)):
        raise _cannot_be_answered(f"Every answer is in writing. Say where it can go: {_A_WAY}.")


def can_be_answered_on(fact: CaseReviewAsked, known: Sequence[CaseFile]) -> None:
    """`known` are the cases that it is about, as far as what was reported stands there already."""
    if not known or _says_how(fact) or len(known) < len(fact.cases) or any(is_written_to(one) for one in known):
        return
    raise _cannot_be_answered(
        f"Every answer is in writing, and on {listed([one.ref for one in known])} there is no way to write to the"
        f" victim. Say where it can go: {_A_WAY}."
    )


def _their_case_says(fact: CaseReviewAsked) -> bool:
    return fact.asked_by is Asker.VICTIM and bool(fact.cases)


def _says_how(fact: CaseReviewAsked) -> bool:
    return fact.asker is not None and fact.asker.written_to_by() is not None


def is_written_to(case: CaseFile) -> bool:
    """Whoever suffers from it, in a way that is safe for them."""
    theirs = COMPLAINANT in case.people and case.people[COMPLAINANT].part in VICTIMS
    return theirs and case.writes_by is not None


def _cannot_be_answered(sentence: str) -> AskerCannotBeAnswered:
    return AskerCannotBeAnswered(sentence, missing=("an e-mail address or a postal address",))
