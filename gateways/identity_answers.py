"""What a provider answers over HTTP: within a time and a size, and asked for no more often than is needed."""

import asyncio
import json
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Generic, TypeVar

import httpx2

OK: Final = 200
_SECONDS: Final = 5.0
_LARGEST: Final = 512 * 1024
"""Bytes of an answer."""
_FRESH: Final = 3600.0
"""Seconds for which keys and addresses are believed: after that a key that was withdrawn is gone here, too."""

T = TypeVar("T")


class ProviderAway(Exception):
    """It cannot be reached, or what it says of itself is not usable; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Http:
    """One connection a question. Neither redirects nor proxies are followed, and nothing is unpacked."""

    def __init__(self) -> None:
        self._certificates = ssl.create_default_context()

    async def asked(
        self, method: str, url: str, form: dict[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """The status, and the answer where that is 200. Raises ProviderAway."""
        accepted = {"accept": "application/json", "accept-encoding": "identity"} | dict(headers or {})
        body = bytearray()
        try:
            async with (
                asyncio.timeout(_SECONDS),
                httpx2.AsyncClient(verify=self._certificates, trust_env=False, timeout=_SECONDS) as http,
                http.stream(method, url, data=form, headers=accepted) as answer,
            ):
                async for piece in answer.aiter_raw():
                    body += piece
                    if len(body) > _LARGEST:
                        raise ProviderAway("too_much")
            told = json.loads(body) if answer.status_code == OK else {}
        except (httpx2.TransportError, httpx2.InvalidURL, OSError) as lost:
            raise ProviderAway(type(lost).__name__) from None
        except (ValueError, RecursionError):
            raise ProviderAway("not_json") from None
        if not isinstance(told, dict):
            raise ProviderAway("not_json")
        return answer.status_code, told


class Kept(Generic[T]):
    """Fetched when needed and not fresh, and asked for again no sooner than `rest` seconds after."""

    def __init__(self, fetch: Callable[[], Awaitable[T]], rest: float) -> None:
        self._fetch, self._rest = fetch, rest
        self._lock = asyncio.Lock()
        self._found: tuple[T, float] | None = None
        self._asked = float("-inf")

    async def get(self, at_most: float = _FRESH) -> T:
        """No older than that many seconds, if it may be asked for again already. Raises ProviderAway."""
        if (known := self._younger(at_most)) is not None:
            return known
        async with self._lock:
            if (known := self._younger(at_most)) is not None:
                return known
            if time.monotonic() - self._asked < self._rest:
                if (known := self._younger(_FRESH)) is not None:
                    return known
                raise ProviderAway("asked_just_now")
            self._asked = time.monotonic()
            found = await self._fetch()
            self._found = found, time.monotonic()
            return found

    def _younger(self, seconds: float) -> T | None:
        return self._found[0] if self._found and time.monotonic() - self._found[1] < seconds else None
