"""An attempt that says every few seconds that it goes on: one whose beginning got lost on its way, or whose worker
died, is repeated after a minute, however long the work may take.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from temporalio import activity

_BEAT_SECONDS: Final = 5.0

Given = ParamSpec("Given")
Result = TypeVar("Result")


def beating(work: Callable[Given, Awaitable[Result]]) -> Callable[Given, Awaitable[Result]]:
    """Below `activity.defn`. Whoever schedules it gives it a `heartbeat_timeout`."""

    @wraps(work)
    async def attempt(*given: Given.args, **named: Given.kwargs) -> Result:
        beats = asyncio.create_task(_beat())
        try:
            return await work(*given, **named)
        finally:
            beats.cancel()

    return attempt


async def _beat() -> None:
    while activity.in_activity():
        await asyncio.sleep(_BEAT_SECONDS)
        activity.heartbeat()
