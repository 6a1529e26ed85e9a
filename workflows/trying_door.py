"""The only code that asks Temporal to make a simulation."""

from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.trying_editions import Trying
from workflows.door import Door
from workflows.trying_editions import PREFIX, SimulationWorkflow


async def have_simulated(door: Door, id_: str) -> None:
    """Begun before: nothing happens. Raises EngineAway and OutcomeUnknown."""
    async with door.in_time():
        try:
            await door.client.start_workflow(
                SimulationWorkflow.run,
                Trying(id=id_),
                id=f"{PREFIX}{id_}",
                task_queue=door.task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )
        except WorkflowAlreadyStartedError:
            return
