"""A worker that cannot reach the store takes no work until it can."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy import NullPool
from sqlalchemy.ext.asyncio import create_async_engine
from temporalio.client import Client

from cli.migrate import make_roles, migrate_database
from runtime.embedded.postgres import PostgresServer, start_postgres
from runtime.embedded.processes import LOOPBACK, free_port
from runtime.settings import Settings
from store.sessions import EVERYTHING, Store
from tests.conftest import as_worker
from tests.gateways.mail_servers import Postbox, behaving
from tests.given import contact, entry
from tests.workers.at_work import Office, Process, begun, until
from workflows.case_kind import workflow_id

LONGER_THAN_ITS_PAUSES = timedelta(seconds=6)
"""A batch of facts that could not be written is tried again after 1, 2 and 4 seconds."""

DAYS_AGO = 30
"""Longer than first contact may take."""


@pytest_asyncio.fixture(loop_scope="session")
async def away(client: Client, settings: Settings, tmp_path: Path) -> AsyncIterator[tuple[Office, PostgresServer]]:
    """An office whose PostgreSQL is its own."""
    server = await start_postgres(tmp_path / "postgres", durable=False)
    await server.create_database("own")
    owner = server.url("own")
    worker = as_worker(owner)
    await make_roles(owner, worker)
    await asyncio.to_thread(migrate_database, owner)
    engine = create_async_engine(worker, poolclass=NullPool)
    own = settings.model_copy(update={"worker_database_url": SecretStr(worker)})
    yield Office(client, own, Store(engine, EVERYTHING)), server
    await engine.dispose()
    await server.stop()


async def test_while_the_store_is_away_nothing_is_tried_and_afterwards_all_is_done(
    away: tuple[Office, PostgresServer], tmp_path: Path
) -> None:
    office, server = away
    postbox = Postbox()
    async with behaving(postbox) as port:
        worker = begun(office.settings.model_copy(update={"smtp_port": port}), tmp_path)
        await worker.until_ready()
        await until(lambda: _is_looking_for_cases(worker))
        ref = await office.opened()
        await until(lambda: office.has(ref, "letter_sent"))
        later = await office.registered(DAYS_AGO)

        await server.stop()
        held = entry(contact(datetime.now(UTC)))
        await office.door.record(ref, held)
        await worker.until_ready(503)
        await until(lambda: _rests(worker))
        attempts = await _attempt(office, ref)
        await office.begin(later, DAYS_AGO)
        await asyncio.sleep(LONGER_THAN_ITS_PAUSES.total_seconds())
        assert await _attempt(office, ref) == attempts, "it was tried while it could not work"
        assert worker.child.running
        assert await _looking_for_cases(worker) == 0

        back = datetime.now(UTC)
        again = await start_postgres(tmp_path / "postgres", durable=False)
        try:
            assert again.port == server.port
            await worker.until_ready()
            await until(lambda: office.has(ref, "contact_made"))
            await until(lambda: office.has(later.ref, "letter_sent"))
            missed = [one for one in await office.entries(later.ref) if one.fact == "deadline_missed"]
            assert missed
            assert all(one.at < back < one.recorded_at for one in missed), "as due then, and as learnt now"
            assert await office.attempts(later.ref) == {1}
            assert [one.fact for one in await office.entries(ref)].count("contact_made") == 1
            await worker.child.stop()
        finally:
            await again.stop()
    assert worker.child.process.returncode == 0
    assert len(postbox.taken) == 2
    said = worker.child.said()
    assert (said.count("worker_rests"), said.count("worker_resumes"), said.count("store_away")) == (1, 1, 1)


async def _rests(worker: Process) -> bool:
    return "store_away" in worker.child.said()


async def _looking_for_cases(worker: Process) -> float:
    """As monitoring is told it: how often it asks for work at this moment."""
    told = (await worker.told("/metrics")).text
    asking = re.findall(r'^temporal_num_pollers\{.*poller_type="workflow_task".*\} (\S+)$', told, re.MULTILINE)
    return sum(map(float, asking))


async def _is_looking_for_cases(worker: Process) -> bool:
    return await _looking_for_cases(worker) > 0


async def _attempt(office: Office, ref: str) -> int:
    """Of the batch that is to be written; from 1."""
    described = await office.client.get_workflow_handle(workflow_id(ref)).describe()
    (waiting,) = described.raw_description.pending_activities
    return waiting.attempt


async def test_who_waits_for_the_store_at_the_start_may_be_stopped(settings: Settings, tmp_path: Path) -> None:
    nowhere = f"postgresql+asyncpg://casework_worker:none@{LOOPBACK}:{free_port()}/none"
    worker = begun(settings.model_copy(update={"worker_database_url": SecretStr(nowhere)}), tmp_path)
    await until(lambda: _rests(worker))
    assert await worker.ready() == 503
    worker.child.process.terminate()
    assert await worker.child.ended(within=30)
    assert worker.child.process.returncode == 0, worker.child.said()
