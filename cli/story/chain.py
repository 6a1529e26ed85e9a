"""A workflow's histories, one of each run that it continued from."""

from collections.abc import AsyncIterator

from temporalio.client import Client, WorkflowHistory


async def every_run(client: Client, id_: str) -> AsyncIterator[WorkflowHistory]:
    """The latest first."""
    run: str | None = None
    while True:
        history = await client.get_workflow_handle(id_, run_id=run).fetch_history()
        yield history
        begun = history.events[0].workflow_execution_started_event_attributes
        if not (run := begun.continued_execution_run_id):
            return
