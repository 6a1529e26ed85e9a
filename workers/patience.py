"""When a dependency is not there: wait, say so once, and go on when it is."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from runtime.revisions import revisions
from store.release import StoreIs, how_is
from store.sessions import Store
from workers.crew import Crew
from workflows.case_door import CaseDoor

_SECONDS: Final = 1.0
_ANSWERS_WITHIN: Final = 5.0
_BEHIND: Final = f"store_{StoreIs.BEHIND}"
_MISSES: Final = 2
"""In a row, until a store is away: it may just have been started again."""

log = structlog.get_logger()


async def until_store_answers(store: Store, stopping: asyncio.Event) -> None:
    """With the tables of this release or a newer one."""
    await _until(lambda said: _wanting(store, quietly=said == _BEHIND), stopping)


async def until_engine_answers(door: CaseDoor, stopping: asyncio.Event) -> None:
    async def wanting(_: object) -> str | None:
        return None if await door.reachable() else "engine_away"

    await _until(wanting, stopping)


async def resting_while_store_is_away(crew: Crew, store: Store, door: CaseDoor, stopping: asyncio.Event) -> None:
    """What is asked for meanwhile waits in its queue: no attempt is made in vain."""
    missed = 0
    while not stopping.is_set():
        await asyncio.sleep(_SECONDS)
        missed = missed + 1 if await _wanting(store, quietly=True) else 0
        if missed == _MISSES:
            log.warning("worker_rests")
            crew.rest()
            await until_store_answers(store, stopping)
            await until_engine_answers(door, stopping)
            if stopping.is_set():
                return
            crew.resume()
            log.info("worker_resumes")
            missed = 0


async def _until(wanting: Callable[[str | None], Awaitable[str | None]], stopping: asyncio.Event) -> None:
    """Or until we are asked to end. What is `wanting`, which is told what was said last, is said once."""
    said = None
    while (event := await wanting(said)) and not stopping.is_set():
        if event != said:
            log.warning(event)
            said = event
        await asyncio.sleep(_SECONDS)


async def _wanting(store: Store, *, quietly: bool) -> str | None:
    try:
        async with asyncio.timeout(_ANSWERS_WITHIN):
            found = await how_is(store, revisions(), quietly=quietly)
    except TimeoutError:
        found = StoreIs.AWAY
    return None if found is StoreIs.HERE else f"store_{found}"
