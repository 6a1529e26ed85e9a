"""What a court has proven against somebody, before anybody proposes a notice on it. (ground-7a, section 5)"""

from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.consequences import ABOUT
from policy.facts.matters import Begun, Step
from policy.legal_action.proven import Proven
from policy.legal_action.windows import Ground


class GroundProven(Begun):
    """`ground` is 7A, or section 84A of a secure tenancy. Its window opens, and somebody decides within it whether
    to serve a notice.
    """

    fact: Literal["ground_proven"] = "ground_proven"
    person: Name | None = ABOUT
    ground: Ground = Ground.GROUND_7A
    proven: Proven


class GroundNotUsed(Step):
    """No notice is served on it, and why."""

    fact: Literal["ground_not_used"] = "ground_not_used"
    reasons: Words


Facts = GroundProven | GroundNotUsed
