"""What can happen to a place that is inspected. (estate-inspections, section 4)"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from policy.facts.base import Fact, Line, Name, Words
from policy.frozen import Frozen

Interval = Annotated[int, Field(ge=1)]
"""In working days."""


class PlaceListed(Fact):
    """A place is inspected from `at` on. Without an interval of its own it has the edition's."""

    fact: Literal["place_listed"] = "place_listed"
    name: Line
    ward: Line | None = None
    address: tuple[Line, ...] = ()
    every_working_days: Interval | None = None
    officer: Name | None = None


class InspectionPlanChanged(Fact):
    """The whole plan as it is from now on: None is the edition's interval, or nobody in particular."""

    fact: Literal["inspection_plan_changed"] = "inspection_plan_changed"
    every_working_days: Interval | None = None
    officer: Name | None = None
    reasons: Words


class FindingTold(Frozen):
    """`kind` is one of the edition's, `where` is where in the place."""

    kind: Name
    where: Line
    words: Words


class PlaceInspected(Fact):
    """`inspected_by` is who went; whoever records it where nobody is named."""

    fact: Literal["place_inspected"] = "place_inspected"
    inspected_by: Name | None = None
    words: Words
    findings: tuple[FindingTold, ...] = ()


class FindingMadeACase(Fact):
    """Recorded by us once the report has its reference."""

    fact: Literal["finding_made_a_case"] = "finding_made_a_case"
    finding: Name
    case: Name


class WithoutACase(StrEnum):
    """Why a finding needs no case of its own."""

    DEALT_WITH = "dealt_with"
    REPORTED_ELSEWHERE = "reported_elsewhere"
    KNOWN_ALREADY = "known_already"
    NOTHING_WRONG = "nothing_wrong"


class FindingEnded(Fact):
    """A finding ends without a case. `reported_to` says to whom where it was reported elsewhere."""

    fact: Literal["finding_ended"] = "finding_ended"
    finding: Name
    how: WithoutACase
    reported_to: Line | None = None
    words: Words


class InspectionsEnded(Fact):
    """The place is no longer ours to inspect."""

    fact: Literal["inspections_ended"] = "inspections_ended"
    reasons: Words
