"""A pack, made in the background. (case-pack)"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.packing import Packer
from policy.frozen import Frozen

PREFIX: Final = "pack"
_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5)
)


class Packing(Frozen):
    """Which pack. What it says is in PostgreSQL alone."""

    id: str


@workflow.defn
class PackingWorkflow:
    """One a pack. It ends when the pack has been made or cannot be."""

    @workflow.run
    async def run(self, packing: Packing) -> None:
        await workflow.execute_activity_method(
            Packer.make,
            packing.id,
            start_to_close_timeout=timedelta(minutes=30),
            heartbeat_timeout=timedelta(minutes=1),
            retry_policy=_UNTIL_IT_SUCCEEDS,
        )
