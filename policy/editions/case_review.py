"""What an edition says of case reviews: each district's threshold, the days, and whom to ask for another look."""

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from policy.editions.table import AtLeastOne, Listed, Part, Table

_MOST: Final = 3
"""The law's own number; a district may ask for fewer."""


class Threshold(Part):
    """So many reports are enough, or so many `hate_reports` where the district says so: each made within
    `reported_within_months` of the behaviour, and the review asked for `within_months` of each.
    """

    reports: Annotated[int, Field(ge=1, le=_MOST)]
    reported_within_months: AtLeastOne
    within_months: AtLeastOne
    hate_reports: Annotated[int, Field(ge=1, le=_MOST)] | None = None

    @property
    def least(self) -> int:
        """With fewer reports than that it is not met, whatever they are about."""
        return min(self.reports, self.hate_reports or self.reports)


class District(Listed):
    """Without a `threshold` or a `route` of its own, the edition's holds. `source` is where that stands."""

    threshold: Threshold | None = None
    route: str | None = None
    source: str


class ReviewDays(Table):
    """Working days at each step; `dispute` is how long they may ask for another look. No recommendation is given a
    day more than `recommendation_longest_months` ahead.
    """

    find_case: AtLeastOne
    acknowledge: AtLeastOne
    voice: AtLeastOne
    threshold: AtLeastOne
    tell_threshold: AtLeastOne
    partners: AtLeastOne
    answers: AtLeastOne
    meeting: AtLeastOne
    decision: AtLeastOne
    tell_outcome: AtLeastOne
    dispute: AtLeastOne
    dispute_answer: AtLeastOne
    end: AtLeastOne
    recommendation_longest_months: AtLeastOne


class CaseReviews(Table):
    """(case-review, section 4)"""

    days: ReviewDays
    threshold: Threshold
    route: str
    routes: Annotated[tuple[Listed, ...], Field(min_length=1)]
    districts: Annotated[tuple[District, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        keys = [one.key for one in self.districts]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"more than one of {', '.join(twice)}")
        known = {one.key for one in self.routes}
        named = {self.route, *(one.route for one in self.districts if one.route is not None)}
        if astray := sorted(named - known):
            raise ValueError(f"no routes: {', '.join(astray)}")
        return self

    def district(self, key: str) -> District | None:
        return next((one for one in self.districts if one.key == key), None)

    def district_named(self, name: str) -> District | None:
        """The one that is called so."""
        return next((one for one in self.districts if one.name.casefold() == name.strip().casefold()), None)

    def threshold_in(self, key: str) -> Threshold:
        district = self.district(key)
        return (district and district.threshold) or self.threshold

    def route_in(self, key: str) -> Listed:
        """Whom to ask for another look."""
        district = self.district(key)
        wanted = (district and district.route) or self.route
        return next(one for one in self.routes if one.key == wanted)
