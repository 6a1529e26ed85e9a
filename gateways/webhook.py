"""Hands one signed message to another organisation's own system, and says truthfully what is known when that
fails. (Standard Webhooks 1.0.0)
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from gateways.delivery import DeliveryRefused, DeliveryUnavailable
from gateways.http_posting import FAULT, NOT_NOW, TAKEN, HttpPosting

SECRET_BEGINS: Final = "whsec_"  # noqa: S105 - how every secret of the standard begins
LEAST_SECRET, LONGEST_SECRET = 24, 64
"""Bytes."""


@dataclass(frozen=True)
class Receiver:
    """`secret` is `whsec_` and 24 to 64 bytes as base64, shared with this receiver alone."""

    url: str = field(repr=False)
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        key_of(self.secret)


@dataclass(frozen=True)
class OutgoingWebhook:
    """`id` is the caller's and stays the same however often it is sent, so that its receiver can know it again."""

    id: str
    body: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if "." in self.id or not self.id.isascii():
            raise ValueError("A message's id is ASCII without full stops, since one ends it where it is signed.")


class Webhook(Protocol):
    async def send(self, message: OutgoingWebhook, to: Receiver) -> None:
        """Raises DeliveryRefused, DeliveryUnavailable or DeliveryInDoubt."""


def key_of(secret: str) -> bytes:
    """Raises ValueError, which does not quote it."""
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_BEGINS), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith(SECRET_BEGINS) or not LEAST_SECRET <= len(key) <= LONGEST_SECRET:
        raise ValueError(f"the secret is {SECRET_BEGINS} and {LEAST_SECRET} to {LONGEST_SECRET} bytes as base64")
    return key


def signature(message: OutgoingWebhook, timestamp: int, secret: str) -> str:
    signed = f"{message.id}.{timestamp}.".encode() + message.body
    return "v1," + base64.b64encode(hmac.digest(key_of(secret), signed, hashlib.sha256)).decode()


@dataclass(frozen=True)
class HttpWebhook(HttpPosting):
    now: Callable[[], float] = time.time

    async def send(self, message: OutgoingWebhook, to: Receiver) -> None:
        """Raises DeliveryRefused, DeliveryUnavailable or DeliveryInDoubt."""
        sent_on = int(self.now())
        headers = {
            "webhook-id": message.id,
            "webhook-timestamp": str(sent_on),
            "webhook-signature": signature(message, sent_on, to.secret),
        }
        status = await self.post(to.url, message.body, headers)
        if status // 100 == TAKEN:
            return
        later = status in NOT_NOW or status // 100 == FAULT
        raise (DeliveryUnavailable if later else DeliveryRefused)(f"The receiver said {status}.")
