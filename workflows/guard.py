"""Keeps a fault in a handler from freezing a whole case. Wanted on every worker and on the replayer."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from temporalio import workflow
from temporalio.exceptions import ApplicationError, FailureError
from temporalio.worker import (
    HandleSignalInput,
    HandleUpdateInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)


@contextmanager
def _contained() -> Iterator[None]:
    """Turns any fault into a failure that the engine does not retry; refusals pass as they are."""
    try:
        yield
    except FailureError:
        raise
    except Exception as fault:
        workflow.logger.exception("handler_failed")
        raise ApplicationError("the case could not take this", type="Fault", non_retryable=True) from fault


class _Guarded(WorkflowInboundInterceptor):
    async def handle_update_handler(self, input: HandleUpdateInput) -> object:  # noqa: A002 - the SDK's name
        """A fault fails this update alone, and the case goes on."""
        with _contained():
            return await super().handle_update_handler(input)

    async def handle_signal(self, input: HandleSignalInput) -> None:  # noqa: A002 - the SDK's name
        """A fault is logged and the signal left out; the relay sees that its report was not entered."""
        with suppress(ApplicationError), _contained():
            await super().handle_signal(input)


class Guard(Interceptor):
    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the SDK's name
    ) -> type[WorkflowInboundInterceptor]:
        return _Guarded
