"""Agreements with the person complained about, and what breaks them. (agreements, section 4)"""

from datetime import date
from enum import StrEnum
from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.matters import Begun, RunsOut, Step


class AgreementKind(StrEnum):
    ACCEPTABLE_BEHAVIOUR = "acceptable_behaviour"
    GOOD_NEIGHBOUR = "good_neighbour"


class AgreementProposed(Begun):
    fact: Literal["agreement_proposed"] = "agreement_proposed"
    kind: AgreementKind
    words: Words


class AgreementSigned(Step, RunsOut):
    """`parties` are those who signed, as they are called on the case: whom it was put to, where none is named.
    `by_when` is the day of the first review.
    """

    fact: Literal["agreement_signed"] = "agreement_signed"
    terms: Words
    parties: tuple[Name, ...] = ()
    starts: date


class AgreementRefused(Step):
    fact: Literal["agreement_refused"] = "agreement_refused"
    words: Words


class AgreementReviewed(Step):
    """How it is kept. It goes on."""

    fact: Literal["agreement_reviewed"] = "agreement_reviewed"
    words: Words


class AgreementExtended(Step, RunsOut):
    fact: Literal["agreement_extended"] = "agreement_extended"
    reasons: Words


class AgreementEnded(Step):
    """It ran out, was taken back, or something else took its place."""

    fact: Literal["agreement_ended"] = "agreement_ended"
    reasons: Words


class AgreementBreached(Begun):
    """`agreement` is its key, like `agreement-7`. It goes on; what follows is decided."""

    fact: Literal["agreement_breached"] = "agreement_breached"
    agreement: Name
    words: Words


class BreachDecided(Step):
    """What follows the breach, which may be nothing, and why."""

    fact: Literal["breach_decided"] = "breach_decided"
    words: Words


Facts = (
    AgreementProposed
    | AgreementSigned
    | AgreementRefused
    | AgreementReviewed
    | AgreementExtended
    | AgreementEnded
    | AgreementBreached
    | BreachDecided
)
