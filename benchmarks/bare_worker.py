"""The worker of the bare workflows, tuned like the product's: `python -m benchmarks.bare_worker`."""

import asyncio
import os
import signal
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
from temporalio import activity
from temporalio.client import Client
from temporalio.service import GrpcCompression
from temporalio.worker import PollerBehaviorAutoscaling, Worker

from benchmarks.bare import Bare, Late, MinimalRecorder, Row

QUEUE = "bare"
TABLE = "CREATE TABLE minimal_record (case_id text, seq integer, words text, PRIMARY KEY (case_id, seq))"
_INSERT = "INSERT INTO minimal_record VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"


@dataclass(frozen=True)
class Rows:
    pool: "asyncpg.Pool[asyncpg.Record]"

    @activity.defn(name="write_row")
    async def write(self, row: Row) -> None:
        await self.pool.execute(_INSERT, row.case_id, row.seq, row.words)


async def bare_client(address: str) -> Client:
    return await Client.connect(address, grpc_compression=GrpcCompression.NONE)


async def work(address: str, database: str) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    polling = PollerBehaviorAutoscaling(minimum=1, initial=5, maximum=50)
    async with (
        asyncpg.create_pool(database, min_size=20, max_size=20) as pool,
        Worker(
            await bare_client(address),
            task_queue=QUEUE,
            workflows=[Bare, Late, MinimalRecorder],
            activities=[Rows(pool).write],
            max_cached_workflows=20_000,
            workflow_task_poller_behavior=polling,
            activity_task_poller_behavior=polling,
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=2),
        ),
    ):
        await stopping.wait()


if __name__ == "__main__":
    asyncio.run(work(os.environ["BARE_TEMPORAL"], os.environ["BARE_DATABASE"]))
