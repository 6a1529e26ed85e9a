"""Another key while cases are running, 200 of them in all: nothing is lost, refused or left under the old one."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest_asyncio
from pydantic import SecretStr
from rich.progress import Progress
from temporalio.client import Client

from cli.refresh import refresh
from runtime.embedded.temporal_server import TemporalOptions, start_temporal
from runtime.encryption import keys_in
from runtime.settings import Settings
from runtime.temporal import SEARCH_ATTRIBUTES, connect
from store import timeline
from store.sessions import Store
from tests.api.product import Product, serving
from tests.keys import keys
from tests.scale import some
from tests.workflows.running import Pigeonholes
from workers.schedules import SELF_AUDIT, keep_schedules
from workers.worker import make_worker
from workflows.nightly_audit import NightlyAudit

CASES = some(60, in_all=200)
AT_ONCE = 10
AGAIN = {503, 504}
BY_PHONE = {"name": "Rowan Example", "phone": "01632 960001"}
CONTACT = {"fact": "contact_made", "means": "phone", "words": "Spoke."}


@dataclass
class Deployed:
    """What runs now: one worker and one API. A deploy starts the new beside the old and then ends the old."""

    settings: Settings
    store: Store
    product: Product | None = None
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    def under(self, *ids: str, active: str) -> Settings:
        update = {"encryption_keys": SecretStr(keys(*ids)), "encryption_key": active}
        return self.settings.model_copy(update=update)

    async def deploy(self, *ids: str, active: str) -> Settings:
        settings, old, self.stack = self.under(*ids, active=active), self.stack, AsyncExitStack()
        client = await connect(settings, lazy=False)
        await self.stack.enter_async_context(make_worker(client, settings, self.store, Pigeonholes()))
        self.product = await self.stack.enter_async_context(serving(settings))
        await old.aclose()
        return settings


@dataclass
class Recording:
    """Officers who record facts all the while, and ask again with the same key where they are told to."""

    deployed: Deployed
    refs: list[str]
    told: Counter[int] = field(default_factory=Counter)
    keys: dict[str, str] = field(default_factory=dict)
    ending: bool = False

    async def record(self, ref: str) -> None:
        key = str(uuid4())
        for _ in range(60):
            assert self.deployed.product is not None
            try:
                answer = await self.deployed.product.officer.post(f"/api/cases/{ref}/facts", CONTACT, key)
            except (httpx2.TransportError, RuntimeError):  # the API is going, or has gone
                await asyncio.sleep(0.1)
                continue
            self.told[answer.status_code] += 1
            if answer.status_code not in AGAIN:
                assert answer.status_code in {201, 202}, answer.text
                self.keys[key] = ref
                return
            await asyncio.sleep(0.2)
        raise AssertionError(f"{ref} takes nothing")

    async def live(self, ref: str) -> int:
        """What a live look is answered, asked again while it is told to ask again."""
        assert self.deployed.product is not None
        for _ in range(5):
            answer = await self.deployed.product.officer.get(f"/api/cases/{ref}/live")
            if answer.status_code not in AGAIN:
                break
        return answer.status_code

    async def goes_on(self, place: int) -> None:
        while not self.ending:
            for ref in self.refs[place::AT_ONCE]:
                await self.record(ref)
                if self.ending:
                    return

    @asynccontextmanager
    async def all_the_while(self) -> AsyncIterator[None]:
        officers = [asyncio.create_task(self.goes_on(place)) for place in range(AT_ONCE)]
        try:
            yield
        finally:
            self.ending = True
            await asyncio.gather(*officers)


async def keys_held(client: Client, queue: str) -> Counter[str]:
    """How many open runs hold something under each key."""
    held = Counter[str]()
    async for run in client.list_workflows(f"ExecutionStatus = 'Running' AND TaskQueue = '{queue}'"):
        handle = client.get_workflow_handle(run.id, run_id=run.run_id)
        held.update({key async for event in handle.fetch_history_events() for key in keys_in(event)})
    return held


async def opened(product: Product) -> list[str]:
    refs = list[str]()

    async def open_some() -> None:
        for _ in range(CASES // AT_ONCE):
            refs.append(await product.officer.reported(complainant=BY_PHONE))

    await asyncio.gather(*(open_some() for _ in range(AT_ONCE)))
    return refs


@pytest_asyncio.fixture(loop_scope="session")
async def alone(settings: Settings, tmp_path: Path) -> AsyncIterator[Settings]:
    """With an engine of its own, which has a schedule."""
    options = TemporalOptions(search_attributes=SEARCH_ATTRIBUTES, in_memory=True, with_ui=False)
    server = await start_temporal(tmp_path / "temporal", options)
    yield settings.model_copy(update={"temporal_address": server.target, "graceful_shutdown_seconds": 5})
    await server.stop()


async def a_night(client: Client) -> None:
    """Started by the schedule, which gives each night what the night before came to."""
    before = {run.id async for run in client.list_workflows(f"WorkflowType = '{NightlyAudit.__name__}'")}
    await client.get_schedule_handle(SELF_AUDIT).trigger()
    query = f"WorkflowType = '{NightlyAudit.__name__}' AND ExecutionStatus = 'Completed'"
    async with asyncio.timeout(30):
        while not {run.id async for run in client.list_workflows(query)} - before:
            await asyncio.sleep(0.1)


async def test_a_key_is_changed_while_cases_are_running(alone: Settings, store: Store) -> None:
    settings, deployed = alone, Deployed(alone, store)
    plain = await Client.connect(settings.temporal_address)
    first = await deployed.deploy("k1", active="k1")
    await keep_schedules(await connect(first, lazy=False), first)
    await a_night(plain)
    try:
        assert deployed.product is not None
        refs = await opened(deployed.product)
        recording = Recording(deployed, refs)
        assert (await keys_held(plain, settings.task_queue)).keys() == {"k1"}
        async with recording.all_the_while():
            await deployed.deploy("k1", "k2", active="k1")
            wanted = await deployed.deploy("k1", "k2", active="k2")
            with Progress(disable=True) as progress:
                done = await refresh(wanted, progress, 40)
            assert (done.running, done.behind) == (CASES, [])
            await deployed.deploy("k2", active="k2")
        assert await keys_held(plain, settings.task_queue) == {"k2": CASES}
        assert recording.told.keys() <= {201, 202} | AGAIN
        for ref in refs:
            assert await recording.live(ref) == 200
        await asyncio.gather(*(recording.record(ref) for ref in refs[:50]))
        await all_written(store, recording.keys)
        await a_night(plain)
        with Progress(disable=True) as progress:
            again = await refresh(deployed.under("k2", active="k2"), progress, 0)
        assert (again.running, again.nudged) == (CASES, set())
    finally:
        await deployed.stack.aclose()


async def all_written(store: Store, told: dict[str, str]) -> None:
    """Each fact that somebody was told is kept, once, on its case."""
    async with asyncio.timeout(60):
        while True:
            async with store.reading() as db:
                found = await db.connection.execute(timeline.timeline.select())
                kept = [(row.fact_id, row.case_ref) for row in found if row.fact_id in told]
            if len(kept) == len(told):
                break
            await asyncio.sleep(0.2)
    assert dict(kept) == told
