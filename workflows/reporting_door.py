"""The only code that asks Temporal to make a report."""

from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.reporting import ReportWanted
from workflows.door import Door
from workflows.reporting import PREFIX, ReportWorkflow


async def have_made(door: Door, wanted: ReportWanted) -> None:
    """Begun before: nothing happens. Raises EngineAway and OutcomeUnknown."""
    async with door.in_time():
        try:
            await door.client.start_workflow(
                ReportWorkflow.run,
                wanted,
                id=f"{PREFIX}{wanted.id}",
                task_queue=door.task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )
        except WorkflowAlreadyStartedError:
            return
