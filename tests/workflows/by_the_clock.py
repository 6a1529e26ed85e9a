"""What was started by the clock, on an engine of its own, and reports as they were kept."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from temporalio.client import Client

from policy.reports.kinds import ReportKind
from policy.working_days import LONDON
from runtime.embedded.temporal_server import TemporalOptions, TemporalServer, start_temporal
from runtime.settings import Settings
from runtime.temporal import SEARCH_ATTRIBUTES, connect
from store import made_reports
from store.sessions import Store
from tests.workflows.running import Pigeonholes
from workers.worker import make_worker
from workflows.scheduled_report import PLANNED_FOR, SCHEDULE

DAY = timedelta(days=1)
A_YEAR_AT_ONCE: Final = 100
"""No night waits for another, so that a year of them does not take long."""
_DURABLE: Final = TemporalOptions(search_attributes=SEARCH_ATTRIBUTES, with_ui=False)


@dataclass
class Engine:
    """It can be killed, and started again on the same file."""

    folder: Path
    settings: Settings
    server: TemporalServer

    async def client(self) -> Client:
        return await connect(self.settings, lazy=False)

    def kill(self) -> None:
        self.server.child.process.kill()
        self.server.child.process.wait()

    async def begin_again(self) -> None:
        """On the same port, with what stood in its file."""
        self.server = await start_temporal(self.folder, _DURABLE)

    @asynccontextmanager
    async def working(self, store: Store) -> AsyncIterator[Client]:
        client = await self.client()
        async with make_worker(client, self.settings, store, Pigeonholes()):
            yield client


@asynccontextmanager
async def engine_of_its_own(folder: Path, settings: Settings, *, in_memory: bool = False) -> AsyncIterator[Engine]:
    server = await start_temporal(folder, replace(_DURABLE, in_memory=in_memory))
    wanted = {"temporal_address": server.target, "bulk_at_once": A_YEAR_AT_ONCE}
    engine = Engine(folder, settings.model_copy(update=wanted), server)
    try:
        yield engine
    finally:
        await engine.server.stop()


async def planned_for(client: Client, schedule: str) -> list[datetime]:
    """The moments, in London, for which a schedule's runs were planned that have come to their end."""
    runs = {one.run_id: one async for one in client.list_workflows(_done(schedule))}  # pages may tell one twice
    return sorted(one.typed_search_attributes[PLANNED_FOR].astimezone(LONDON) for one in runs.values())


def _done(schedule: str) -> str:
    return f"{SCHEDULE.name} = '{schedule}' AND ExecutionStatus = 'Completed'"


async def until_planned(client: Client, schedule: str, number: int, seconds: float = 120) -> list[datetime]:
    """Once so many have ended, and the engine has had the time to start more than it should."""
    async with asyncio.timeout(seconds):
        while (await client.count_workflows(_done(schedule))).count < number:
            await asyncio.sleep(0.5)
    await asyncio.sleep(1)
    return await planned_for(client, schedule)


class Kept(NamedTuple):
    """A report that was made; `figures` by measure, of everything."""

    first: date
    last: date
    figures: Mapping[str, float | None]


async def made(store: Store, kind: str) -> list[Kept]:
    """The earliest first."""
    async with store.reading() as db:
        lines = await made_reports.page(db, 1000, kind=ReportKind(kind))
        found = [(one, told) for one in lines if (told := await made_reports.report_of(db, one.id))]
    kept = [
        Kept(one.first, one.last, {table.measure: table.whole.figure.value for table in told.tables})
        for one, told in found
    ]
    return sorted(kept, key=lambda one: one.first)
