"""What the engine answers for something that may only just be starting."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from api.problems import being_started
from api.resources import Resources
from api.waiting import until_recorded
from policy.file import File
from workflows.door import CaseNotRunning

T = TypeVar("T")


async def once_started(
    needs: Resources, file: Callable[[], Awaitable[File]], called: str, ask: Callable[[], Awaitable[T]]
) -> T:
    """Looks at the `file` only where nothing runs, waits where the store knows no more than its reference, and
    asks again. Raises CaseNotRunning, the problem that it is being started, and what `file` does.
    """
    try:
        return await ask()
    except CaseNotRunning:
        kept = await file()
    if not kept.seq:
        with needs.notices.about(kept.ref) as told:
            if not await until_recorded(needs.everything, kept.ref, 1, told):
                raise being_started(called)
    return await ask()
