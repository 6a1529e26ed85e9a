"""Prevention: campaigns, activities, funding bids and other work that is not about one case. (prevention-work)"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from policy.facts.base import Fact, Line, Words
from policy.frozen import Frozen

Pence = Annotated[int, Field(ge=0, le=10**12)]


class PreventionKind(StrEnum):
    CAMPAIGN = "campaign"
    ACTIVITY = "activity"
    FUNDING_BID = "funding_bid"
    DESIGNING_OUT = "designing_out"
    CHARTER = "charter"
    OTHER = "other"


class Result(StrEnum):
    """What came of it. A bid is won or lost."""

    WORKED = "worked"
    WORKED_IN_PART = "worked_in_part"
    DID_NOT_WORK = "did_not_work"
    CANNOT_TELL = "cannot_tell"
    CALLED_OFF = "called_off"
    BID_WON = "bid_won"
    BID_LOST = "bid_lost"


class PreventionWork(Frozen):
    """What is planned. `ends` is None while that is open; `cost` and `bid` are in pence."""

    kind: PreventionKind
    title: Line
    words: Words
    place: Line | None = None
    ward: Line | None = None
    starts: date
    ends: date | None = None
    cost: Pence | None = None
    bid: Pence | None = None
    partners: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends is not None and self.ends < self.starts:
            raise ValueError("ends before it starts")
        return self


class PreventionPlanned(Fact, PreventionWork):
    fact: Literal["prevention_planned"] = "prevention_planned"


class PreventionCorrected(Fact, PreventionWork):
    """The whole of it as it should have been told, and why. What was told before stays in the history."""

    fact: Literal["prevention_corrected"] = "prevention_corrected"
    reasons: Words


class PreventionEnded(Fact):
    """`cost` is what it cost in the end, `awarded` what a bid brought. May be told again when more is known."""

    fact: Literal["prevention_ended"] = "prevention_ended"
    result: Result
    words: Words
    cost: Pence | None = None
    awarded: Pence | None = None
