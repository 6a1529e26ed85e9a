"""Tells a caseload to the API of a running installation, as whoever would."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

import httpx2

from cli.demonstration.caseload import Life, Told
from cli.demonstration.files import Sent, made
from runtime.embedded.personas import PERSONAS
from runtime.settings import Settings
from runtime.tokens import issue

_AT_ONCE: Final = 4
_PATIENCE: Final = 60.0
_PAUSE: Final = 0.2
_NAMES_A_MATTER: Final = ("matter", "hearing", "group", "agreement")
_NAMES_A_CASE: Final = ("into", "other")
_ELSEWHERE: Final = {
    "incident_reported": "incidents",
    "cases_linked": "links",
    "access_restricted": "access",
}
"""Where on a case what is not recorded among its facts is told."""
_AGAIN: Final = {HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
"""Not open yet, or no answer in time: said again under the same key it is said once."""
_SAID_WELL: Final = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED)


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
        await self._is_known(life, ref)
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
            for name in _NAMES_A_CASE:
                if name in body:
                    body[name] = await self._refs[life.other] if life.other is not None else ref
            if told.files:
                there = f"/api/cases/{ref}/evidence"
                files = [(self.key(life, told.step, name), made(name)) for name in told.files]
                body["files"] = [await self.sent(told.by, there, key, file) for key, file in files]
            answer = await self._said(life, told, path, body)
            if told.begins:
                matters[told.begins] = f"{told.begins}-{answer['seq']}"

    async def _is_known(self, life: Life, ref: str) -> None:
        """Whoever gave us their name is kept once as a person, under it, and found by it."""
        if (somebody := life.report.body.get("complainant")) is None:
            return
        who = Told(step=-1, by=life.report.by, at=life.report.at, now=True, body=somebody)
        person = await self._said(life, who, "/api/people", somebody)
        known = {"fact": "person_identified", "key": "complainant", "person": person["id"]}
        asked = who.model_copy(update={"step": -2, "now": life.report.now, "body": known})
        await self._said(life, asked, f"/api/cases/{ref}/facts", known)

    async def _path(self, ref: str, told: Told, body: Mapping[str, Any], officer: str) -> str:
        if told.beside:
            return f"/api/{told.beside}s/{await self._beside(ref, told, officer)}/facts"
        if body["fact"] == "case_review_asked":
            return "/api/case-reviews"
        return f"/api/cases/{ref}/{_ELSEWHERE.get(body['fact'], 'facts')}"

    async def _said(self, life: Life, told: Told, path: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        said = dict(body) | ({} if told.now else {"at": told.at.isoformat()})
        not_yet = _AGAIN | ({HTTPStatus.CONFLICT} if told.waits or told.beside else set())
        until = time.monotonic() + _PATIENCE
        key = self.key(life, told.step)
        answer = await self.posted(told.by, path, key, said)
        while answer.status_code in not_yet and time.monotonic() < until:
            await asyncio.sleep(_PAUSE)
            answer = await self.posted(told.by, path, key, said)
        return self.well(answer, f"{life.plot}, step {told.step} ({said.get('fact', path)}) by {told.by}")

    def key(self, life: Life, *what: object) -> str:
        said = " ".join(str(one) for one in (self._seed, life.report.at, life.number, *what))
        return str(uuid5(NAMESPACE_URL, said))

    async def posted(self, somebody: str | None, path: str, key: str, said: Mapping[str, Any]) -> httpx2.Response:
        headers = {"Idempotency-Key": key} | (self._as(somebody) if somebody else {})
        return await self._api.post(path, headers=headers, json=dict(said))

    async def sent(self, somebody: str, path: str, key: str, file: Sent) -> str:
        """The id under which it is kept. Raises NotTaken."""
        headers = self._as(somebody) | {"Idempotency-Key": key, "File-Name": quote(file.name)}
        answer = await self._api.post(path, headers=headers, content=file.content)
        return str(self.well(answer, file.name)["id"])

    @staticmethod
    def well(answer: httpx2.Response, what: str) -> Any:  # noqa: ANN401 - JSON
        """What it says. Raises NotTaken."""
        if answer.status_code not in _SAID_WELL:
            raise NotTaken(f"Not taken: {what}: {answer.status_code} {answer.text[:600]}")
        return answer.json()

    def _as(self, somebody: str) -> dict[str, str]:
        if somebody not in self._tokens:
            one = PERSONAS[somebody]
            self._tokens[somebody] = issue(self._wanted, somebody, one.role, timedelta(hours=2), one.teams)
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
