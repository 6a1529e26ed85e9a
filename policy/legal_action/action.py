"""The file of one legal action: codes and dates, none of anybody's words."""

from datetime import date, time
from typing import Self

from pydantic import AwareDatetime

from policy.facts.proceedings import CourtDay, DaySaid, Known, LegalStage
from policy.frozen import Frozen
from policy.legal_action.facts import CourtOutcome, Ended, Order, Said, View
from policy.procedures.base import ProcedureFile
from policy.tenure import Tenure


class InCourt(Frozen):
    """A breach that is for the court `since` then; when that was last `asked_at`, and `until` which day then."""

    since: AwareDatetime
    asked_at: AwareDatetime
    until: date | None = None


class Listed(Frozen):
    """`on` which a court hears us, None where no day is set, and at what `hour` where it has said, as was said
    `at` that moment. `heard_at` when it has decided, `off_at` when nothing was left to hear before that day, or
    without one; after it was heard, when a breach was answered that had no day of its own. Of what was said
    `earlier` the case has not heard.
    """

    on: date | None = None
    hour: time | None = None
    at: AwareDatetime | None = None
    heard_at: AwareDatetime | None = None
    off_at: AwareDatetime | None = None
    earlier: tuple[DaySaid, ...] = ()

    @property
    def ahead(self) -> date | None:
        """What is waited for, also once the day has come."""
        return self.on if self.heard_at is None else None

    @property
    def said(self) -> CourtDay | None:
        said_at = self.at or self.off_at
        if said_at is None and not self.earlier:
            return None
        return CourtDay(on=self.on, hour=self.hour, said_at=said_at, heard_at=self.heard_at, earlier=self.earlier)

    def then(self, listed: Self, told: CourtDay | None) -> Self:
        """What was said next, after this, where the case was `told` of something else."""
        said = self.said
        unheard = (
            () if said is None or said.said_at is None or (told and told.latest == said.latest) else (said.latest,)
        )
        return listed.model_copy(update={"earlier": (*self.earlier, *unheard)})

    def once_told(self, told: CourtDay | None) -> Self:
        heard = (*told.earlier, told.latest) if told is not None else ()
        return self.model_copy(update={"earlier": tuple(one for one in self.earlier if one not in heard)})


class LegalFile(ProcedureFile):
    """The fold of a legal action's facts. `reached_at` is when it came to its stage, `moved_at` the latest moment
    of what it knows, `before` whether a refusal or an order is appealed against; `hearing` is that of the court
    which was asked for the remedy, also of a breach, `appeal_hearing` that of an appeal; `breached` when the order
    was, the earliest first, where nobody has answered for it yet; `in_court` what a court is to deal with;
    `order_at` when the order was made or varied, `seen_at` when somebody last looked at how it is kept;
    `needed_since` since when a meeting about a disability is needed, `told` what its case has heard.
    """

    case: str
    remedy: str = ""
    person: str = ""
    tenure: Tenure = Tenure.OTHER
    born: date | None = None
    proposed_by: str = ""
    begun_at: AwareDatetime | None = None
    known: Known = Known()
    needed_since: AwareDatetime | None = None

    stage: LegalStage = LegalStage.PROPOSED
    reached_at: AwareDatetime | None = None
    moved_at: AwareDatetime | None = None
    before: LegalStage | None = None
    view: View | None = None
    hearing: Listed = Listed()
    appeal_hearing: Listed = Listed()
    decided_on: date | None = None
    outcome: CourtOutcome | None = None
    order: Order | None = None
    order_at: AwareDatetime | None = None
    seen_at: AwareDatetime | None = None
    breached: tuple[AwareDatetime, ...] = ()
    in_court: InCourt | None = None
    ended: Ended | None = None
    told: Said | None = None

    @property
    def over(self) -> bool:
        return self.stage is LegalStage.OVER

    @property
    def holds(self) -> bool:
        """A court's order is in force; an appeal against it leaves it so."""
        return self.order is not None and not self.over

    @property
    def finished(self) -> bool:
        """Over, and its case knows."""
        return self.over and self.told == self.said

    @property
    def said(self) -> Said | None:
        """What the case is to know now."""
        if self.moved_at is None:
            return None
        ahead = [day for one in (self.hearing, self.appeal_hearing) if (day := one.ahead) is not None]
        return Said(
            stage=self.stage,
            holds=self.holds,
            set_aside=self.ended is Ended.SET_ASIDE,
            since=self.moved_at,
            until=min(ahead, default=self.until),
            hearing=self.hearing.said,
            appeal_hearing=self.appeal_hearing.said,
        )
