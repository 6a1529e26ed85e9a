"""A report, made in the background. (reports, section 7)"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

from activities.reporting import Reporter, ReportWanted

PREFIX: Final = "report/"
_GIVEN_UP_AFTER: Final = timedelta(hours=6)
_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5)
)


@workflow.defn
class ReportWorkflow:
    """One a report."""

    @workflow.run
    async def run(self, wanted: ReportWanted | None = None) -> None:
        if wanted is None:
            return
        try:
            for step in (Reporter.ask, Reporter.make, Reporter.send):
                await workflow.execute_activity_method(
                    step,
                    wanted,
                    schedule_to_close_timeout=_GIVEN_UP_AFTER,
                    start_to_close_timeout=timedelta(minutes=30),
                    retry_policy=_UNTIL_IT_SUCCEEDS,
                )
        except ActivityError:
            await workflow.execute_activity_method(
                Reporter.give_up,
                wanted,
                start_to_close_timeout=timedelta(minutes=1),
                retry_policy=_UNTIL_IT_SUCCEEDS,
            )
