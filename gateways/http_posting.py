"""Posts one body to somebody else's system, and says truthfully what is known when that fails."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2

from gateways.addresses import AddressRefused, Network, Resolve, checked, resolved
from gateways.delivery import DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable

TAKEN, FAULT = 2, 5
"""The first digit of an answer."""
NOT_NOW: Final = frozenset({408, 425, 429})
_PORTS: Final = {"http": 80, "https": 443}
_ALL_SENT: Final = "http11.send_request_body.complete"

Watch = Callable[[str, Any], Awaitable[None]]


@dataclass(frozen=True)
class _Where:
    """One address of a receiver; `host` and `name` are what it is called in the request and on its certificate."""

    url: httpx2.URL
    host: str
    name: str


@dataclass(frozen=True)
class HttpPosting:
    """One connection a message. `timeout` is in seconds, for all of it. Redirects and proxies are not followed:
    whoever else had the message could not be named. Only tests and a machine on its own go `without_tls`. It goes
    to a public address, or into one of the `private` networks, and to the very address that was looked at.
    """

    timeout: float
    without_tls: bool = False
    private: tuple[Network, ...] = ()
    resolve: Resolve = resolved

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The receiver's code. Until all of the body has left us nothing can have been taken: its length is said
        first. Raises DeliveryRefused, DeliveryUnavailable or DeliveryInDoubt.
        """
        if not url.startswith("https://") and not (self.without_tls and url.startswith("http://")):
            raise DeliveryRefused("Messages go to an address that begins with https://.")
        handed_over = False

        async def watch(event: str, _: Any) -> None:  # noqa: ANN401 - what the client tells of its steps
            nonlocal handed_over
            handed_over = handed_over or event == _ALL_SENT

        try:
            async with asyncio.timeout(self.timeout):
                return await self._asked(body, await self._where(url), headers, watch)
        except httpx2.InvalidURL:
            raise DeliveryRefused("This is not an address that a message can go to.") from None
        except AddressRefused as refused:
            raise DeliveryRefused(str(refused)) from None
        except (httpx2.TransportError, OSError) as lost:
            if handed_over:
                raise DeliveryInDoubt("The receiver went away without an answer.") from lost
            raise DeliveryUnavailable(f"The message was not handed over: {type(lost).__name__}") from lost

    async def _where(self, url: str) -> list[_Where]:
        """By address instead of name, which nobody looks up again. Raises AddressRefused."""
        wanted = httpx2.URL(url)
        name = wanted.raw_host.decode()
        found = await self.resolve(name, wanted.port or _PORTS[wanted.scheme])
        host = wanted.netloc.decode()
        return [_Where(wanted.copy_with(host=one), host, name) for one in checked(found, self.private)]

    async def _asked(self, body: bytes, places: list[_Where], headers: Mapping[str, str], watch: Watch) -> int:
        """The receiver's code, from the first place where it can be reached. The answer's body is not read."""
        wait = httpx2.Timeout(self.timeout, connect=self.timeout / len(places))
        certificates = ssl.create_default_context()
        async with httpx2.AsyncClient(verify=certificates, trust_env=False, timeout=wait) as client:
            for place in places:
                request = client.build_request(
                    "POST",
                    place.url,
                    content=body,
                    headers={"content-type": "application/json", **headers, "host": place.host},
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
