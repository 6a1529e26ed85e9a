"""The meeting before legal action against somebody with a disability, known or suspected. (section 6)"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Moment, Name, Words
from policy.facts.consequences import ABOUT
from policy.frozen import Frozen


class WhyNot(StrEnum):
    MEETING_NEEDED = "meeting_needed"
    DECIDED_AGAINST = "decided_against"


class HeldUp(Frozen):
    """Nothing is done against somebody `since` then, when we came to know of it, `until` a meeting changed that:
    None while it goes on.
    """

    why: WhyNot
    since: Moment
    until: Moment | None = None

    def at(self, moment: datetime | None) -> bool:
        """Then, or now."""
        if moment is None:
            return self.until is None
        return self.since <= moment and (self.until is None or moment < self.until)


class DisabilityMeetingHeld(Fact):
    """The four questions, what the behaviour does to neighbours, and whether action is in proportion. `excluded`
    are conditions of the edition's that the law does not call a disability; `besides` says what else there is,
    also undiagnosed, or that nothing is known; no meeting is taken without it. `goes_on`: with legal action.
    """

    fact: Literal["disability_meeting_held"] = "disability_meeting_held"
    person: Name = ABOUT
    caused_by_it: Words
    impairment: Words
    addressed: Words
    appropriate: Words
    effect_on_neighbours: Words
    proportionate: Words
    excluded: tuple[Name, ...] = ()
    besides: Words | None = None
    goes_on: bool


Facts = DisabilityMeetingHeld
