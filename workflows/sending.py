"""What goes out to people outside: tried with patience, taken back where it has not begun to go."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final, TypeVar

from temporalio import workflow
from temporalio.common import Priority, RetryPolicy

P = TypeVar("P")
R = TypeVar("R")

BEFORE_OTHERS: Final = Priority(priority_key=1)
"""Where more waits than can be sent; 3 is that of everything else."""
_PATIENTLY: Final = RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=5))


def sent(
    by: Callable[[Any, P], Awaitable[R]], what: P, summary: str, priority: Priority = Priority.default
) -> Awaitable[R]:
    """What came of it. Taken back, it raises ActivityError unless it was going already."""
    return workflow.start_activity_method(
        by,
        what,
        start_to_close_timeout=timedelta(minutes=2),
        retry_policy=_PATIENTLY,
        cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        summary=summary,
        priority=priority,
    )
