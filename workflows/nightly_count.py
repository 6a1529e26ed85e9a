"""Each night: counts for measures what was recorded, so that the first report of a day need not."""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.counting import Counting

EVENTS_BEFORE_CONTINUING: Final = 1000

_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)
)


@workflow.defn
class NightlyCount:
    """Safe to run again at any time."""

    @workflow.run
    async def run(self) -> None:
        while await self._counted_some():
            if workflow.info().get_current_history_length() >= EVENTS_BEFORE_CONTINUING:
                workflow.continue_as_new()

    @staticmethod
    async def _counted_some() -> bool:
        return await workflow.execute_activity_method(
            Counting.count_some,
            start_to_close_timeout=timedelta(minutes=10),
            heartbeat_timeout=timedelta(minutes=1),
            retry_policy=_UNTIL_IT_SUCCEEDS,
        )
