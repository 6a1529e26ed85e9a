"""Tells a caseload to the API of a running installation, as whoever would."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import httpx2

from cli.demonstration.caseload import Life, Told
from runtime.settings import Settings
from runtime.tokens import issue

_AT_ONCE: Final = 4
_PATIENCE: Final = 60.0
_PAUSE: Final = 0.2
_NAMES_A_MATTER: Final = ("matter", "hearing", "group", "agreement")
_AGAIN: Final = {HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
"""Not open yet, or no answer in time: said again under the same key it is said once."""
_SAID_WELL: Final = (HTTPStatus.CREATED, HTTPStatus.ACCEPTED)


class NotTaken(RuntimeError):
    """The API is away or refused a step; the message says which and why."""


class Telling:
    """Told again on the same day with the same seed, it says nothing twice: each step has its own key."""

    def __init__(self, wanted: Settings, api: httpx2.AsyncClient, seed: int) -> None:
        self._wanted, self._api, self._seed = wanted, api, seed
        self._tokens: dict[str, str] = {}
        self._refs: dict[int, asyncio.Future[str]] = {}

    async def tell(self, lives: Sequence[Life], done: Callable[[], None]) -> tuple[str, ...]:
        """The references, in the order of the lives. Raises NotTaken."""
        waiting, loop = iter(lives), asyncio.get_running_loop()
        self._refs = {life.number: loop.create_future() for life in lives}

        async def lane() -> None:
            for life in waiting:
                await self._life(life)
                done()

        try:
            async with asyncio.TaskGroup() as lanes:
                for _ in range(_AT_ONCE):
                    lanes.create_task(lane())
        except ExceptionGroup as several:
            raise several.exceptions[0] from None
        return tuple([await ref for ref in self._refs.values()])

    async def _life(self, life: Life) -> None:
        answer = await self._said(life, life.report, "/api/reports", life.report.body)
        ref: str = answer["ref"]
        self._refs[life.number].set_result(ref)
        matters: dict[str, str] = {}
        for told in life.then:
            body = {
                name: matters[value] if name in _NAMES_A_MATTER else value for name, value in told.body.items()
            }
            path = await self._path(ref, told, body, life.report.by)
            if path == "/api/case-reviews":
                body = {name: value for name, value in body.items() if name != "fact"} | {"cases": [ref]}
            elif path.endswith("/incidents"):
                del body["fact"]
            elif "into" in body:
                body["into"] = await self._refs[life.joins] if life.joins is not None else ref
            answer = await self._said(life, told, path, body)
            if told.begins:
                matters[told.begins] = f"{told.begins}-{answer['seq']}"

    async def _path(self, ref: str, told: Told, body: Mapping[str, Any], officer: str) -> str:
        if told.beside:
            return f"/api/{told.beside}s/{await self._beside(ref, told, officer)}/facts"
        elsewhere = {"incident_reported": f"/api/cases/{ref}/incidents", "case_review_asked": "/api/case-reviews"}
        return elsewhere.get(body["fact"], f"/api/cases/{ref}/facts")

    async def _said(self, life: Life, told: Told, path: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        said = dict(body) | ({} if told.now else {"at": told.at.isoformat()})
        key = uuid5(NAMESPACE_URL, f"{self._seed} {life.report.at} {life.number} {told.step}")
        headers = self._as(told.by) | {"Idempotency-Key": str(key)}
        not_yet = _AGAIN | ({HTTPStatus.CONFLICT} if told.waits or told.beside else set())
        until = time.monotonic() + _PATIENCE
        answer = await self._api.post(path, json=said, headers=headers)
        while answer.status_code in not_yet and time.monotonic() < until:
            await asyncio.sleep(_PAUSE)
            answer = await self._api.post(path, json=said, headers=headers)
        if answer.status_code not in _SAID_WELL:
            what = f"{life.plot}, step {told.step} ({said.get('fact', 'report')}) by {told.by}"
            raise NotTaken(f"Not taken: {what}: {answer.status_code} {answer.text[:600]}")
        return answer.json()

    def _as(self, somebody: str) -> dict[str, str]:
        if somebody not in self._tokens:
            role = somebody.rpartition("-")[0]
            self._tokens[somebody] = issue(self._wanted, somebody, role, timedelta(hours=2), ("north", "south"))
        return {"Authorization": f"Bearer {self._tokens[somebody]}"}

    async def _beside(self, ref: str, told: Told, officer: str) -> str:
        """The reference of what was begun beside the case. Raises TimeoutError."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                answer = await self._api.get(f"/api/cases/{ref}", headers=self._as(officer))
                lines = answer.json()["beside"] if answer.status_code == HTTPStatus.OK else []
                for line in lines:
                    if line["kind"] == told.beside:
                        return str(line["ref"])
                await asyncio.sleep(_PAUSE)
