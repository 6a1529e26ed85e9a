"""Cases that have to do with each other and stay two. Neither discloses what was said in the other."""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Name, Words


class Tie(StrEnum):
    COUNTER_ALLEGATION = "counter_allegation"
    SAME_PEOPLE = "same_people"
    SAME_PLACE = "same_place"
    FOLLOWS = "follows"
    FOLLOWED_BY = "followed_by"

    @property
    def mirrored(self) -> "Tie":
        """The same tie as the other case has it."""
        return {Tie.FOLLOWS: Tie.FOLLOWED_BY, Tie.FOLLOWED_BY: Tie.FOLLOWS}.get(self, self)


class CasesLinked(Fact):
    """`tie` is what `other` is to this case."""

    fact: Literal["cases_linked"] = "cases_linked"
    other: Name
    tie: Tie


class CasesUnlinked(Fact):
    fact: Literal["cases_unlinked"] = "cases_unlinked"
    other: Name
    tie: Tie
    reasons: Words


Facts = CasesLinked | CasesUnlinked
