"""Powers that others hold: asked of the police, a council or another agency, and what came of it. (section 5)"""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.matters import Begun, RunsOut, Step


class AskedOf(StrEnum):
    POLICE = "police"
    COUNCIL = "council"
    ADULT_SOCIAL_CARE = "adult_social_care"
    CHILDREN_SOCIAL_CARE = "children_social_care"
    HEALTH = "health"
    PROBATION = "probation"
    YOUTH_OFFENDING = "youth_offending"
    EDUCATION = "education"
    OTHER = "other"

    @property
    def called(self) -> str:
        return "another agency" if self is AskedOf.OTHER else self.value.replace("_", " ")


class PowerAsked(Begun):
    """`power` is one of the edition's requests, `person` against whom. `sixteen_or_over`: somebody under 18 is at
    least that old. `lawful_reason` is the edition's key for asking although the victims do not let the police
    be told, or `person` said no to it, where a supervisor does.
    """

    fact: Literal["power_asked"] = "power_asked"
    power: Name
    asked_of: AskedOf
    sixteen_or_over: bool = False
    lawful_reason: Name | None = None
    words: Words


class ClosureAsked(Begun):
    """For a closure notice on a home or another place."""

    fact: Literal["closure_asked"] = "closure_asked"
    asked_of: AskedOf
    lawful_reason: Name | None = None
    words: Words


class PowerAgreed(Step):
    """They will act; `by_when` is the day on which we ask how it stands."""

    fact: Literal["power_agreed"] = "power_agreed"
    words: Words


class PowerRefused(Step):
    fact: Literal["power_refused"] = "power_refused"
    reasons: Words


class PowerChased(Step):
    """We asked how it stands, and wait on."""

    fact: Literal["power_chased"] = "power_chased"
    words: Words


class PowerUsed(Step):
    """The notice or order was made, or they have begun. `by_when` is the day on which we look whether it works."""

    fact: Literal["power_used"] = "power_used"
    words: Words


class ClosureNoticeServed(Step):
    """`at` is when. A court hears the application for an order within hours of it."""

    fact: Literal["closure_notice_served"] = "closure_notice_served"
    words: Words


class ClosureOrderMade(Step, RunsOut):
    fact: Literal["closure_order_made"] = "closure_order_made"
    words: Words


class ClosureOrderExtended(Step, RunsOut):
    fact: Literal["closure_order_extended"] = "closure_order_extended"
    words: Words


class PowerEnded(Step):
    """It ran out, a court did not make it, or it was given up."""

    fact: Literal["power_ended"] = "power_ended"
    words: Words


Facts = (
    PowerAsked
    | ClosureAsked
    | PowerAgreed
    | PowerRefused
    | PowerChased
    | PowerUsed
    | ClosureNoticeServed
    | ClosureOrderMade
    | ClosureOrderExtended
    | PowerEnded
)
