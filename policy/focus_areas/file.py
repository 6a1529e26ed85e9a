"""The file of a focus area: how it stands and what is owed there. It holds nobody's words."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from policy.deadlines import Deadline
from policy.deadlines.escalating import above
from policy.editions import Edition
from policy.facts.base import Role
from policy.focus_areas.facts import CameOfFocus, NoFocusArea, Numbers
from policy.frozen import Frozen
from policy.rows import section_of
from policy.working_days import ClosureDays, working_days_after

ROW = "focus-areas"
DECISION = "focus-decision"
REVIEW = "focus-review"
ABOVE = {Role.COMMUNITY_SAFETY: Role.MANAGER}
_OWED = {
    DECISION: (
        "Decide whether this place becomes a focus area",
        ("focus_area_accepted", "focus_area_refused"),
    ),
    REVIEW: ("Review the focus area", ("focus_area_reviewed", "focus_area_ended")),
}
"""What is owed, and what meets it."""


class State(StrEnum):
    PROPOSED = "proposed"
    UNDER_WAY = "under_way"
    REFUSED = "refused"
    ENDED = "ended"


class Counting(Frozen):
    """What a date is counted with; once counted it stays as it was."""

    edition: Edition
    closure_days: ClosureDays

    def longest(self) -> int:
        return self.edition.focus_areas.review_working_days

    def owed(self, key: str, since: AwareDatetime, number: int, seq: int) -> Deadline:
        due, (what, met_by) = (
            working_days_after(since, number, self.closure_days, self.edition.office.closes),
            _OWED[key],
        )
        return Deadline(
            key=key,
            since=seq,
            row=ROW,
            section=section_of(ROW),
            edition=self.edition.name,
            owed_by=Role.COMMUNITY_SAFETY,
            owed=what,
            due=due.moment,
            counted=due.counted,
            met_by=met_by,
        )


class FocusAreaFile(Frozen):
    """`numbers` are those of its proposal, `decided_at` when it was accepted or refused. `owed` holds the open
    deadlines by key.
    """

    id: str
    seq: int = 0
    state: State = State.PROPOSED
    numbers: Numbers | None = None
    owner: str | None = None
    every_working_days: int = 0
    decided_at: AwareDatetime | None = None
    why_refused: NoFocusArea | None = None
    ended_at: AwareDatetime | None = None
    result: CameOfFocus | None = None
    owed: dict[str, Deadline] = Field(default_factory=dict)

    def with_(self, **changes: object) -> "FocusAreaFile":
        return self.model_copy(update=changes)

    def missed(
        self, key: str, due: AwareDatetime, noticed_at: AwareDatetime, counting: Counting
    ) -> "FocusAreaFile":
        """It goes up to managers as well. Nothing where it is not owed by then any more."""
        one = self.owed.get(key)
        if one is None or one.due != due or one.noticed:
            return self
        one = one.model_copy(update={"noticed_at": noticed_at})
        up = above(one, counting.closure_days, counting.edition, ABOVE)
        return self.with_(owed={**self.owed, key: one, **({up.key: up} if up else {})})
