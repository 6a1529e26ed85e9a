"""From a referral's file alone: what the system must do now. Each duty is safe to ask for again under its key."""

from datetime import datetime
from enum import StrEnum

from policy.editions.agencies import AgencyChannel
from policy.facts.base import Fact
from policy.facts.referring import ReferralFinished, ReferralMoved, ReferralTakenUp
from policy.frozen import Frozen
from policy.procedures.duties import TellCase
from policy.referral import facts
from policy.referral.codes import REFERRED, ReferralStage, Undelivered
from policy.referral.facts import Said
from policy.referral.referral import ReferralFile
from policy.rows import section_of


class SendReferral(Frozen):
    """Send what the case's fact `proposed` says to the agency. What may have arrived is never taken back: whoever
    sends it looks before each attempt whether it is still owed.
    """

    key: str
    row: str = REFERRED
    section: str = section_of(REFERRED)
    edition: str
    proposed: str
    agency: str
    about: tuple[str, ...]
    channel: AgencyChannel

    @property
    def revocable(self) -> bool:
        return False


ReferralDuty = SendReferral | TellCase


class Sending(StrEnum):
    """What came of sending it, where nobody knows why it was not delivered."""

    SENT = "sent"
    NOT_DELIVERED = "not_delivered"
    IN_DOUBT = "in_doubt"


CameOf = Sending | Undelivered


def sending_came_of(duty: SendReferral, outcome: CameOf, at: datetime) -> Fact:
    """The outcome as the fact that is recorded."""
    if outcome is Sending.SENT:
        return facts.ReferralSent(at=at, key=duty.key)
    why = outcome if isinstance(outcome, Undelivered) else None
    return facts.ReferralNotDelivered(at=at, key=duty.key, in_doubt=outcome is Sending.IN_DOUBT, why=why)


def came_of(duty: ReferralDuty, outcome: CameOf | bool, at: datetime) -> Fact:
    """The same of each duty: of sending, or whether the case was there to be told."""
    match duty, outcome:
        case SendReferral(), Sending() | Undelivered():
            return sending_came_of(duty, outcome, at)
        case TellCase(), bool():
            return facts.CaseTold(at=at, said=duty.said, reached=outcome)
    raise ValueError("a referral is sent, a case is told")


def all_went_well(duty: ReferralDuty, at: datetime) -> Fact:
    return came_of(duty, isinstance(duty, TellCase) or Sending.SENT, at)


def duties(file: ReferralFile) -> list[ReferralDuty]:
    """The case hears where it stands once nothing is to be sent."""
    if file.seq and file.stage is ReferralStage.TO_SEND and file.channel is not AgencyChannel.HAND:
        return [
            SendReferral(
                key=file.sending_key,
                edition=file.edition.name,
                proposed=file.proposed,
                agency=file.agency,
                about=file.about,
                channel=file.channel,
            )
        ]
    if file.said is None or file.said == file.told:
        return []
    return [TellCase(key=f"tell-{file.moved}", case=file.case, news=_news(file, file.said), said=file.said)]


def _news(file: ReferralFile, said: Said) -> Fact:
    told = {"at": said.since, "matter": file.matter}
    match said.stage:
        case ReferralStage.OVER:
            return ReferralFinished(**told, outcome=said.outcome)
        case ReferralStage.TAKEN_UP:
            return ReferralTakenUp(**told)
    return ReferralMoved(**told, stage=said.stage)
