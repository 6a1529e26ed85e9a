"""Waiting, for a bounded time, until the store has what the engine has accepted."""

import asyncio
from typing import Final

from api.resources import Resources
from store import cases

SECONDS: Final = 3.0
_LOOK_ANYWAY_AFTER: Final = 1.0
"""A notice may be lost with its connection, so the store is also asked unbidden."""


async def until_recorded(needs: Resources, ref: str, seq: int) -> bool:
    """False when it takes too long: it is safe in the engine and will be recorded."""
    with needs.notices.about(ref) as told:
        try:
            async with asyncio.timeout(SECONDS):
                while not await _has(needs, ref, seq):
                    try:
                        await asyncio.wait_for(told.wait(), _LOOK_ANYWAY_AFTER)
                    except TimeoutError:
                        continue
                    finally:
                        told.clear()
        except TimeoutError:
            return False
    return True


async def _has(needs: Resources, ref: str, seq: int) -> bool:
    async with needs.store.reading() as db:
        return (await cases.head_of(db, ref))[0] >= seq
