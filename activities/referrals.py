"""Sends a referral to its agency once, and says what came of it."""

from dataclasses import dataclass

from temporalio import activity

from policy.frozen import Frozen
from policy.referral.duties import Sending, SendReferral


class Order(Frozen):
    """The referral's own reference, its case's, and what the referral calls for."""

    ref: str
    case: str
    duty: SendReferral


@dataclass(frozen=True)
class Refer:
    @activity.defn(name="refer")
    async def send(self, order: Order) -> Sending:
        raise NotImplementedError
