"""A simulation of a proposed edition, made in the background. (policy-simulation)"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

from activities.trying_editions import Simulator, Trying

PREFIX: Final = "simulation/"
_GIVEN_UP_AFTER: Final = timedelta(hours=12)
"""What has not been made by then will not be."""
_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5)
)


@workflow.defn
class SimulationWorkflow:
    """One a simulation. It ends when that has been made, or is said to have failed."""

    @workflow.init
    def __init__(self, trying: Trying) -> None:
        self.trying = trying

    def file(self) -> Trying:
        """What it is about."""
        return self.trying

    @workflow.run
    async def run(self, trying: Trying) -> None:
        try:
            await workflow.execute_activity_method(
                Simulator.simulate,
                trying,
                schedule_to_close_timeout=_GIVEN_UP_AFTER,
                heartbeat_timeout=timedelta(minutes=1),
                retry_policy=_UNTIL_IT_SUCCEEDS,
            )
        except ActivityError:
            await workflow.execute_activity_method(
                Simulator.give_up_simulating,
                trying,
                start_to_close_timeout=timedelta(minutes=1),
                retry_policy=_UNTIL_IT_SUCCEEDS,
            )
