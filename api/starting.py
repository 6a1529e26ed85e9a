"""What the engine answers for something that may only just be starting."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from api.problems import being_started
from api.resources import Resources
from api.waiting import until_recorded
from workflows.door import CaseNotRunning

T = TypeVar("T")


async def once_started(needs: Resources, ref: str, seq: int, called: str, ask: Callable[[], Awaitable[T]]) -> T:
    """Asks again, once, where the store knew only its reference: `seq` is from before. Raises CaseNotRunning, and
    the problem that it is being started.
    """
    try:
        return await ask()
    except CaseNotRunning:
        if seq:
            raise
    with needs.notices.about(ref) as told:
        if not await until_recorded(needs.store, ref, 1, told):
            raise being_started(called)
    return await ask()
