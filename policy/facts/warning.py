"""Formal warnings of legal action, in a letter or by a notice. (formal-warnings, section 5)"""

from datetime import date
from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.consequences import ABOUT
from policy.facts.matters import Begun, Step
from policy.frozen import Frozen
from policy.legal_action.proven import Proven
from policy.legal_action.windows import Ground, Tenancy
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


class NoticeProposed(Begun, Ladder):
    """`grounds` of possession. Ground 7A and section 84A need what has `proven` them and the `tenancy`; the latter
    is needed of every secure tenant.
    """

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


class GroundAppealed(Step):
    """There is an appeal against what has been proven for ground 7A. The notice is not served until it ends. Said
    again where somebody has asked how it stands and it is open still; `by_when` is when we ask next.
    """

    fact: Literal["ground_appealed"] = "ground_appealed"
    words: Words


class GroundAppealEnded(Step):
    """It was decided, given up or withdrawn `on` that day, and what was proven stands. Where it does not, the
    notice is taken back.
    """

    fact: Literal["ground_appeal_ended"] = "ground_appeal_ended"
    on: date
    words: Words


class WarningServed(Step):
    """On its day, and how: by hand, say. A warning letter that was posted is served by that."""

    fact: Literal["warning_served"] = "warning_served"
    words: Words


class WarningTakenBack(Step):
    """It does not stand any more. They are told, where it had been served; the reasons are ours."""

    fact: Literal["warning_taken_back"] = "warning_taken_back"
    reasons: Words


class TakingBackTold(Step):
    """That it does not stand any more, otherwise than by our letter."""

    fact: Literal["taking_back_told"] = "taking_back_told"
    words: Words


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
    | GroundAppealed
    | GroundAppealEnded
    | WarningServed
    | WarningTakenBack
    | TakingBackTold
    | WarningReviewed
)
