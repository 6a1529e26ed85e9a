"""policy-simulation: a simulation that is being made outlives a PostgreSQL that is away for a moment."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio
from sqlalchemy import NullPool
from sqlalchemy.ext.asyncio import create_async_engine
from temporalio.testing import ActivityEnvironment

from activities.trying_editions import Simulator, Trying
from runtime.database import dsn
from store import simulations
from store.sessions import EVERYTHING, Store
from store.simulations import SimulationState
from tests.store.test_simulations_kept import asked, state

WAITS_TO_KEEP_IT = "SELECT pid FROM pg_locks WHERE relation = 'retention'::regclass AND NOT granted"


@pytest_asyncio.fixture(loop_scope="session")
async def owner(database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn(database))
    yield connection
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def simulator(worker_url: str) -> AsyncIterator[Simulator]:
    """It connects anew for whatever it does."""
    engine = create_async_engine(worker_url, poolclass=NullPool)
    yield Simulator(Store(engine, EVERYTHING), 1, beat_seconds=0.1)
    await engine.dispose()


async def serves(owner: asyncpg.Connection, number: int) -> None:
    name = await owner.fetchval("SELECT current_database()")
    await owner.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT {number}')


async def test_the_engine_goes_on_hearing_of_it(
    store: Store, owner: asyncpg.Connection, simulator: Simulator
) -> None:
    """It waits for another to be made, and nobody may connect meanwhile."""
    id_, environment, heard = await asked(store), ActivityEnvironment(), asyncio.Semaphore(0)
    environment.on_heartbeat = lambda *_: heard.release()
    await serves(owner, 0)
    async with simulator.alone:
        making = asyncio.create_task(environment.run(simulator.simulate, Trying(id=id_)))
        async with asyncio.timeout(30):
            for _ in range(3):
                await heard.acquire()
        await serves(owner, -1)
    await making
    assert await state(store, id_) == (SimulationState.MADE, 100)


async def test_what_was_found_is_kept_a_moment_later(
    store: Store, owner: asyncpg.Connection, simulator: Simulator
) -> None:
    """The connection ends while it waits to be kept."""
    id_ = await asked(store)
    async with owner.transaction():
        await owner.execute("SELECT decide_alone()")
        making = asyncio.create_task(ActivityEnvironment().run(simulator.simulate, Trying(id=id_)))
        async with asyncio.timeout(60):
            while (waiting := await owner.fetchval(WAITS_TO_KEEP_IT)) is None:
                await asyncio.sleep(0.1)
        await owner.execute("SELECT pg_terminate_backend($1)", waiting)
    await making
    assert await state(store, id_) == (SimulationState.MADE, 100)
    async with store.reading() as db:
        assert await simulations.account_of(db, id_) is not None
