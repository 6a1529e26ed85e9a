"""What measures count is counted at night: started by its schedule, page after page, as a worker may."""

import asyncio

import pytest
from sqlalchemy import func, select
from temporalio.client import Client

from activities import counting
from runtime.settings import Settings
from store.cases import cases
from store.counted import counted, waiting
from store.sessions import Store
from tests.given import entry, report
from tests.store.erasing import REPORTED, closed_case
from tests.workflows.running import Pigeonholes
from workers.schedules import COUNT, keep_schedules
from workers.worker import make_worker


async def test_the_schedule_has_every_case_counted(
    client: Client,
    settings: Settings,
    store: Store,
    working_store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "CASES_A_PAGE", 1)
    monkeypatch.setattr(counting, "PAGES_AT_ONCE", 2)
    refs = {await closed_case(store, entry(report(REPORTED))) for _ in range(5)}
    await keep_schedules(client, settings)
    async with make_worker(client, settings, working_store, Pigeonholes()):
        await client.get_schedule_handle(COUNT).trigger()
        async with asyncio.timeout(30):
            while await left(store):
                await asyncio.sleep(0.1)
    async with store.reading() as db:
        found = await db.connection.scalars(select(counted.c.case_ref).where(counted.c.measure == "opened"))
        assert set(found) == refs
        assert await db.connection.scalar(select(func.count()).where(cases.c.counted == cases.c.seq)) == len(refs)
    await client.get_schedule_handle(COUNT).delete()


async def left(store: Store) -> list[str]:
    async with store.reading() as db:
        return list(await db.connection.scalars(waiting(1)))
