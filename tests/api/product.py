"""The whole product on loopback for one test: API, worker and mailbox, and the people who call it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from ssl import create_default_context
from typing import Any
from uuid import uuid4

import httpx2
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import make_app
from api.resources import Resources
from api.serving import ApiServer
from pages.app import with_pages
from runtime.database import working_engine
from runtime.embedded.mailbox import Mailbox
from runtime.settings import Settings
from runtime.tokens import issue
from store.sessions import EVERYTHING, Store

PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Caller:
    """Somebody with a token, or without one."""

    http: httpx2.AsyncClient
    token: str | None = None

    async def get(self, path: str, **params: Any) -> httpx2.Response:
        return await self.http.get(path, params=params or None, headers=self.headers())

    async def post(self, path: str, body: Any, key: str | None = None) -> httpx2.Response:
        """Under a new key unless one is given."""
        headers = self.headers() | {"Idempotency-Key": key or str(uuid4())}
        return await self.http.post(path, json=body, headers=headers)

    async def post_raw(self, path: str, content: bytes) -> httpx2.Response:
        return await self.http.post(
            path, content=content, headers=self.headers() | {"Idempotency-Key": str(uuid4())}
        )

    async def fact(self, ref: str, fact: str, **said: Any) -> httpx2.Response:
        return await self.post(f"/api/cases/{ref}/facts", {"fact": fact} | said)

    async def recorded(self, ref: str, fact: str, **said: Any) -> dict[str, Any]:
        answer = await self.fact(ref, fact, **said)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def reported(self, **more: Any) -> str:
        """The reference of a new case that is running."""
        answer = await self.post("/api/reports", report(**more))
        assert answer.status_code == 201, answer.text
        return answer.json()["ref"]

    async def tasks(self, **params: Any) -> list[dict[str, Any]]:
        """All pages: what a whole session's tests left owed may be earlier than what is looked for."""
        found: list[dict[str, Any]] = []
        onward: dict[str, str] | None = {}
        while onward is not None:
            answer = await self.get("/api/tasks", limit=200, **params, **onward)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            found += page["tasks"]
            onward = {"cursor": page["next"]} if page["next"] else None
        return found

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


@dataclass(frozen=True)
class Product:
    settings: Settings
    app: FastAPI
    base: str
    http: httpx2.AsyncClient
    records: Store
    """As a worker has it: what a test records without an engine."""
    mailbox: Mailbox | None = None
    public: Caller = field(init=False)
    officer: Caller = field(init=False)
    supervisor: Caller = field(init=False)
    ops: Caller = field(init=False)
    lettings: Caller = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "public", Caller(self.http))
        for role in ("officer", "supervisor", "ops", "lettings"):
            object.__setattr__(self, role, self.as_(role))

    @property
    def resources(self) -> Resources:
        resources: Resources = self.app.state.resources
        return resources

    def as_(self, role: str, name: str | None = None, teams: Sequence[str] = ()) -> Caller:
        return Caller(self.http, issue(self.settings, name or f"{role}-1", role, timedelta(hours=1), teams))


_TLS = create_default_context()
"""Made once, since reading every authority's certificate takes longer than a request."""
_RESTING: dict[Callable[[Settings], FastAPI], list[FastAPI]] = {make_app: [], with_pages: []}
"""Applications that served one test and may serve another: making all routes anew takes longer than most tests."""


@asynccontextmanager
async def serving(
    settings: Settings,
    mailbox: Mailbox | None = None,
    port: int = 0,
    make: Callable[[Settings], FastAPI] = make_app,
) -> AsyncIterator[Product]:
    """The real application behind a real uvicorn on that port, or on a free one, in this loop. One that a test
    changes is for it alone: `make` is then a function of its own.
    """
    resting = [] if settings.temporal_ui_origin else _RESTING.get(make, [])

    def rested(wanted: Settings) -> FastAPI:
        app = resting.pop() if resting else make(wanted)
        app.state.settings = wanted
        return app

    server = ApiServer(settings.model_copy(update={"api_port": port, "graceful_shutdown_seconds": 2}), rested)
    task = asyncio.create_task(server._serve())  # noqa: SLF001 - `serve` would take over the session's signals
    while not server.started:
        await asyncio.sleep(0.005)
    records = working_engine(settings)
    base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        async with httpx2.AsyncClient(base_url=base, timeout=30, verify=_TLS) as http:
            yield Product(settings, server.app, base, http, Store(records, EVERYTHING), mailbox)
    finally:
        server.should_exit = True
        await task
        await records.dispose()
        resting.append(server.app)


def report(**more: Any) -> dict[str, Any]:
    return {
        "channel": "web",
        "words": "Music through the wall every night.",
        "category": "noise",
        "complainant": {"name": "Rowan Example", "email": "rowan@example.org", "prefers": "email"},
    } | more


def assessment(**more: Any) -> dict[str, Any]:
    return {"seriousness": "ordinary", "categories": ["noise"], "limb": "b", "reasons": "As told."} | more


def elsewhere(settings: Settings, **changes: Any) -> Settings:
    """The settings with some of them changed; secrets may be given as plain text."""
    secret = {k: SecretStr(v) if isinstance(getattr(settings, k), SecretStr) else v for k, v in changes.items()}
    return settings.model_copy(update=secret)


def problem(answer: httpx2.Response, status: int, name: str) -> dict[str, Any]:
    """The body of a problem, having looked at what all of them share. (RFC 9457)"""
    assert answer.status_code == status, (answer.status_code, answer.text)
    assert answer.headers["content-type"] == PROBLEM
    body = answer.json()
    assert body["type"] == f"/problems/{name}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert "Traceback" not in answer.text
    return body


async def until(true: Callable[[], Awaitable[Any]], seconds: float = 30) -> Any:
    """What `true` answers, once that is something."""
    async with asyncio.timeout(seconds):
        while not (found := await true()):
            await asyncio.sleep(0.03)
    return found
