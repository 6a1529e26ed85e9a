"""What runs at the engine, looked at or told something, many at once."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from google.protobuf.field_mask_pb2 import FieldMask
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflow.v1 import VersioningOverride, WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import UpdateWorkflowExecutionOptionsRequest
from temporalio.client import Client, RPCError, WorkflowQueryFailedError
from temporalio.service import RPCStatusCode

_AT_ONCE: Final = 20
_BUSY: Final = frozenset(
    {
        RPCStatusCode.ABORTED,
        RPCStatusCode.DEADLINE_EXCEEDED,
        RPCStatusCode.RESOURCE_EXHAUSTED,
        RPCStatusCode.UNAVAILABLE,
    }
)
LAG_SECONDS: Final = 3
"""What is found to run lags behind what runs: between two looks that find nothing more."""
_ANSWERS_WITHIN: Final = timedelta(seconds=10)
_NOBODY: Final = frozenset(
    {
        RPCStatusCode.CANCELLED,
        RPCStatusCode.DEADLINE_EXCEEDED,
        RPCStatusCode.FAILED_PRECONDITION,
        RPCStatusCode.NOT_FOUND,
    }
)
"""No worker is there in time, or what was asked has ended."""

Run = tuple[str, str]
"""The id of what runs, and of its run."""
Act = Callable[[Client, Run], Awaitable[None]]


def running(queue: str) -> str:
    """All of it, as Temporal is asked for it."""
    return f"ExecutionStatus = 'Running' AND TaskQueue = {json.dumps(queue)}"


async def tell(client: Client, run: Run, signal: str) -> None:
    """That run, not whatever has taken its place."""
    await client.get_workflow_handle(run[0], run_id=run[1]).signal(signal)


async def answers(client: Client, run: Run) -> bool:
    """Whether a worker serves it, be it that it cannot replay it."""
    handle = client.get_workflow_handle(run[0], run_id=run[1])
    try:
        await handle.query("__temporal_workflow_metadata", rpc_timeout=_ANSWERS_WITHIN)
    except WorkflowQueryFailedError:
        return True
    except RPCError as error:
        if error.status not in _NOBODY:
            raise
        return False
    return True


async def bind(client: Client, run: Run, override: VersioningOverride | None = None) -> None:
    """To its own build again, or as that says."""
    asked = UpdateWorkflowExecutionOptionsRequest(
        namespace=client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=run[0], run_id=run[1]),
        workflow_execution_options=WorkflowExecutionOptions(versioning_override=override),
        update_mask=FieldMask(paths=["versioning_override"]),
    )
    await client.workflow_service.update_workflow_execution_options(asked)


async def each(client: Client, runs: list[Run], act: Act) -> list[Run]:
    """Those with which the engine was too busy, for the next round. What has ended meanwhile is left out."""
    waiting, later = list(runs), list[Run]()

    async def work() -> None:
        while waiting:
            run = waiting.pop()
            try:
                await act(client, run)
            except RPCError as error:
                if error.status in _BUSY:
                    later.append(run)
                elif error.status is not RPCStatusCode.NOT_FOUND:
                    raise

    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return later
