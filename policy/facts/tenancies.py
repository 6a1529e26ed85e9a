"""The starter tenancy of somebody complained about. (starter-tenancy, section 4)"""

from typing import Literal

from policy.facts.base import Words
from policy.facts.matters import Begun, RunsOut, Step


class StarterTenancyKnown(Begun, RunsOut):
    """`ends` is the day on which it becomes a full tenancy unless somebody decides otherwise."""

    fact: Literal["starter_tenancy_known"] = "starter_tenancy_known"


class StarterTenancyPassed(Step):
    """It becomes a full tenancy."""

    fact: Literal["starter_tenancy_passed"] = "starter_tenancy_passed"
    reasons: Words


class StarterTenancyExtended(Step, RunsOut):
    fact: Literal["starter_tenancy_extended"] = "starter_tenancy_extended"
    reasons: Words


class StarterTenancyEndDecided(Step):
    """We will ask for the home back."""

    fact: Literal["starter_tenancy_end_decided"] = "starter_tenancy_end_decided"
    reasons: Words


Facts = StarterTenancyKnown | StarterTenancyPassed | StarterTenancyExtended | StarterTenancyEndDecided
