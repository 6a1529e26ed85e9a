"""Referrals to other agencies: proposed on a case, carried on beside it, and what the case hears of that.
(partner-referrals, information-sharing, section 4)
"""

from typing import Literal

from policy.facts.base import Line, Name, Words
from policy.facts.disclosing import Gateway
from policy.facts.matters import Begun, Step
from policy.referral.codes import ReferralOutcome, ReferralStage


class ReferralProposed(Begun):
    """What we tell, recorded before it is told. `agency` is one of the edition's, `about` are people on the case,
    `under` is the protocol, or the provision, where there is one to name, `lawful_reason` the edition's key for
    doing so without their consent, where a supervisor does.
    """

    fact: Literal["referral_proposed"] = "referral_proposed"
    agency: Name
    about: tuple[Name, ...]
    what: Words
    why: Words
    gateway: Gateway
    under: Line | None = None
    lawful_reason: Name | None = None


class ReferralTold(Step):
    """It is under way, and knows whether what we tell may still be told."""

    fact: Literal["referral_told"] = "referral_told"
    stands: bool
    stays: bool


class ReferralMoved(Step):
    """Where it stands."""

    fact: Literal["referral_moved"] = "referral_moved"
    stage: ReferralStage


class ReferralTakenUp(Step):
    """The agency does what we asked it for."""

    fact: Literal["referral_taken_up"] = "referral_taken_up"


class ReferralFinished(Step):
    fact: Literal["referral_finished"] = "referral_finished"
    outcome: ReferralOutcome | None = None


Facts = ReferralProposed | ReferralTold | ReferralMoved | ReferralTakenUp | ReferralFinished

News = ReferralMoved | ReferralTakenUp | ReferralFinished
