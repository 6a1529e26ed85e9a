"""Legal action on a case: proposed here, carried on beside it, and what the case hears of that. (section 5)"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal

from policy.facts.base import Moment, Name, Words
from policy.facts.consequences import ABOUT
from policy.facts.disability import HeldUp, WhyNot
from policy.facts.matters import Begun, Step
from policy.frozen import Frozen
from policy.legal_action.windows import Window
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
    BREACH_IN_COURT = "breach_in_court"
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


class Known(Frozen):
    """What a legal action must know of its case. `held_up`: each time, by what we knew, that there might be a
    disability which no meeting had answered for, or that one had decided against it. `window`: when proceedings
    may begin on the notice that was served; None where none is needed, or none stands.
    """

    held_up: tuple[HeldUp, ...] = ()
    window: Window | None = None

    def why_not(self, at: datetime | None = None) -> WhyNot | None:
        """They may not be acted against then, or now."""
        return next((one.why for one in self.held_up if one.at(at)), None)

    @property
    def meeting_needed(self) -> bool:
        return self.why_not() is WhyNot.MEETING_NEEDED

    @property
    def decided_against(self) -> bool:
        return self.why_not() is WhyNot.DECIDED_AGAINST


class LegalActionTold(Step):
    """It is under way, and knows this."""

    fact: Literal["legal_action_told"] = "legal_action_told"
    known: Known


_NEWS_AFTER: Final = timedelta(weeks=4)
"""Our reading: after the day on which something is due there."""


class DaySaid(Frozen):
    """`on` which a court hears us, None where it has no day any more, and at what `hour` where it has said, as was
    said at `said_at`; `heard_at` when it has decided.
    """

    on: date | None = None
    hour: time | None = None
    said_at: Moment | None = None
    heard_at: Moment | None = None


class CourtDay(DaySaid):
    """As it is now, and what was said `earlier` of which the case has not heard, in that order."""

    earlier: tuple[DaySaid, ...] = ()

    @property
    def latest(self) -> DaySaid:
        return DaySaid(on=self.on, hour=self.hour, said_at=self.said_at, heard_at=self.heard_at)


def hearings_of(matter: str) -> tuple[str, str]:
    """What the day of the court that was asked for the remedy and that of an appeal are called on the case."""
    return matter, f"{matter}-appeal"


class Heard(Step):
    """Where it stands. `hearing` is the day of the court that was asked for the remedy, also of a breach;
    `appeal_hearing` that of an appeal. `by_when` is the day that was agreed there.
    """

    stage: LegalStage
    hearing: CourtDay | None = None
    appeal_hearing: CourtDay | None = None

    def court_days(self) -> dict[str, CourtDay | None]:
        """By what each is called on the case."""
        return dict(zip(hearings_of(self.matter), (self.hearing, self.appeal_hearing), strict=True))

    def day(self) -> date | None:
        """News is expected some weeks after the day that was agreed there."""
        return None if self.by_when is None else self.by_when + _NEWS_AFTER


class LegalActionMoved(Heard):
    fact: Literal["legal_action_moved"] = "legal_action_moved"


class LegalOrderMade(Heard):
    """A court's order is in force."""

    fact: Literal["legal_order_made"] = "legal_order_made"


class LegalActionFinished(Heard):
    """`set_aside`: the court's order, which is no success to tell of then."""

    fact: Literal["legal_action_finished"] = "legal_action_finished"
    set_aside: bool = False


class LegalActionStopped(Step):
    """Nothing carries it on any more, and it cannot be ended there. What follows is in the `reasons`."""

    fact: Literal["legal_action_stopped"] = "legal_action_stopped"
    reasons: Words


News = LegalActionMoved | LegalOrderMade | LegalActionFinished

Facts = (
    LegalActionProposed
    | LegalActionTold
    | LegalActionMoved
    | LegalOrderMade
    | LegalActionFinished
    | LegalActionStopped
)
