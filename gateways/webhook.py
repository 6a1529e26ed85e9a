"""Hands one signed message to another organisation's own system, and says truthfully what is known when that
fails. (Standard Webhooks 1.0.0)
"""

import asyncio
import base64
import hashlib
import hmac
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import httpx2

from gateways.addresses import AddressRefused, Network, Resolve, checked, resolved

SECRET_BEGINS: Final = "whsec_"  # noqa: S105 - how every secret of the standard begins
LEAST_SECRET, LONGEST_SECRET = 24, 64
"""Bytes."""
_NOT_NOW: Final = frozenset({408, 425, 429})
_TAKEN, _FAULT = 2, 5
"""The first digit of an answer."""
_PORTS: Final = {"http": 80, "https": 443}
_ALL_SENT: Final = "http11.send_request_body.complete"

Watch = Callable[[str, Any], Awaitable[None]]


class WebhookFailed(Exception):
    """The text holds no personal data: the receiver's code, never its words."""


class WebhookRefused(WebhookFailed):
    """The receiver will never take this message."""


class WebhookUnavailable(WebhookFailed):
    """The message was not taken; later it may be."""


class WebhookInDoubt(WebhookFailed):
    """The whole message was sent and no answer came: it may or may not have been taken."""


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
        """Raises WebhookRefused, WebhookUnavailable or WebhookInDoubt."""


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
class _Where:
    """One address of a receiver; `host` and `name` are what it is called in the request and on its certificate."""

    url: httpx2.URL
    host: str
    name: str


@dataclass(frozen=True)
class HttpWebhook:
    """One connection a message. `timeout` is in seconds, for all of it. Redirects and proxies are not followed:
    whoever else had the message could not be named. Only tests and a machine on its own go `without_tls`. It goes
    to a public address, or into one of the `private` networks, and to the very address that was looked at.
    """

    timeout: float
    without_tls: bool = False
    private: tuple[Network, ...] = ()
    now: Callable[[], float] = time.time
    resolve: Resolve = resolved

    async def send(self, message: OutgoingWebhook, to: Receiver) -> None:
        """Raises WebhookRefused, WebhookUnavailable or WebhookInDoubt."""
        if not to.url.startswith("https://") and not (self.without_tls and to.url.startswith("http://")):
            raise WebhookRefused("Messages go to an address that begins with https://.")
        sent_on = int(self.now())
        headers = {
            "content-type": "application/json",
            "webhook-id": message.id,
            "webhook-timestamp": str(sent_on),
            "webhook-signature": signature(message, sent_on, to.secret),
        }
        status = await self._status(message, to.url, headers)
        if status // 100 == _TAKEN:
            return
        later = status in _NOT_NOW or status // 100 == _FAULT
        raise (WebhookUnavailable if later else WebhookRefused)(f"The receiver said {status}.")

    async def _status(self, message: OutgoingWebhook, url: str, headers: dict[str, str]) -> int:
        """Until all of it has left us nothing can have been taken: its length is said first."""
        handed_over = False

        async def watch(event: str, _: Any) -> None:  # noqa: ANN401 - what the client tells of its steps
            nonlocal handed_over
            handed_over = handed_over or event == _ALL_SENT

        try:
            async with asyncio.timeout(self.timeout):
                return await self._asked(message, await self._where(url), headers, watch)
        except httpx2.InvalidURL:
            raise WebhookRefused("This is not an address that a message can go to.") from None
        except AddressRefused as refused:
            raise WebhookRefused(str(refused)) from None
        except (httpx2.TransportError, OSError) as lost:
            if handed_over:
                raise WebhookInDoubt("The receiver went away without an answer.") from lost
            raise WebhookUnavailable(f"The message was not handed over: {type(lost).__name__}") from lost

    async def _where(self, url: str) -> list[_Where]:
        """By address instead of name, which nobody looks up again. Raises AddressRefused."""
        wanted = httpx2.URL(url)
        name = wanted.raw_host.decode()
        found = await self.resolve(name, wanted.port or _PORTS[wanted.scheme])
        host = wanted.netloc.decode()
        return [_Where(wanted.copy_with(host=one), host, name) for one in checked(found, self.private)]

    async def _asked(
        self, message: OutgoingWebhook, places: list[_Where], headers: dict[str, str], watch: Watch
    ) -> int:
        """The receiver's code, from the first place where it can be reached. The answer's body is not read."""
        wait = httpx2.Timeout(self.timeout, connect=self.timeout / len(places))
        certificates = ssl.create_default_context()
        async with httpx2.AsyncClient(verify=certificates, trust_env=False, timeout=wait) as client:
            for place in places:
                request = client.build_request(
                    "POST",
                    place.url,
                    content=message.body,
                    headers=headers | {"host": place.host},
                    extensions={"trace": watch, "sni_hostname": place.name},
                )
                try:
                    answer = await client.send(request, stream=True)
                except (httpx2.ConnectError, httpx2.ConnectTimeout) as away:
                    lost = away
                    continue
                await answer.aclose()
                return answer.status_code
            raise lost
