"""Requests by somebody who does as the API says: after a failure, again with the same key."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import httpx2

from runtime.settings import Settings
from runtime.tokens import issue

_TRY_AGAIN: Final = frozenset({408, 429, 502, 503, 504})
_PATIENCE_SECONDS: Final = 120


@dataclass
class Load:
    """`acknowledged` are the ids that we were told are kept, by the reference of their case."""

    api: str
    settings: Settings
    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    answers: int = 0
    refused_for_now: Counter[str] = field(default_factory=Counter)
    """How often, by what was said."""

    async def post(
        self, http: httpx2.AsyncClient, path: str, body: dict[str, Any], ref: str | None = None
    ) -> dict[str, Any]:
        """What was told is acknowledged on its case. Raises as `send`."""
        key = str(uuid4())
        told = await self.send(http, path, key, json=body)
        self.acknowledged.setdefault(ref or told["ref"], set()).add(key)
        return told

    async def send(self, http: httpx2.AsyncClient, path: str, key: str, **body: Any) -> dict[str, Any]:
        """Raises AssertionError for an answer that somebody who does everything right must not get."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                try:
                    answer = await http.post(path, headers={"Idempotency-Key": key}, **body)
                except httpx2.TransportError as error:
                    self.refused_for_now[type(error).__name__] += 1
                    await asyncio.sleep(0.3)
                    continue
                if answer.status_code in _TRY_AGAIN:
                    self.refused_for_now[str(answer.status_code)] += 1
                    await asyncio.sleep(0.3)
                    continue
                assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
                self.answers += 1
                told: dict[str, Any] = answer.json()
                return told

    def by(self, who: str) -> dict[str, str]:
        """Whoever is called so: `supervisor-2` is a supervisor."""
        token = issue(self.settings, who, who.partition("-")[0], timedelta(hours=1))
        return {"Authorization": f"Bearer {token}"}
