"""To whom a case is open, as told so far, and what is owed about it. It holds nobody's words."""

from datetime import datetime

from pydantic import AwareDatetime, Field

from policy.access.facts import Connection, RestrictedFor
from policy.deadlines import Deadline
from policy.editions import Edition
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.rows import section_of
from policy.working_days import ClosureDays, Due, working_days_after

ROW = "information-sharing"
REVIEW = "emergency-review:"
ANOTHER_OFFICER = "another-officer:"
RESTRICTION = "restriction-review"
_OWED = {
    RESTRICTION: ("Look at why the case is restricted", Role.MANAGER, "restriction_reviewed"),
    REVIEW: ("Look at why emergency access was taken", Role.MANAGER, "emergency_access_reviewed"),
    ANOTHER_OFFICER: ("Give the case to somebody who is not connected with it", Role.SUPERVISOR, "case_allocated"),
}
"""What is owed, by whom, and what meets it."""


class Emergency(Frozen):
    who: str
    at: AwareDatetime
    until: AwareDatetime
    reviewed_at: AwareDatetime | None = None
    justified: bool | None = None


class AccessFile(Frozen):
    """`conflicts` and `admitted` are references of staff, `emergencies` are by the id of their fact."""

    ref: str
    id: str
    seq: int = 0
    restricted: RestrictedFor | None = None
    restricted_by: str | None = None
    admitted: tuple[str, ...] = ()
    conflicts: dict[str, Connection] = Field(default_factory=dict)
    emergencies: dict[str, Emergency] = Field(default_factory=dict)
    owed: dict[str, Deadline] = Field(default_factory=dict)

    def with_(self, **changes: object) -> "AccessFile":
        return self.model_copy(update=changes)

    def owing(self, stem: str, about: str, since: datetime, around: "Around") -> "AccessFile":
        due, (what, by, met_by) = around.by_when(since), _OWED[stem]
        deadline = Deadline(
            key=stem + about,
            since=self.seq + 1,
            row=ROW,
            section=section_of(ROW),
            edition=around.edition.name,
            owed_by=by,
            owed=what,
            due=due.moment,
            counted=due.counted,
            met_by=(met_by,),
        )
        return self.with_(owed={**self.owed, deadline.key: deadline})

    def without(self, key: str) -> "AccessFile":
        return self.with_(owed={name: one for name, one in self.owed.items() if name != key})

    def following(self, ref: str, id_: str) -> "AccessFile":
        """Of a case that follows this one: as shut as it is."""
        return AccessFile(
            ref=ref,
            id=id_,
            restricted=self.restricted,
            restricted_by=self.restricted_by,
            admitted=self.admitted,
            conflicts=self.conflicts,
        )

    def open_to_the_same(self, other: "AccessFile") -> bool:
        told = (self.restricted is None, set(self.admitted), set(self.conflicts))
        return told == (other.restricted is None, set(other.admitted), set(other.conflicts))

    @property
    def shuts(self) -> bool:
        """Whether fewer people see the case than others."""
        return self.restricted is not None or bool(self.conflicts)

    def taken_without_reason(self, who: str) -> bool:
        """Whether the last time that somebody looked at why they took it, there was no good reason."""
        mine = [one for one in self.emergencies.values() if one.who == who and one.reviewed_at is not None]
        return bool(mine) and max(mine, key=lambda one: (one.reviewed_at, one.at)).justified is False

    def open_until(self) -> dict[str, datetime]:
        """Until when the last emergency access of each lasts."""
        until: dict[str, datetime] = {}
        for one in self.emergencies.values():
            until[one.who] = max(one.until, until.get(one.who, one.until))
        return until


class Around(Frozen):
    """What else must be known: the edition and the closure days to count with, and of the case whether there is
    domestic abuse, and who works on it.
    """

    edition: Edition
    closure_days: ClosureDays
    domestic_abuse: bool
    working_on_it: tuple[str, ...]

    def by_when(self, since: datetime) -> Due:
        days = self.edition.access.working_days
        return working_days_after(since, days, self.closure_days, self.edition.office.closes)
