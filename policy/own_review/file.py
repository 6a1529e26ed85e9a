"""The file of the policy's own review: when it is due, who owes it, and whether that is known. It holds nobody's
words.
"""

from datetime import date, timedelta
from typing import Final

from pydantic import AwareDatetime, Field

from policy.deadlines import Deadline
from policy.editions import Edition
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.own_review.facts import OwnedBy
from policy.rows import section_of
from policy.working_days import Counted, Due, london_day, on_the_day

ID: Final = "b6a2f0d4-57d5-4c1e-9f0a-0d8f6f1f8c11"
"""There is one policy. Its review's history stands in the journal under this."""
ROW: Final = "policy-review"
REVIEW: Final = "policy-review"
ABOVE: Final = {Role.COMMUNITY_SAFETY: Role.MANAGER, Role.SUPERVISOR: Role.MANAGER}
_YEARS: Final = "years"


class ReviewOfPolicy(Frozen):
    """`counted_from` is the day on which the edition came into force, or of the last review. `due` says itself how
    it was counted; it is among what is `owed` from the reminder on. `brought_forward` is the day on which that was
    done, until it is reviewed.
    """

    id: str = ID
    seq: int = 0
    counted_from: date
    reviewed_at: AwareDatetime | None = None
    brought_forward: date | None = None
    owner: str | None = None
    owned_by: OwnedBy
    due: Deadline
    owed: dict[str, Deadline] = Field(default_factory=dict)

    def with_(self, **changes: object) -> "ReviewOfPolicy":
        return self.model_copy(update=changes)

    @property
    def last_day(self) -> date:
        return london_day(self.due.due)

    @property
    def reminded(self) -> bool:
        return REVIEW in self.owed

    @property
    def missed(self) -> bool:
        return self.due.noticed


def begun(edition: Edition) -> ReviewOfPolicy:
    """As it stands where nothing has been recorded: counted from the day on which the edition came into force."""
    owned_by = OwnedBy(edition.policy_review.owner)
    due = counted(edition, edition.in_force_from, owned_by)
    return ReviewOfPolicy(counted_from=edition.in_force_from, owned_by=owned_by, due=due)


def counted(edition: Edition, start: date, owned_by: OwnedBy, owner: str | None = None) -> Deadline:
    years = edition.policy_review.years
    moment = on_the_day(years_after(start, years), edition.office.closes).moment
    return owed(
        edition, Due(moment=moment, counted=Counted(start=start, number=years, unit=_YEARS)), owned_by, owner
    )


def agreed(edition: Edition, day: date, owned_by: OwnedBy, owner: str | None = None) -> Deadline:
    return owed(edition, on_the_day(day, edition.office.closes), owned_by, owner)


def owed(edition: Edition, due: Due, owned_by: OwnedBy, owner: str | None) -> Deadline:
    return Deadline(
        key=REVIEW,
        since=0,
        row=ROW,
        section=section_of(ROW),
        edition=edition.name,
        owed_by=Role(owned_by),
        owner=owner,
        owed="Review this policy",
        due=due.moment,
        counted=due.counted,
        met_by=("policy_reviewed",),
    )


def years_after(start: date, years: int) -> date:
    """From 29 February it is 28 February where there is no other."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def reminds_on(file: ReviewOfPolicy, edition: Edition) -> date:
    return file.last_day - timedelta(days=edition.policy_review.reminder_days)
