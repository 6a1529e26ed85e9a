"""Alleged crimes and the police. (refer-criminal-to-police, police-with-consent, sections 3 and 5)"""

from typing import Literal

from policy.facts.base import Fact, Name, Words
from policy.facts.consent import Basis
from policy.facts.matters import Begun, Step


class CrimeAlleged(Fact):
    """Somebody says that a crime was committed."""

    fact: Literal["crime_alleged"] = "crime_alleged"
    words: Words


class PoliceReferralMade(Begun):
    """`agency` is which of the edition's agencies that are police; `lawful_reason` the edition's key for doing so
    without the victim's consent, where a supervisor does.
    """

    fact: Literal["police_referral_made"] = "police_referral_made"
    agency: Name = "police"
    lawful_reason: Name | None = None
    words: Words

    @property
    def rests_on(self) -> Basis:
        return Basis.CONSENT if self.lawful_reason is None else Basis.LAWFUL_REASON


class PoliceReferralDeclined(Fact):
    """We do not refer it to the police, and why: the victim has reported it already, say."""

    fact: Literal["police_referral_declined"] = "police_referral_declined"
    reasons: Words


class PoliceReferralAcknowledged(Step):
    """`by_when` is the day by which they said we would hear."""

    fact: Literal["police_referral_acknowledged"] = "police_referral_acknowledged"
    words: Words


class PoliceReferralChased(Step):
    """We asked the police how it stands, and wait on."""

    fact: Literal["police_referral_chased"] = "police_referral_chased"
    words: Words


class PoliceReferralAnswered(Step):
    fact: Literal["police_referral_answered"] = "police_referral_answered"
    words: Words


class PoliceReferralEnded(Step):
    """We no longer wait for an answer. `taken_back`: the police know from us that it no longer stands."""

    fact: Literal["police_referral_ended"] = "police_referral_ended"
    reasons: Words
    taken_back: bool = False


class PoliceToldOfWithdrawal(Fact):
    """The police know from us that a victim does not consent. What they do is theirs to decide: we do not ask
    after a referral that rested on it.
    """

    fact: Literal["police_told_of_withdrawal"] = "police_told_of_withdrawal"
    words: Words


Facts = (
    CrimeAlleged
    | PoliceReferralMade
    | PoliceReferralDeclined
    | PoliceReferralAcknowledged
    | PoliceReferralChased
    | PoliceReferralAnswered
    | PoliceReferralEnded
    | PoliceToldOfWithdrawal
)
