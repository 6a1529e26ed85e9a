"""The file of one legal action: codes and dates, none of anybody's words."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, Field

from policy.case_file import Clock
from policy.editions import EditionRef
from policy.frozen import Frozen
from policy.legal_action.facts import CourtOutcome, Ended, Order, View
from policy.legal_action.windows import Window
from policy.tenure import Tenure
from policy.working_days import ClosureDays


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
    APPEALED = "appealed"
    REFUSED = "refused"
    OVER = "over"


class LegalFile(Frozen):
    """The fold of a legal action's facts. `since` is when its stage began, `until` the day agreed for it; `before`
    is the stage to which it goes back when an appeal or a breach is over.
    """

    ref: str
    case: str
    edition: EditionRef
    closure_days: ClosureDays
    seq: int = 0

    remedy: str = ""
    person: str = ""
    tenure: Tenure = Tenure.OTHER
    born: date | None = None
    window: Window | None = None
    proposed_by: str = ""
    meeting_needed: bool = False

    stage: LegalStage = LegalStage.PROPOSED
    since: AwareDatetime | None = None
    until: date | None = None
    before: LegalStage | None = None
    view: View | None = None
    hearing: date | None = None
    decided_on: date | None = None
    outcome: CourtOutcome | None = None
    order: Order | None = None
    ended: Ended | None = None
    clocks: dict[str, Clock] = Field(default_factory=dict)

    @property
    def finished(self) -> bool:
        return self.stage is LegalStage.OVER

    def with_(self, **changes: object) -> "LegalFile":
        return self.model_copy(update=changes)
