"""Replaying a history with the worker's own runner, converter and guard, and looking at what it leads to."""

from collections.abc import Sequence
from typing import Any

from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.worker import (
    ExecuteWorkflowInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

from policy.frozen import Frozen
from tests.encrypted import TEST_CONVERTER
from workers.worker import WORKFLOWS, replayer


class Watching(Interceptor):
    """Keeps hold of the replayed workflow, whose standing the replayer itself never shows."""

    def __init__(self) -> None:
        self.seen: dict[str, Any] = {}

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the SDK's name
    ) -> type[WorkflowInboundInterceptor]:
        seen = self.seen

        class _Watching(WorkflowInboundInterceptor):
            async def execute_workflow(self, input: ExecuteWorkflowInput) -> object:  # noqa: A002 - as above
                seen[workflow.info().workflow_id] = workflow.instance()
                return await super().execute_workflow(input)

        return _Watching


async def replayed(
    history: WorkflowHistory, converter: DataConverter = TEST_CONVERTER, workflows: Sequence[type] = WORKFLOWS
) -> Frozen:
    """Where the history leads to: a case's standing, the file of anything else. Raises NondeterminismError where
    the code has changed course.
    """
    watching = Watching()
    await replayer(converter, workflows, watching).replay_workflow(history)
    seen = watching.seen[history.workflow_id]
    end: Frozen = seen.standing() if hasattr(seen, "standing") else seen.file()
    return end
