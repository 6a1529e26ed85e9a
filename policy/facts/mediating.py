"""Mediation: offered to each side, referred when both agree. (mediation, section 5)"""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Words
from policy.facts.matters import Begun, Step


class Side(StrEnum):
    COMPLAINANT = "complainant"
    PERPETRATOR = "perpetrator"


class MediationOffered(Begun):
    fact: Literal["mediation_offered"] = "mediation_offered"
    side: Side
    words: Words


class MediationAgreed(Step):
    fact: Literal["mediation_agreed"] = "mediation_agreed"
    words: Words


class MediationDeclined(Step):
    """Also by a side that had agreed, until it is referred."""

    fact: Literal["mediation_declined"] = "mediation_declined"
    words: Words


class MediationReferred(Begun):
    """Given to a mediator, who tells us by `by_when` how it stands."""

    fact: Literal["mediation_referred"] = "mediation_referred"
    words: Words


class MediatorAsked(Step):
    """We asked how it stands; it goes on."""

    fact: Literal["mediator_asked"] = "mediator_asked"
    words: Words


class MediationOutcome(StrEnum):
    SETTLED = "settled"
    PARTLY_SETTLED = "partly_settled"
    NOT_SETTLED = "not_settled"
    NOT_BEGUN = "not_begun"
    STOPPED = "stopped"


class MediationEnded(Step):
    """Also of an offer that we take back."""

    fact: Literal["mediation_ended"] = "mediation_ended"
    outcome: MediationOutcome
    words: Words


Facts = MediationOffered | MediationAgreed | MediationDeclined | MediationReferred | MediatorAsked | MediationEnded
