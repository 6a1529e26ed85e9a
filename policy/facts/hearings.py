"""Court hearings, and the support that victims and witnesses have before, at and after them."""

from datetime import date
from enum import StrEnum
from typing import Final, Literal

from policy.facts.base import Fact, Hour, Line, Name, Words
from policy.facts.matters import Begun, Step


class HearingListed(Begun):
    """At what `hour` of that day, where the court has said."""

    fact: Literal["hearing_listed"] = "hearing_listed"
    on: date
    hour: Hour | None = None
    court: Line

    def day(self) -> date:
        return self.on


class HearingAdjourned(Step):
    """To another day, or another `hour` of it."""

    fact: Literal["hearing_adjourned"] = "hearing_adjourned"
    on: date
    hour: Hour | None = None

    def day(self) -> date:
        return self.on


class HearingHeld(Step):
    fact: Literal["hearing_held"] = "hearing_held"
    words: Words


class HearingVacated(Step):
    """It will not be held."""

    fact: Literal["hearing_vacated"] = "hearing_vacated"
    reasons: Words


class When(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


AT_HEARINGS: Final = tuple(f"hearing-{when}" for when in When)
"""What is owed to somebody at one may be called."""


class Protection(StrEnum):
    """What was made of a witness's safety with the police."""

    NOT_NEEDED = "not_needed"
    NOT_WANTED = "not_wanted"
    ASKED_FOR = "asked_for"
    IN_PLACE = "in_place"


class WitnessSupported(Fact):
    """`hearing` is the hearing's key. Before it the witness is advised on what happens in court and asked about
    their protection. (witness-care, section 4)
    """

    fact: Literal["witness_supported"] = "witness_supported"
    hearing: Name
    person: Name = "complainant"
    when: When
    advised_on_court: bool = False
    protection: Protection | None = None
    words: Words


Facts = HearingListed | HearingAdjourned | HearingHeld | HearingVacated | WitnessSupported
