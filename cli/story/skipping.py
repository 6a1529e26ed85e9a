"""The virtual clock of a time-skipping server, moved on by hand."""

import asyncio
from datetime import timedelta
from typing import Final

from temporalio.api.testservice.v1 import LockTimeSkippingRequest, SleepRequest, UnlockTimeSkippingRequest
from temporalio.testing import WorkflowEnvironment

_FORGOTTEN: Final = 2.0
"""Seconds after which a skip, with nothing left to do, will not end by itself."""
_GOES_BY: Final = timedelta(minutes=1)
"""More than goes by while somebody waits."""
_HELD_UP: Final = 0.2
"""Seconds after which a skip waits for work that nobody will do."""


async def skip(server: WorkflowEnvironment, step: timedelta, patience: float) -> None:
    """With more patience, in seconds, than other calls have: on a busy machine a day of a case takes its time."""
    request = SleepRequest()
    request.duration.FromTimedelta(step)
    await server.client.test_service.unlock_time_skipping_with_sleep(request, timeout=timedelta(seconds=patience))


async def forgotten(server: WorkflowEnvironment, skipping: "asyncio.Future[None]", *, over: bool) -> bool:
    """Whether the server has forgotten to let time go on: when what a case began ends after the case is `over`, at
    the same moment, and now and then when a run ends of a case that goes on. It is known by nothing having moved.
    """
    moment = await server.get_current_time()
    ended, _ = await asyncio.wait({skipping}, timeout=_FORGOTTEN if over else 2 * _FORGOTTEN)
    if over or ended:
        return not ended
    return await server.get_current_time() < moment + _GOES_BY


async def unhindered(server: WorkflowEnvironment, skipping: "asyncio.Future[None]") -> None:
    """The server stands still while work waits for a worker; where there is none it is made to go on."""
    service = server.client.test_service
    unlocked = 0
    while not (await asyncio.wait({skipping}, timeout=_HELD_UP))[0]:
        await service.unlock_time_skipping(UnlockTimeSkippingRequest())
        unlocked += 1
    for _ in range(unlocked):
        await service.lock_time_skipping(LockTimeSkippingRequest())
