"""The only code that asks Temporal to make a pack."""

from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.packing import Packing
from workflows.door import Door
from workflows.packing import PREFIX, PackingWorkflow


async def have_made(door: Door, id_: str) -> None:
    """Begun before: nothing happens. Raises EngineAway and OutcomeUnknown."""
    async with door.in_time():
        try:
            await door.client.start_workflow(
                PackingWorkflow.run,
                Packing(id=id_),
                id=f"{PREFIX}{id_}",
                task_queue=door.task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )
        except WorkflowAlreadyStartedError:
            return
