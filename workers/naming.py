"""Every line that an activity writes to the log says for which workflow: its id ends in a reference."""

from typing import Any

from structlog.contextvars import bound_contextvars
from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor


class _Named(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002, ANN401 - the SDK's
        info = activity.info()
        with bound_contextvars(
            workflow_id=info.workflow_id, activity_type=info.activity_type, attempt=info.attempt
        ):
            return await super().execute_activity(input)


class NamedLines(Interceptor):
    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - the SDK's
        return _Named(super().intercept_activity(next))
