"""Legal action on a case: proposed here, carried on beside it, and what the case hears of that. (section 5)"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from policy.facts.base import Moment, Name, Words
from policy.facts.case_reviews import CaseReviewBegun
from policy.facts.consequences import ABOUT
from policy.facts.matters import Begun, Step
from policy.tenure import Tenure


class LegalStage(StrEnum):
    PROPOSED = "proposed"
    REVIEWED = "reviewed"
    WITH_SOLICITOR = "with_solicitor"
    ADVISED_AGAINST = "advised_against"
    READY = "ready"
    ISSUED = "issued"
    LISTED = "listed"
    IN_FORCE = "in_force"
    BREACHED = "breached"
    APPEALED = "appealed"
    REFUSED = "refused"
    OVER = "over"


class LegalActionProposed(Begun):
    """`remedy` is one of the edition's, `person` against whom, `tenure` how they hold their home, `born` where
    they are under 18. `very_serious` says why it does not wait for a formal warning that was not heeded.
    """

    fact: Literal["legal_action_proposed"] = "legal_action_proposed"
    remedy: Name
    person: Name | None = ABOUT
    tenure: Tenure
    born: date | None = None
    very_serious: Words | None = None
    reasons: Words


class LegalActionTold(Step):
    """It is under way, and knows whether a meeting about a disability is needed."""

    fact: Literal["legal_action_told"] = "legal_action_told"
    meeting_needed: bool


class Heard(Step):
    """Where it stands. `hearing` is the court's day, `heard_at` when the court has decided."""

    stage: LegalStage
    hearing: date | None = None
    heard_at: Moment | None = None


class LegalActionMoved(Heard):
    fact: Literal["legal_action_moved"] = "legal_action_moved"


class LegalOrderMade(Heard):
    """A court's order is in force."""

    fact: Literal["legal_order_made"] = "legal_order_made"


class LegalActionFinished(Heard):
    fact: Literal["legal_action_finished"] = "legal_action_finished"


News = Annotated[
    LegalActionMoved | LegalOrderMade | LegalActionFinished | CaseReviewBegun, Field(discriminator="fact")
]
"""What a case hears from beside it."""

Facts = LegalActionProposed | LegalActionTold | LegalActionMoved | LegalOrderMade | LegalActionFinished
