"""The file of one case review: codes and dates, none of anybody's words."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime, Field

from policy.case_review.facts import Against, Asker
from policy.case_review.threshold import Arithmetic
from policy.frozen import Frozen
from policy.procedures.base import ProcedureFile


class ReviewStage(StrEnum):
    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    WEIGHED = "weighed"
    """Whether the threshold is met is decided, and not told."""
    MET = "met"
    GATHERING = "gathering"
    HELD = "held"
    DECIDED = "decided"
    TOLD = "told"
    """The outcome, or that the threshold is not met."""
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    OVER = "over"


class Voice(StrEnum):
    HEARD = "heard"
    DECLINED = "declined"


class Partner(Frozen):
    """An agency that was asked, first `first_at`, last `asked_at`; until which day, where one was named."""

    first_at: AwareDatetime
    asked_at: AwareDatetime
    until: date | None = None
    chased: int = 0
    answered: bool = False


class AgenciesTold(Frozen):
    """Which were asked, or came to a meeting, when, and about which cases; about none where none had been found:
    then it was about those that are brought in. A supervisor `decided_at` on the `lawful_reason`; `against` is
    whose word it was against that nobody decided on.
    """

    at: AwareDatetime
    to: tuple[str, ...]
    cases: tuple[str, ...]
    lawful_reason: str | None = None
    decided_at: AwareDatetime | None = None
    against: tuple[Against, ...] = ()


class RecommendationEnd(StrEnum):
    CARRIED_OUT = "carried_out"
    REFUSED = "refused"


class Recommendation(Frozen):
    """`moved` is how often its day was."""

    to: str
    accepted: bool | None = None
    by_when: date | None = None
    moved: int = 0
    end: RecommendationEnd | None = None
    ended_at: AwareDatetime | None = None

    @property
    def open(self) -> bool:
        return self.end is None


class Outcome(Frozen):
    """Of one decision on a review, and how many recommendations it made."""

    decided_at: AwareDatetime
    recommendations: int = 0


class ReviewFile(ProcedureFile):
    """The fold of a review's facts. `claimed` are references that whoever asked gave and nobody has looked at. The
    victim is to be heard `listening_since` a moment. `not_met_at` is each
    time that the threshold was found not to be met. `decided_by` made the last decision, `decided_at`. `answered`:
    another look was asked for and changed nothing. `told` are the cases that know of it, `knows` the numbers in
    `tellings` that each was told. `to_tell` is who on a case that is over did not agree to it, since an agency was
    told: one that goes on sees to that itself.
    """

    stage: ReviewStage = ReviewStage.ASKED
    asked_at: AwareDatetime | None = None
    asked_by: Asker | None = None
    district: str = ""
    cases: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    handled_by: tuple[str, ...] = ()
    decided_by: str | None = None
    decided_at: AwareDatetime | None = None
    told: tuple[str, ...] = ()
    listening_since: AwareDatetime | None = None
    voice: Voice | None = None
    arithmetic: Arithmetic | None = None
    met: bool | None = None
    not_met_at: tuple[AwareDatetime, ...] = ()
    tellings: tuple[AgenciesTold, ...] = ()
    knows: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    to_tell: tuple[Against, ...] = ()
    partners: dict[str, Partner] = Field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    recommendations: dict[str, Recommendation] = Field(default_factory=dict)
    answered: bool = False

    @property
    def over(self) -> bool:
        return self.stage is ReviewStage.OVER

    @property
    def finished(self) -> bool:
        return self.over

    def open_recommendations(self) -> dict[str, Recommendation]:
        return {key: one for key, one in self.recommendations.items() if one.open}

    def last_followed_at(self) -> datetime | None:
        """When the last recommendation came to its end."""
        return max((one.ended_at for one in self.recommendations.values() if one.ended_at), default=None)
