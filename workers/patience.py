"""When a dependency is not there: wait, say so once, and go on when it is."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from sqlalchemy import select

from store.away import StoreAway
from store.sessions import Store
from workers.crew import Crew
from workflows.case_door import CaseDoor

_SECONDS: Final = 1.0
_ANSWERS_WITHIN: Final = 5.0
_MISSES: Final = 2
"""In a row, until a store is away: it may just have been started again."""

log = structlog.get_logger()


async def until_store_answers(store: Store, stopping: asyncio.Event) -> None:
    await _until(lambda: _answers(store), stopping, "store_away")


async def until_engine_answers(door: CaseDoor, stopping: asyncio.Event) -> None:
    await _until(door.reachable, stopping, "engine_away")


async def resting_while_store_is_away(crew: Crew, store: Store, stopping: asyncio.Event) -> None:
    """What is asked for meanwhile waits in its queue: no attempt is made in vain."""
    missed = 0
    while not stopping.is_set():
        await asyncio.sleep(_SECONDS)
        missed = 0 if await _answers(store) else missed + 1
        if missed == _MISSES:
            log.warning("worker_rests")
            await crew.rest()
            await until_store_answers(store, stopping)
            if stopping.is_set():
                return
            crew.resume()
            log.info("worker_resumes")
            missed = 0


async def _until(ready: Callable[[], Awaitable[bool]], stopping: asyncio.Event, event: str) -> None:
    """Or until we are asked to end."""
    said = False
    while not await ready() and not stopping.is_set():
        if not said:
            log.warning(event)
            said = True
        await asyncio.sleep(_SECONDS)


async def _answers(store: Store) -> bool:
    try:
        async with asyncio.timeout(_ANSWERS_WITHIN), store.looking() as db:
            await db.connection.execute(select(1))
    except (StoreAway, TimeoutError):
        return False
    return True
