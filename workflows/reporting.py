"""A report, made in the background and told to its readers. (reports)"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

from activities.reporting import Reporter, ReportWanted

PREFIX: Final = "report/"
_GIVEN_UP_AFTER: Final = timedelta(hours=12)
"""What has not been made by then will not be."""
_NOT_TOLD_AFTER: Final = timedelta(days=2)
"""Whom the mail server has not taken a word for by then is not told."""
_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5)
)


@workflow.defn
class ReportWorkflow:
    """One a report. It ends when the report has been made and told, or is said to have failed: made anew it is
    another.
    """

    @workflow.init
    def __init__(self, wanted: ReportWanted | None = None) -> None:
        self.wanted = wanted

    def file(self) -> ReportWanted | None:
        """What it is about."""
        return self.wanted

    @workflow.run
    async def run(self, wanted: ReportWanted | None = None) -> bool:
        """Whether it was made."""
        if wanted is None:
            return False
        await workflow.execute_activity_method(
            Reporter.ask,
            wanted,
            start_to_close_timeout=timedelta(minutes=1),
            retry_policy=_UNTIL_IT_SUCCEEDS,
        )
        try:
            await workflow.execute_activity_method(
                Reporter.make,
                wanted,
                schedule_to_close_timeout=_GIVEN_UP_AFTER,
                start_to_close_timeout=timedelta(hours=4),
                heartbeat_timeout=timedelta(minutes=2),
                retry_policy=_UNTIL_IT_SUCCEEDS,
            )
        except ActivityError:
            await workflow.execute_activity_method(
                Reporter.give_up,
                wanted,
                start_to_close_timeout=timedelta(minutes=1),
                retry_policy=_UNTIL_IT_SUCCEEDS,
            )
            return False
        try:
            await workflow.execute_activity_method(
                Reporter.send,
                wanted,
                schedule_to_close_timeout=_NOT_TOLD_AFTER,
                start_to_close_timeout=timedelta(minutes=10),
                retry_policy=_UNTIL_IT_SUCCEEDS,
            )
        except ActivityError:
            workflow.logger.error("report_not_told report=%s", wanted.id)
        return True
