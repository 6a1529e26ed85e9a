"""What the behaviour does to the community, and what plays a part in it. (effect-and-causes, section 6)"""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Words


class Cause(StrEnum):
    DRUGS = "drugs"
    ALCOHOL = "alcohol"
    MENTAL_HEALTH = "mental_health"
    DISABILITY = "disability"
    CULTURAL_DIFFERENCE = "cultural_difference"
    NONE_KNOWN = "none_known"


class EffectRecorded(Fact):
    """`effect` is the effect on the community, `words` say how the causes play a part. `substantial`: it is, on
    neighbours, the community or how we manage our homes; no legal action goes to court on less. None where nobody
    has weighed that yet, as for a warning.
    """

    fact: Literal["effect_recorded"] = "effect_recorded"
    effect: Words
    substantial: bool | None = None
    causes: tuple[Cause, ...]
    words: Words


Facts = EffectRecorded
