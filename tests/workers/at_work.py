"""Cases on a real server and what comes of them, and `casework worker` as a process of its own."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
from temporalio.client import Client

from policy.case_file import CaseFile
from policy.facts import CaseFact
from runtime.embedded.processes import LOOPBACK, Child, free_port, start_child
from runtime.settings import Settings
from store import cases, timeline
from store.sessions import Store
from store.timeline import TimelineEntry
from tests.given import EDITION, empty_file, entry, report
from tests.keys import TEST_KEYS
from workflows.case_door import CaseDoor
from workflows.case_kind import workflow_id

PATIENCE = 60


@dataclass(frozen=True)
class Office:
    client: Client
    settings: Settings
    store: Store

    @property
    def door(self) -> CaseDoor:
        return CaseDoor(self.client, self.settings.task_queue, seconds=PATIENCE)

    async def opened(self, days_ago: int = 0, category: str = "noise") -> str:
        return await self.begin(await self.registered(days_ago), days_ago, category)

    async def registered(self, days_ago: int = 0) -> CaseFile:
        """One that is not begun yet."""
        at = datetime.now(UTC) - timedelta(days=days_ago)
        async with self.store.writing() as db:
            ref = await cases.next_ref(db, at.year)
            return await cases.register(db, ref, EDITION.ref, empty_file(at.date()).closure_days, at)

    async def begin(self, file: CaseFile, days_ago: int = 0, category: str = "noise") -> str:
        now = datetime.now(UTC)
        told = report(now - timedelta(days=days_ago), category)
        await self.door.open(file, entry(told, recorded_at=now))
        return file.ref

    async def told(self, ref: str, fact: CaseFact) -> None:
        """And written down."""
        receipt = await self.door.record(ref, entry(fact))
        await until(lambda: self._reaches(ref, receipt.seq))

    async def entries(self, ref: str) -> list[TimelineEntry]:
        async with self.store.reading() as db:
            return await timeline.entries_of(db, ref)

    async def has(self, ref: str, fact: str) -> bool:
        return fact in [one.fact for one in await self.entries(ref)]

    async def attempts(self, ref: str) -> set[int]:
        """How often whatever its case has had done was begun."""
        history = await self.client.get_workflow_handle(workflow_id(ref)).fetch_history()
        begun = [event.activity_task_started_event_attributes for event in history.events]
        return {one.attempt for one in begun if one.attempt}

    async def _reaches(self, ref: str, seq: int) -> bool:
        return len(await self.entries(ref)) >= seq


async def until(so: Callable[[], Awaitable[bool]], seconds: float = PATIENCE) -> None:
    async with asyncio.timeout(seconds):
        while not await so():
            await asyncio.sleep(0.02)


@dataclass(frozen=True)
class Process:
    child: Child
    port: int

    async def ready(self) -> int | None:
        """The status of its door; none while it has none."""
        try:
            return (await self.told("/health/ready")).status_code
        except httpx2.TransportError:
            return None

    async def told(self, path: str) -> httpx2.Response:
        async with httpx2.AsyncClient() as http:
            return await http.get(f"http://{LOOPBACK}:{self.port}{path}")

    async def until_ready(self, status: int = 200) -> None:
        async def so() -> bool:
            assert self.child.running, self.child.last_words()
            return await self.ready() == status

        await until(so)


def begun(settings: Settings, folder: Path, *options: str, program: str = "worker", **more: str) -> Process:
    """With nothing but its settings in the environment."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "CASEWORK_DATABASE_URL": (settings.worker_database_url or settings.database_url).get_secret_value(),
        "CASEWORK_TEMPORAL_ADDRESS": settings.temporal_address,
        "CASEWORK_TASK_QUEUE": settings.task_queue,
        "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
        "CASEWORK_EVIDENCE_URL": settings.evidence_url,
        "CASEWORK_WORKER_HEALTH_PORT": str(port),
        "CASEWORK_SMTP_PORT": str(settings.smtp_port),
        **{f"CASEWORK_{name.upper()}": value for name, value in more.items()},
    }
    command = [sys.executable, "-m", "cli.main", program, *options]
    return Process(start_child(program, command, log=folder / f"{program}.log", environment=environment), port)
