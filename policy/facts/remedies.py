"""The victim's say in an out-of-court remedy. (community-remedy, section 4, note 3)"""

from typing import Literal

from policy.facts.base import Words
from policy.facts.matters import Begun, Step


class RemedyWishesAsked(Begun):
    """The victim was asked what should be done. `by_when` is the day by which they will say."""

    fact: Literal["remedy_wishes_asked"] = "remedy_wishes_asked"
    words: Words


class RemedyWishesTold(Step):
    """What the victim wishes, in their words; `by_when` is the day by which the police need it."""

    fact: Literal["remedy_wishes_told"] = "remedy_wishes_told"
    words: Words


class RemedyWishesLeft(Step):
    """The victim does not wish to say, or no remedy is considered any more."""

    fact: Literal["remedy_wishes_left"] = "remedy_wishes_left"
    words: Words


class RemedyWishesGiven(Step):
    """Passed on to those who decide."""

    fact: Literal["remedy_wishes_given"] = "remedy_wishes_given"
    words: Words


Facts = RemedyWishesAsked | RemedyWishesTold | RemedyWishesLeft | RemedyWishesGiven
