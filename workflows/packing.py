"""A pack, made in the background. (case-pack)"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

from activities.packing import Packer, Packing

PREFIX: Final = "pack/"
_GIVEN_UP_AFTER: Final = timedelta(hours=6)
"""What has not been made by then will not be."""
_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5)
)


@workflow.defn
class PackingWorkflow:
    """One a pack. It ends when the pack has been made, or is said to have failed: asked for anew it is another."""

    @workflow.init
    def __init__(self, packing: Packing) -> None:
        self.packing = packing

    def file(self) -> Packing:
        """What it is about."""
        return self.packing

    @workflow.run
    async def run(self, packing: Packing) -> None:
        try:
            await workflow.execute_activity_method(
                Packer.make,
                packing,
                schedule_to_close_timeout=_GIVEN_UP_AFTER,
                start_to_close_timeout=timedelta(minutes=30),
                heartbeat_timeout=timedelta(minutes=1),
                retry_policy=_UNTIL_IT_SUCCEEDS,
            )
        except ActivityError:
            await workflow.execute_activity_method(
                Packer.give_up,
                packing,
                start_to_close_timeout=timedelta(minutes=1),
                retry_policy=_UNTIL_IT_SUCCEEDS,
            )
