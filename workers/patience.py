"""Starting when a dependency is not there yet: wait, say so, try again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from sqlalchemy import select

from store.away import StoreAway
from store.sessions import Store
from workflows.case_door import CaseDoor

_SECONDS: Final = 1.0

log = structlog.get_logger()


async def until_store_answers(store: Store) -> None:
    await _until(lambda: _answers(store), "store_away")


async def until_engine_answers(door: CaseDoor) -> None:
    await _until(door.reachable, "engine_away")


async def _until(ready: Callable[[], Awaitable[bool]], event: str) -> None:
    while not await ready():
        log.warning(event, retry_seconds=_SECONDS)
        await asyncio.sleep(_SECONDS)


async def _answers(store: Store) -> bool:
    try:
        async with store.reading() as db:
            await db.connection.execute(select(1))
    except StoreAway:
        return False
    return True
