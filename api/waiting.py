"""Waiting, for a bounded time, until the store has what the engine has accepted."""

import asyncio
from contextlib import suppress
from typing import Final

from store import timeline
from store.notices import Told
from store.sessions import Store

SECONDS: Final = 3.0
_LOOK_ANYWAY_AFTER: Final = 1.0
"""A notice may be lost with its connection, so the store is also asked unbidden."""


async def until_recorded(store: Store, ref: str, seq: int, told: Told, fact_id: str | None = None) -> bool:
    """False when it takes too long: it is safe in the engine and will be recorded. Where a fact is named, another
    one at its place does not answer for it when the store is asked: after a restore the engine may count from less
    than the store has. A notice says only how far it is.
    `told` has listened since before the engine had it, so mostly nobody needs to be asked.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            while told.seq < seq:
                with suppress(TimeoutError):
                    await asyncio.wait_for(told.wait(), _LOOK_ANYWAY_AFTER)
                told.clear()
                if told.seq < seq and await _has(store, ref, seq, fact_id):
                    break
            return True
    return False


async def _has(store: Store, ref: str, seq: int, fact_id: str | None) -> bool:
    async with store.reading() as db:
        return await timeline.reaches(db, ref, seq, fact_id)
