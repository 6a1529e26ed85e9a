"""Facts on their way from a workflow into the store."""

from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any, Final

from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.register import Batch, BesideBatch, Register
from policy.facts.base import Recorded
from policy.rulebook import Rulebook

_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=10)
)
_AT_MOST: Final = timedelta(seconds=30)


def entered(batch: Batch) -> Awaitable[int]:
    return workflow.start_activity_method(
        Register.enter, batch, start_to_close_timeout=_AT_MOST, retry_policy=_UNTIL_IT_SUCCEEDS
    )


def entered_beside(
    rulebook: Rulebook[Any, Any], ref: str, first: int, entries: Sequence[Recorded[Any]]
) -> Awaitable[int]:
    raw = tuple(entry.model_dump(mode="json") for entry in entries)
    return workflow.start_activity_method(
        Register.enter_beside,
        BesideBatch(kind=rulebook.name, ref=ref, first=first, entries=raw),
        start_to_close_timeout=_AT_MOST,
        retry_policy=_UNTIL_IT_SUCCEEDS,
    )
