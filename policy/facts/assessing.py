"""What an officer makes of a report: how serious, which limb of the definition, or not usually ASB."""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Name, Words


class Seriousness(StrEnum):
    ORDINARY = "ordinary"
    SERIOUS = "serious"


class Limb(StrEnum):
    """Anti-social Behaviour, Crime and Policing Act 2014, section 2(1)."""

    HARASSMENT_ALARM_DISTRESS = "a"
    NUISANCE_IN_A_HOME = "b"
    HOUSING_RELATED_NUISANCE = "c"


class Exclusion(StrEnum):
    """What the policy does not usually treat as anti-social behaviour. (not-usually-asb, section 2)"""

    TIT_FOR_TAT = "tit_for_tat"
    HIGHWAY_PARKING = "highway_parking"
    LIFESTYLES = "lifestyles"
    BABIES_AND_CHILDREN = "babies_and_children"
    ONE_OFF = "one_off"


class Assessed(Fact):
    """An officer's assessment. Either a limb of the definition is met or an exclusion applies, with reasons.
    `housing_function` says which management function limb (c) touches.
    """

    fact: Literal["assessed"] = "assessed"
    seriousness: Seriousness
    categories: tuple[Name, ...]
    limb: Limb | None = None
    housing_function: Words | None = None
    exclusion: Exclusion | None = None
    reasons: Words


class Advice(StrEnum):
    SPEAK_FIRST = "speak_first"
    NOT_REASONABLE = "not_reasonable"


class AdviceGiven(Fact):
    """Honest advice, with reasons that the complainant is sent. (honest-advice, section 5)"""

    fact: Literal["advice_given"] = "advice_given"
    advice: Advice
    reasons: Words


class SecondLookAsked(Fact):
    """The complainant asks somebody else to look at the advice or at "not usually ASB"."""

    fact: Literal["second_look_asked"] = "second_look_asked"
    words: Words


class SecondLookAnswered(Fact):
    """Somebody other than the first decider has looked; the complainant is sent the reasons."""

    fact: Literal["second_look_answered"] = "second_look_answered"
    upheld: bool
    reasons: Words


Facts = Assessed | AdviceGiven | SecondLookAsked | SecondLookAnswered
