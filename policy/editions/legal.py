"""What an edition says of warnings, notices and remedies: for which tenures each exists, and when."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from policy.editions.table import AtLeastOne, Listed, Table
from policy.facts.base import Role
from policy.facts.effects import Cause
from policy.legal_action.windows import Ground
from policy.tenure import Tenure
from policy.working_days import day_in_words

Kind = Literal["warning", "notice", "remedy", "request"]
"""A `request` is for somebody else to act: the police, a council."""


class Dated(Listed):
    """Exists on days from `since` until `until`, both of which may be open. `statute` is where it stands."""

    statute: str
    since: date | None = None
    until: date | None = None

    def runs_on(self, day: date) -> bool:
        return self.why_not_on(day) is None

    def why_not_on(self, day: date) -> str | None:
        if self.until is not None and day > self.until:
            return f"{self.name} ended on {day_in_words(self.until)} ({self.statute})."
        if self.since is not None and day < self.since:
            return f"{self.name} exists from {day_in_words(self.since)} ({self.statute})."
        return None


class LegalStep(Dated):
    """It comes `after` one of those named that still counts. Somebody in the role `approved_by`, or above, agrees
    to it. What no law ends counts for `lasts_months`. It is suggested for cases of the categories `suggested_for`,
    and where one of `suggested_for_causes` plays a part. A request can be made to the agencies that it is
    `asked_of`; to each of the edition's where it names none.
    """

    kind: Kind
    tenures: tuple[Tenure, ...]
    suggested_for: tuple[str, ...] = ()
    suggested_for_causes: tuple[Cause, ...] = ()
    asked_of: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    approved_by: Role = Role.SUPERVISOR
    lasts_months: int | None = Field(default=None, ge=1)


class Excluded(Listed):
    """A condition that the law does not call a disability, and where it says so."""

    statute: str


class LegalDays(Table):
    """Working days at each stage of a legal action unless a solicitor or a court named a day; `before_window` and
    `before_expiry` are counted back.
    """

    team_review: AtLeastOne
    instruct: AtLeastOne
    solicitor: AtLeastOne
    advised_against: AtLeastOne
    papers: AtLeastOne
    listing: AtLeastOne
    refused: AtLeastOne
    order: AtLeastOne
    breach: AtLeastOne
    appeal: AtLeastOne
    before_window: AtLeastOne
    before_expiry: AtLeastOne


class Legal(Table):
    """Courts do not sit on bank holidays whose names begin as one of `courts_closed`. `tenures` are those that a
    law has ended or will.
    """

    days: LegalDays
    courts_closed: tuple[str, ...]
    excluded_conditions: tuple[Excluded, ...]
    steps: tuple[LegalStep, ...]
    grounds: tuple[Dated, ...]
    tenures: tuple[Dated, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        dated: tuple[Dated, ...] = (*self.steps, *self.grounds, *self.tenures)
        keys = [one.key for one in dated]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"more than one of {', '.join(twice)}")
        if never := [one.key for one in dated if one.since and one.until and one.until < one.since]:
            raise ValueError(f"would end before it began: {', '.join(never)}")
        if missing := sorted(set(Ground) - {one.key for one in self.grounds}):
            raise ValueError(f"grounds without their dates: {', '.join(missing)}")
        if unknown := sorted({one.key for one in self.tenures} - set(Tenure)):
            raise ValueError(f"no tenure: {', '.join(unknown)}")
        return self

    def step(self, key: str) -> LegalStep | None:
        return next((step for step in self.steps if step.key == key), None)

    def why_no_ground(self, ground: Ground, day: date) -> str | None:
        """Why the law has no such ground on that day; None where it has."""
        return next((one.why_not_on(day) for one in self.grounds if one.key == ground), None)

    def why_no_tenure(self, tenure: Tenure, day: date) -> str | None:
        return next((one.why_not_on(day) for one in self.tenures if one.key == tenure), None)

    def tenure_ends(self, tenure: Tenure) -> date | None:
        return next((one.until for one in self.tenures if one.key == tenure), None)

    def called(self, key: str) -> str:
        step = self.step(key)
        return step.name if step is not None else key.replace("_", " ")
