"""What runs at the engine, looked at or told something, many at once."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final

from temporalio.client import Client, RPCError
from temporalio.service import RPCStatusCode

_AT_ONCE: Final = 20

Run = tuple[str, str]
"""The id of what runs, and of its run."""
Act = Callable[[Client, Run], Awaitable[None]]


def running(queue: str) -> str:
    """All of it, as Temporal is asked for it."""
    return f"ExecutionStatus = 'Running' AND TaskQueue = {json.dumps(queue)}"


async def tell(client: Client, run: Run, signal: str) -> None:
    """That run, not whatever has taken its place."""
    await client.get_workflow_handle(run[0], run_id=run[1]).signal(signal)


async def each(client: Client, runs: list[Run], act: Act) -> None:
    """What has ended meanwhile is left out."""
    waiting = list(runs)

    async def work() -> None:
        while waiting:
            run = waiting.pop()
            try:
                await act(client, run)
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise

    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
