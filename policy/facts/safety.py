"""Getting somebody away from the problem, emergency accommodation, and the partners of a serious case."""

from typing import Literal

from policy.facts.base import Fact, Name, Words
from policy.facts.matters import Begun, Step


class PartnersConsulted(Fact):
    """The case was discussed with them; what is to be done is planned as actions. `about` are those of whom they
    were told: the victims where nobody is named, none where it is empty. `lawful_reason` is the edition's key for
    telling them against somebody's word, where a supervisor does; `already_told`: they were told before it was
    recorded, and it is recorded as it was. (serious-partners, section 5)
    """

    fact: Literal["partners_consulted"] = "partners_consulted"
    partners: tuple[Name, ...]
    about: tuple[Name, ...] | None = None
    already_told: bool = False
    lawful_reason: Name | None = None
    words: Words


class SafetyConsidered(Fact):
    """Ways to get the victim away from the problem; `in_danger`: it is not safe to stay.
    (serious-safety, section 5)
    """

    fact: Literal["safety_considered"] = "safety_considered"
    person: Name = "complainant"
    measures: tuple[Name, ...]
    in_danger: bool = False
    words: Words


class EmergencyAccommodationNeeded(Begun):
    """(emergency-accommodation, section 5)"""

    fact: Literal["emergency_accommodation_needed"] = "emergency_accommodation_needed"
    words: Words


class EmergencyAccommodationHelped(Step):
    """They were advised and helped to ask the council, whose answer is awaited."""

    fact: Literal["emergency_accommodation_helped"] = "emergency_accommodation_helped"
    words: Words


class EmergencyAccommodationFound(Step):
    fact: Literal["emergency_accommodation_found"] = "emergency_accommodation_found"
    words: Words


class EmergencyAccommodationRefused(Step):
    """The council has none for them: their safety is considered again."""

    fact: Literal["emergency_accommodation_refused"] = "emergency_accommodation_refused"
    reasons: Words


class EmergencyAccommodationDeclined(Step):
    """They do not want it."""

    fact: Literal["emergency_accommodation_declined"] = "emergency_accommodation_declined"
    words: Words


Facts = (
    PartnersConsulted
    | SafetyConsidered
    | EmergencyAccommodationNeeded
    | EmergencyAccommodationHelped
    | EmergencyAccommodationFound
    | EmergencyAccommodationRefused
    | EmergencyAccommodationDeclined
)
