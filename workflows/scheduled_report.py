"""A report that the clock asks for. (reports, section 7)"""

from datetime import datetime
from typing import Final

from temporalio import workflow
from temporalio.common import SearchAttributeKey, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError

from activities.reporting import ReportWanted
from policy.across import echo_id
from policy.reports.kinds import KINDS, ReportKind
from workflows.reporting import PREFIX, ReportWorkflow

SCHEDULED: Final = "report-"
"""A schedule of reports is called so, and then by their kind."""
SCHEDULE: Final = SearchAttributeKey.for_keyword("TemporalScheduledById")
PLANNED_FOR: Final = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")


def asked_for(schedule: str, planned_for: datetime) -> ReportWanted:
    """The last of its kind whose time was over then. Its id is made of nothing else: however late this is asked,
    and however often, it is the same report.
    """
    kind = ReportKind(schedule.removeprefix(SCHEDULED))
    period = KINDS[kind].last_before(planned_for)
    id_ = echo_id(f"{kind}/{period.first.isoformat()}")
    return ReportWanted(kind=kind, first=period.first, last=period.last, id=id_)


@workflow.defn
class ScheduledReport:
    """It is given nothing: which report, and of which days, the engine tells it by the schedule's name and by the
    moment for which it was planned. It ends when the report has been made, and fails
    where it could not be.
    """

    @workflow.run
    async def run(self) -> None:
        known = workflow.info().typed_search_attributes
        wanted = asked_for(known[SCHEDULE], known[PLANNED_FOR])
        try:
            made = await workflow.execute_child_workflow(
                ReportWorkflow.run,
                wanted,
                id=f"{PREFIX}{wanted.id}",
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )
        except WorkflowAlreadyStartedError:
            workflow.logger.info("report_asked_for_before report=%s", wanted.id)
            return
        if not made:
            raise ApplicationError("It could not be made.", type="ReportNotMade", non_retryable=True)
