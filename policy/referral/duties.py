"""From a referral's file alone: what the system must do now. Each duty is safe to ask for again under its key."""

from datetime import datetime
from enum import StrEnum

from policy.editions.agencies import AgencyChannel
from policy.facts.base import Fact
from policy.frozen import Frozen
from policy.referral import facts
from policy.referral.codes import ReferralStage
from policy.referral.facts import Said
from policy.referral.referral import ReferralFile
from policy.referral.stages import REFERRED
from policy.rows import section_of


class _Duty(Frozen):
    key: str
    row: str = REFERRED
    section: str = section_of(REFERRED)
    edition: str


class SendReferral(_Duty):
    """Send what the case's fact `proposed` says to the agency."""

    proposed: str
    agency: str
    about: tuple[str, ...]
    channel: AgencyChannel


class TellCase(_Duty):
    said: Said


ReferralDuty = SendReferral | TellCase


class Sending(StrEnum):
    """What came of sending it."""

    SENT = "sent"
    NOT_DELIVERED = "not_delivered"
    IN_DOUBT = "in_doubt"


def sending_came_of(duty: SendReferral, outcome: Sending, at: datetime) -> Fact:
    """The outcome as the fact that is recorded."""
    if outcome is Sending.SENT:
        return facts.ReferralSent(at=at, key=duty.key)
    return facts.ReferralNotDelivered(at=at, key=duty.key, in_doubt=outcome is Sending.IN_DOUBT)


def duties(file: ReferralFile) -> list[ReferralDuty]:
    owed: list[ReferralDuty] = []
    edition = file.edition.name
    if file.seq and file.stage is ReferralStage.TO_SEND and file.channel is not AgencyChannel.HAND:
        owed.append(
            SendReferral(
                key=file.sending_key,
                edition=edition,
                proposed=file.proposed,
                agency=file.agency,
                about=file.about,
                channel=file.channel,
            )
        )
    if file.said is not None and file.said != file.told:
        owed.append(TellCase(key=f"tell-{file.moved}", edition=edition, said=file.said))
    return owed
