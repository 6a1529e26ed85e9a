"""What can happen to a focus area, from its proposal to its end. (focus-areas, section 7)"""

from enum import StrEnum
from typing import Literal

from policy.estates.facts import Interval
from policy.facts.base import Fact, Line, Name, Words
from policy.trends.compared import Compared


class Numbers(Compared):
    """When it was proposed, of new cases of a `kind` in a `place`. Of such proposals `false_share` are chance,
    among `looked_at` places and kinds.
    """

    place: Line
    kind: Name
    false_share: float
    looked_at: int


class FocusAreaProposed(Fact, Numbers):
    """By us alone."""

    fact: Literal["focus_area_proposed"] = "focus_area_proposed"


class FocusAreaAccepted(Fact):
    """What is to be done there. The owner is whoever accepts it unless another is named; without an interval of
    its own it is reviewed at the edition's.
    """

    fact: Literal["focus_area_accepted"] = "focus_area_accepted"
    owner: Name | None = None
    every_working_days: Interval | None = None
    words: Words


class NoFocusArea(StrEnum):
    """Why a place is none."""

    KNOWN_ALREADY = "known_already"
    ONE_DISPUTE = "one_dispute"
    NOT_SO = "not_so"
    OTHERS_SEE_TO_IT = "others_see_to_it"
    OTHER = "other"


class FocusAreaRefused(Fact):
    fact: Literal["focus_area_refused"] = "focus_area_refused"
    why: NoFocusArea
    reasons: Words


class FocusAreaReviewed(Fact):
    """It goes on. The owner and the interval stay unless others are told."""

    fact: Literal["focus_area_reviewed"] = "focus_area_reviewed"
    words: Words
    owner: Name | None = None
    every_working_days: Interval | None = None


class CameOfFocus(StrEnum):
    QUIETER = "quieter"
    NO_QUIETER = "no_quieter"
    CANNOT_TELL = "cannot_tell"
    CALLED_OFF = "called_off"


class FocusAreaEnded(Fact):
    fact: Literal["focus_area_ended"] = "focus_area_ended"
    result: CameOfFocus
    words: Words
