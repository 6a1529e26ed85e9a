"""A scripted load over HTTP by somebody who does as the API says: after a failure, again with the same key."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import httpx2

from runtime.settings import Settings
from runtime.tokens import issue

_TRY_AGAIN: Final = frozenset({429, 502, 503, 504})
_PATIENCE_SECONDS: Final = 120


@dataclass
class Load:
    """`acknowledged` are the ids that we were told are kept, by the reference of their case."""

    api: str
    settings: Settings
    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    answers: int = 0
    refused_for_now: int = 0

    async def run(self, cases: int, at_once: int) -> None:
        waiting = list(range(cases))
        async with httpx2.AsyncClient(base_url=self.api, timeout=10, headers=self.by("officer-1")) as http:

            async def take() -> None:
                while waiting:
                    waiting.pop()
                    await self._life_of_a_case(http)

            await asyncio.gather(*(take() for _ in range(at_once)))

    async def _life_of_a_case(self, http: httpx2.AsyncClient) -> None:
        report = {
            "channel": "phone",
            "words": "Shouting on the stairs.",
            "category": "noise",
            "complainant": {"name": "Rowan Example", "email": f"{uuid4()}@example.org", "prefers": "email"},
        }
        ref = (await self.post(http, "/api/reports", report))["ref"]
        base = f"/api/cases/{ref}"
        contact = {"fact": "contact_made", "means": "phone", "words": "Spoke."}
        assessed = {
            "fact": "assessed",
            "seriousness": "ordinary",
            "categories": ["noise"],
            "limb": "b",
            "reasons": "Most nights.",
        }
        await self.post(http, f"{base}/facts", contact, ref)
        await self.post(http, f"{base}/incidents", {"channel": "phone", "words": "Again."}, ref)
        await self.post(http, f"{base}/facts", assessed, ref)
        await self.post(http, f"{base}/facts", contact, ref)

    async def post(
        self, http: httpx2.AsyncClient, path: str, body: dict[str, Any], ref: str | None = None
    ) -> dict[str, Any]:
        """Raises AssertionError for an answer that somebody who does everything right must not get."""
        key = str(uuid4())
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                try:
                    answer = await http.post(path, json=body, headers={"Idempotency-Key": key})
                except httpx2.TransportError:
                    self.refused_for_now += 1
                    await asyncio.sleep(0.3)
                    continue
                if answer.status_code in _TRY_AGAIN:
                    self.refused_for_now += 1
                    await asyncio.sleep(0.3)
                    continue
                assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
                told: dict[str, Any] = answer.json()
                self.answers += 1
                self.acknowledged.setdefault(ref or told["ref"], set()).add(key)
                return told

    def by(self, who: str) -> dict[str, str]:
        """Whoever is called so: `supervisor-2` is a supervisor."""
        token = issue(self.settings, who, who.partition("-")[0], timedelta(hours=1))
        return {"Authorization": f"Bearer {token}"}
