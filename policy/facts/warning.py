"""Formal warnings of legal action, in a letter or by a notice. (formal-warnings, section 5)"""

from datetime import date
from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.consequences import ABOUT
from policy.facts.matters import Begun, Step
from policy.frozen import Frozen
from policy.legal_action.windows import Appeal, Condition, Ground, Tenancy
from policy.tenure import Tenure


class Ladder(Frozen):
    """`step` is one of the edition's warnings or notices, `tenure` how they hold their home. `very_serious` says
    why none of those comes first that should.
    """

    step: Name
    tenure: Tenure
    very_serious: Words | None = None


class WarningProposed(Begun, Ladder):
    """What the letter says beside its own words. It never says who complained: whoever writes these texts says
    with `nothing_identifies` that they have read them for that. (clear-consequences, section 6)
    """

    fact: Literal["warning_proposed"] = "warning_proposed"
    person: Name | None = ABOUT
    alleged: Words
    decided: Words
    happens_next: Words
    nothing_identifies: bool


class Proven(Frozen):
    """Which of the five conditions of ground 7A was met, and on what day: of the conviction, of the court's
    finding, or of the closure order; and an appeal against it, where there was one.
    """

    condition: Condition
    on: date
    appeal: Appeal | None = None


class NoticeProposed(Begun, Ladder):
    """`grounds` of possession. Ground 7A needs what has `proven` it and the `tenancy`."""

    fact: Literal["notice_proposed"] = "notice_proposed"
    person: Name | None = ABOUT
    grounds: tuple[Ground, ...] = ()
    proven: Proven | None = None
    tenancy: Tenancy | None = None
    reasons: Words


Proposed = WarningProposed | NoticeProposed


class WarningApproved(Step):
    fact: Literal["warning_approved"] = "warning_approved"
    reasons: Words


class WarningDeclined(Step):
    fact: Literal["warning_declined"] = "warning_declined"
    reasons: Words


class WarningServed(Step):
    """On its day, and how: by hand, say. A warning letter that was posted is served by that."""

    fact: Literal["warning_served"] = "warning_served"
    words: Words


class WarningTakenBack(Step):
    """It does not stand any more. They are told, where it had been served."""

    fact: Literal["warning_taken_back"] = "warning_taken_back"
    reasons: Words


class WarningReviewed(Step):
    """Whether it was `heeded`, and what follows."""

    fact: Literal["warning_reviewed"] = "warning_reviewed"
    heeded: bool
    words: Words


Facts = (
    WarningProposed
    | NoticeProposed
    | WarningApproved
    | WarningDeclined
    | WarningServed
    | WarningTakenBack
    | WarningReviewed
)
