"""Tells monitoring when something that the clock starts was last done: as a number of the worker, which is not
told again when a history is replayed.
"""

from typing import Any, Final

from temporalio import workflow
from temporalio.worker import (
    ExecuteWorkflowInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

from workflows.scheduled_report import SCHEDULE

DONE: Final = "casework_schedule_done_timestamp_seconds"


class _Told(WorkflowInboundInterceptor):
    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002, ANN401 - the SDK's
        came_of = await super().execute_workflow(input)
        if schedule := workflow.info().typed_search_attributes.get(SCHEDULE):
            done = workflow.metric_meter().create_gauge(DONE, "When what the clock starts was last done")
            done.set(int(workflow.now().timestamp()), {"schedule": schedule})
        return came_of


class ByTheClock(Interceptor):
    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the SDK's name
    ) -> type[WorkflowInboundInterceptor]:
        return _Told
