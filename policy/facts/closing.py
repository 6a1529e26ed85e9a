"""The way to a closed case: proposed, approved where it must be, told in writing, closed."""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Name, Words


class Outcome(StrEnum):
    STOPPED = "stopped"
    SUPPORTED = "supported"
    ENFORCED = "enforced"
    NOT_PROVEN = "not_proven"
    COMPLAINANT_WITHDREW = "complainant_withdrew"
    MOVED = "moved"


class ClosureProposed(Fact):
    """`explanation` is what the complainant is told in the closing letter."""

    fact: Literal["closure_proposed"] = "closure_proposed"
    outcome: Outcome
    explanation: Words


class ClosureApproved(Fact):
    fact: Literal["closure_approved"] = "closure_approved"
    words: Words


class ClosureDeclined(Fact):
    """The supervisor wants more done first; the proposal is over."""

    fact: Literal["closure_declined"] = "closure_declined"
    reasons: Words


class Closing(StrEnum):
    """How a case closes: with a letter, at once (section 5, note 4), or with the case that it had joined and
    is counted as part of.
    """

    WITH_LETTER = "with_letter"
    UNJUSTIFIED = "unjustified"
    DEALT_WITH = "dealt_with"
    MEDIATION = "mediation"
    NOT_USUALLY_ASB = "not_usually_asb"
    JOINED = "joined"


class CaseClosed(Fact):
    """`reasons` go to the complainant in a note when the closure is an immediate one; `with_case` is the one
    that this case had joined.
    """

    fact: Literal["case_closed"] = "case_closed"
    closing: Closing
    reasons: Words
    with_case: Name | None = None


Facts = ClosureProposed | ClosureApproved | ClosureDeclined | CaseClosed
