"""A workflow hands on by which request it was stirred: what it begins within a minute belongs to that trace. It
makes no span itself, and a trace does not last as long as a case.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.worker import (
    ExecuteWorkflowInput,
    HandleSignalInput,
    HandleUpdateInput,
    Interceptor,
    SignalExternalWorkflowInput,
    StartActivityInput,
    StartChildWorkflowInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

HEADER: Final = "traceparent"
HANDED_ON_FOR: Final = timedelta(minutes=1)

Headers = Mapping[str, Payload]


class _Stirred(WorkflowInboundInterceptor):
    _told: Payload | None = None
    _at: datetime | None = None

    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_Begins(outbound, self))

    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002, ANN401 - the SDK's
        self._hear(workflow.info().headers)
        return await super().execute_workflow(input)

    async def handle_signal(self, input: HandleSignalInput) -> None:  # noqa: A002 - as above
        self._hear(input.headers)
        await super().handle_signal(input)

    async def handle_update_handler(self, input: HandleUpdateInput) -> Any:  # noqa: A002, ANN401 - as above
        self._hear(input.headers)
        return await super().handle_update_handler(input)

    def _hear(self, headers: Headers) -> None:
        if told := headers.get(HEADER):
            self._told, self._at = told, workflow.now()

    def handed_on(self, headers: Headers) -> Headers:
        if self._told is None or self._at is None or workflow.now() - self._at > HANDED_ON_FOR:
            return headers
        return {**headers, HEADER: self._told}


class _Begins(WorkflowOutboundInterceptor):
    def __init__(self, next: WorkflowOutboundInterceptor, stirred: _Stirred) -> None:  # noqa: A002 - as above
        super().__init__(next)
        self._stirred = stirred

    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002 - as above
        input.headers = self._stirred.handed_on(input.headers)
        return super().start_activity(input)

    async def start_child_workflow(
        self,
        input: StartChildWorkflowInput,  # noqa: A002 - as above
    ) -> workflow.ChildWorkflowHandle[Any, Any]:
        input.headers = self._stirred.handed_on(input.headers)
        return await super().start_child_workflow(input)

    async def signal_external_workflow(self, input: SignalExternalWorkflowInput) -> None:  # noqa: A002 - as above
        input.headers = self._stirred.handed_on(input.headers)
        await super().signal_external_workflow(input)


class HandingOn(Interceptor):
    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the SDK's name
    ) -> type[WorkflowInboundInterceptor]:
        return _Stirred
