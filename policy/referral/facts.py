"""What can happen in one referral, from its beginning to its end. (partner-referrals, section 4)"""

from datetime import date
from typing import Annotated, Final, Literal, get_args

from pydantic import AwareDatetime, Field

from policy.editions.agencies import AgencyChannel
from policy.facts.base import Fact, Name, Recorded, Words
from policy.facts.disclosing import Gateway
from policy.facts.ruling import DeadlineMissed
from policy.frozen import Frozen
from policy.referral.codes import ReferralOutcome, ReferralStage, Undelivered


class ReferralBegun(Fact):
    """As its case proposed it in the fact `proposed`, by `proposed_by`, once the disclosure was recorded there.
    `about` are people on the case. `overridden`: a supervisor named a lawful reason in place of a consent:
    `lawful_reason`.
    """

    fact: Literal["referral_begun"] = "referral_begun"
    proposed: Name
    proposed_by: Name
    agency: Name
    about: tuple[Name, ...]
    gateway: Gateway
    by_channel: AgencyChannel = AgencyChannel.HAND
    overridden: bool = False
    lawful_reason: Name | None = None


class ConsentTold(Fact):
    """What the case has learnt: whether what we tell may still be told, and whether what went stays there."""

    fact: Literal["consent_told"] = "consent_told"
    stands: bool
    stays: bool


class ReferralSent(Fact):
    """By the system, in answer to the duty of that `key`."""

    fact: Literal["referral_sent"] = "referral_sent"
    key: Name


class ReferralNotDelivered(Fact):
    """The system has tried and tried. `in_doubt`: it may have arrived all the same, so nobody knows `why`."""

    fact: Literal["referral_not_delivered"] = "referral_not_delivered"
    key: Name
    in_doubt: bool = False
    why: Undelivered | None = None


class ReferralHandedOver(Fact):
    """By one of us: told on the telephone, written, brought there."""

    fact: Literal["referral_handed_over"] = "referral_handed_over"
    by_when: date | None = None
    words: Words


class SendingAskedAgain(Fact):
    """What kept it from being delivered was put right; the system tries once more."""

    fact: Literal["sending_asked_again"] = "sending_asked_again"
    words: Words


class ReferralAcknowledged(Fact):
    """The agency has it. `by_when` is the day by which they said we would hear."""

    fact: Literal["referral_acknowledged"] = "referral_acknowledged"
    by_when: date | None = None
    words: Words | None = None


class ReferralAnswered(Fact):
    """`by_when` is the day on which we see how it goes."""

    fact: Literal["referral_answered"] = "referral_answered"
    taken_up: bool
    by_when: date | None = None
    words: Words


class ReferralChased(Fact):
    """We asked how it stands, and wait on."""

    fact: Literal["referral_chased"] = "referral_chased"
    by_when: date | None = None
    words: Words


class ReferralWorkReported(Fact):
    """How it goes. `by_when` is the day on which we look again."""

    fact: Literal["referral_work_reported"] = "referral_work_reported"
    by_when: date | None = None
    words: Words


class AgencyToldOfWithdrawal(Fact):
    """The agency knows from us that the referral no longer stands."""

    fact: Literal["agency_told_of_withdrawal"] = "agency_told_of_withdrawal"
    words: Words


class ReferralEnded(Fact):
    fact: Literal["referral_ended"] = "referral_ended"
    outcome: ReferralOutcome
    reasons: Words


class Said(Frozen):
    """What a case is to know of its referral."""

    stage: ReferralStage
    since: AwareDatetime
    outcome: ReferralOutcome | None = None


class CaseTold(Fact):
    """Whether the case was there to be told."""

    fact: Literal["case_told"] = "case_told"
    said: Said
    reached: bool


ReferralFact = Annotated[
    ReferralBegun
    | ConsentTold
    | ReferralSent
    | ReferralNotDelivered
    | ReferralHandedOver
    | SendingAskedAgain
    | ReferralAcknowledged
    | ReferralAnswered
    | ReferralChased
    | ReferralWorkReported
    | AgencyToldOfWithdrawal
    | ReferralEnded
    | CaseTold
    | DeadlineMissed,
    Field(discriminator="fact"),
]

REFERRAL_FACT_TYPES: Final[dict[str, type[Fact]]] = {
    kind.model_fields["fact"].default: kind for kind in get_args(get_args(ReferralFact)[0])
}


class ReferralEntry(Recorded[ReferralFact]):
    """Of a referral."""
