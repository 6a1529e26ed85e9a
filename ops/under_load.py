"""Reports cases and records facts while a command runs, and says what came of them:
`CASEWORK_TOKEN=… python -m ops.under_load URL COMMAND…`, with an officer's token.

What it reports is made up and stays: for a trial before a release, on an installation where nothing is real.
"""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import httpx2

_LANES: Final = 4
_FACTS: Final = 10
_PAUSE_SECONDS: Final = 0.2
_PATIENCE_SECONDS: Final = 120.0
_NOT_NOW: Final = frozenset({408, 429, 502, 503, 504})
_REPORT: Final = {
    "channel": "phone",
    "words": "A trial: nobody said this.",
    "category": "noise",
    "complainant": {"name": "Nobody", "email": "nobody@example.org", "prefers": "email"},
}
_CONTACT: Final = {"fact": "contact_made", "means": "phone", "words": "A trial: nobody was spoken to."}


class NotTaken(Exception):
    """Neither taken nor told to try again; the message is what was answered instead."""


@dataclass
class Load:
    """`acknowledged` are the ids that we were told are kept, by the reference of their case, `waited` the seconds
    that each took, and `patience` those that one may take; `again` counts what we heard instead and asked again
    after, `wrong` what we may not hear; `lost` is what was acknowledged and is in no timeline.
    """

    http: httpx2.AsyncClient
    patience: float = _PATIENCE_SECONDS
    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    waited: list[float] = field(default_factory=list)
    again: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    lost: dict[str, set[str]] = field(default_factory=dict)
    _ending: bool = False

    @property
    def clean(self) -> bool:
        return bool(self.waited) and not self.wrong and not self.lost

    async def during(self, doing: Awaitable[int]) -> int:
        """What `doing` came to."""
        lanes = [asyncio.create_task(self._lane()) for _ in range(_LANES)]
        try:
            return await doing
        finally:
            self._ending = True
            await asyncio.gather(*lanes)
            await self._looked_for()

    async def _lane(self) -> None:
        while not self._ending:
            try:
                await self._life()
            except NotTaken as answered:
                self.wrong[str(answered)] += 1
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _life(self) -> None:
        ref = await self._told("/api/reports", _REPORT)
        for _ in range(_FACTS):
            await asyncio.sleep(_PAUSE_SECONDS)
            if self._ending:
                return
            await self._told(f"/api/cases/{ref}/facts", _CONTACT, ref)

    async def _told(self, path: str, body: dict[str, Any], ref: str | None = None) -> str:
        """The reference of its case, once it is acknowledged. Raises NotTaken."""
        key, began = str(uuid4()), time.perf_counter()
        while True:
            try:
                answer = await self.http.post(path, json=body, headers={"Idempotency-Key": key})
                said = str(answer.status_code)
            except httpx2.TransportError as error:
                answer, said = None, type(error).__name__
            if answer is not None and answer.is_success:
                ref = ref or str(answer.json()["ref"])
                self.acknowledged.setdefault(ref, set()).add(key)
                self.waited.append(time.perf_counter() - began)
                return ref
            if answer is not None and answer.status_code not in _NOT_NOW:
                raise NotTaken(f"{said} {answer.text[:200]}")
            if time.perf_counter() - began > self.patience:
                raise NotTaken(f"{said} for {self.patience:.0f} s")
            self.again[said] += 1
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _looked_for(self) -> None:
        """What was acknowledged with 202 may still be on its way."""
        until = time.perf_counter() + self.patience
        for ref, told in self.acknowledged.items():
            away = told - await self._kept(ref)
            while away and time.perf_counter() < until:
                await asyncio.sleep(_PAUSE_SECONDS)
                away = told - await self._kept(ref)
            if away:
                self.lost[ref] = away

    async def _kept(self, ref: str) -> set[str]:
        """Nothing where nobody answers, as after a restart that failed."""
        try:
            answer = await self.http.get(f"/api/cases/{ref}/timeline", params={"limit": 200})
        except httpx2.TransportError:
            return set()
        return {one["fact_id"] for one in answer.json()["entries"]} if answer.is_success else set()


def in_words(load: Load) -> Iterator[str]:
    waited = sorted(load.waited) or [0.0]
    at = [waited[int(share * (len(waited) - 1))] for share in (0.5, 0.99, 1)]
    yield f"{len(load.acknowledged)} cases, {len(load.waited)} requests acknowledged"
    yield "until then: half within {:.2f} s, 99 of 100 within {:.2f} s, the longest {:.2f} s".format(*at)
    yield f"told to ask again: {_counted(load.again)}"
    yield f"not taken: {_counted(load.wrong)}"
    yield f"acknowledged and not there: {sum(map(len, load.lost.values()))} {' '.join(load.lost)}".rstrip()


def _counted(what: Counter[str]) -> str:
    return ", ".join(f"{said} {times} times" for said, times in what.most_common()) or "never"


async def _run(command: Sequence[str]) -> int:
    return await (await asyncio.create_subprocess_exec(*command)).wait()


async def main(url: str, *command: str) -> int:
    by = {"Authorization": f"Bearer {os.environ['CASEWORK_TOKEN']}"}
    async with httpx2.AsyncClient(base_url=url, headers=by, timeout=30) as http:
        load = Load(http)
        code = await load.during(_run(command))
    sys.stdout.write("".join(f"{line}\n" for line in in_words(load)))
    return code or int(not load.clean)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))
