"""The file of a place: what is owed there, and since when. It holds nobody's words."""

from pydantic import AwareDatetime, Field

from policy.deadlines import Deadline, bare_key
from policy.deadlines.escalating import above
from policy.editions import Edition
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.rows import section_of
from policy.working_days import ClosureDays, Due, working_days_after

INSPECTION = "inspection"
FINDING = "finding:"
ROW = "estate-inspections"


class Counting(Frozen):
    """What a date is counted with: the edition in force and the closure days known when the counting starts.
    A date once counted stays as it was.
    """

    edition: Edition
    closure_days: ClosureDays

    def longest(self) -> int:
        return self.edition.estate_inspections.every_working_days

    def inspection(self, since: AwareDatetime, every: int) -> Deadline:
        due = self._after(since, every)
        return self._owed(INSPECTION, due, "Inspect the place", ("place_inspected",))

    def decision(self, finding: str, since: AwareDatetime) -> Deadline:
        due = self._after(since, self.edition.estate_inspections.finding_working_days)
        return self._owed(
            FINDING + finding,
            due,
            "Make a case of what was found, or say why not",
            ("finding_made_a_case", "finding_ended"),
        )

    def _after(self, since: AwareDatetime, number: int) -> Due:
        return working_days_after(since, number, self.closure_days, self.edition.office.closes)

    def _owed(self, key: str, due: Due, what: str, met_by: tuple[str, ...]) -> Deadline:
        return Deadline(
            key=key,
            since=0,
            row=ROW,
            section=section_of(ROW),
            edition=self.edition.name,
            owed_by=Role.OFFICER,
            owed=what,
            due=due.moment,
            counted=due.counted,
            met_by=met_by,
        )


class PlaceFile(Frozen):
    """`every_working_days` is the interval that counts now, `counted_from` the last inspection or the listing.
    `owed` holds the open deadlines by key. `ended_at` is set when the place is no longer inspected.
    """

    id: str
    seq: int = 0
    every_working_days: int = 0
    officer: str | None = None
    counted_from: AwareDatetime | None = None
    inspected_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    owed: dict[str, Deadline] = Field(default_factory=dict)

    def with_(self, **changes: object) -> "PlaceFile":
        return self.model_copy(update=changes)

    def owing(self, deadline: Deadline) -> "PlaceFile":
        stood = self.owed.get(deadline.key)
        since = stood.since if stood is not None and stood.due == deadline.due else self.seq + 1
        numbered = deadline.model_copy(update={"since": since})
        return self.with_(owed={**self.owed, deadline.key: numbered})

    def without(self, key: str) -> "PlaceFile":
        """Nor is it owed any more that somebody sees to it."""
        return self.with_(owed={k: v for k, v in self.owed.items() if bare_key(k) != key})

    def missed(self, key: str, due: AwareDatetime, noticed_at: AwareDatetime, counting: Counting) -> "PlaceFile":
        """It goes up to whoever stands above. Nothing where it is not owed by then any more."""
        one = self.owed.get(key)
        if one is None or one.due != due or one.noticed:
            return self
        one = one.model_copy(update={"noticed_at": noticed_at})
        file = self.with_(owed={**self.owed, key: one})
        up = above(one, counting.closure_days, counting.edition)
        return file.owing(up) if up is not None else file


def finding_id(inspection: str, number: int) -> str:
    """The first finding of an inspection is number 1."""
    return f"{inspection}-{number}"
