"""What referrals bring to the loop, and what one starts with."""

from collections.abc import Awaitable
from datetime import datetime

from activities.referrals import Order, Refer
from policy.facts.base import Fact
from policy.referral.duties import CameOf, ReferralDuty, SendReferral, came_of, duties
from policy.referral.facts import ReferralEntry
from policy.referral.procedure import REFERRAL
from policy.referral.referral import ReferralFile
from workflows.loop import Start
from workflows.procedure_kind import ProcedureKind
from workflows.sending import sent


class ReferralStart(Start[ReferralFile, ReferralEntry]):
    """With its first fact, which its case has proposed."""


class ReferralKind(ProcedureKind[ReferralFile, ReferralEntry]):
    def __init__(self) -> None:
        super().__init__(REFERRAL)

    def duties(self, file: ReferralFile) -> list[ReferralDuty]:
        return duties(file)

    def perform(self, file: ReferralFile, duty: ReferralDuty) -> Awaitable[CameOf | bool]:
        if isinstance(duty, SendReferral):
            return sent(Refer.send, Order(ref=file.ref, case=file.case, duty=duty), duty.key)
        return self.told(duty)

    def came_of(self, duty: ReferralDuty, outcome: CameOf | bool, now: datetime) -> Fact:
        return came_of(duty, outcome, now)
