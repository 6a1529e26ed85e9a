"""Traces from a request to a letter, as OpenTelemetry has them. Only where settings say where to send them: else
no span is made, and nothing stands between.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache, partial
from typing import Any, Final

from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.propagators.textmap import Getter, TextMapPropagator, default_getter
from opentelemetry.trace import Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio import client as temporal
from temporalio import worker as work
from temporalio.api.common.v1 import Payload

from runtime.settings import Settings

HEADER: Final = "traceparent"
"""Two random numbers and a flag (W3C Trace Context). Whatever else OpenTelemetry would hand on stays here."""
STATEMENT_CHARACTERS: Final = 2000

_TRACER: Final = trace.get_tracer("casework")
_PROPAGATION: Final = TraceContextTextMapPropagator()
Headers = Mapping[str, Payload]


class _AtOurDoor(TextMapPropagator):
    """A trace begins there: what a caller says of theirs is not read, and nobody outside is told of ours."""

    def extract(
        self,
        carrier: object,  # noqa: ARG002 - OpenTelemetry's
        context: Context | None = None,
        getter: Getter[Any] = default_getter,  # noqa: ARG002 - as above
    ) -> Context:
        return context or Context()

    def inject(self, *_: object, **__: object) -> None:
        return

    @property
    def fields(self) -> set[str]:
        return set()


@lru_cache
def begin(url: str) -> None:
    """Once per process."""
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - only where traces are wanted
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - as above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above

    from runtime.otlp import Sender  # noqa: PLC0415 - as above

    provider = TracerProvider(resource=Resource.create({"service.name": "casework"}))
    propagate.set_global_textmap(_AtOurDoor())
    provider.add_span_processor(BatchSpanProcessor(Sender(url), schedule_delay_millis=1000))
    trace.set_tracer_provider(provider)


@contextmanager
def _span(name: str, kind: SpanKind, under: Context | None = None, *, workflow: str) -> Iterator[None]:
    """What fails in it is told by its type alone: its words may be about somebody."""
    with ExitStack() as ending:
        made = ending.enter_context(
            _TRACER.start_as_current_span(
                name,
                under,
                kind,
                {"temporal.workflow.id": workflow},
                record_exception=False,
                set_status_on_exception=False,
            )
        )
        ending.push(partial(_told_if_failed, made))
        yield


def _told_if_failed(made: Span, fault: type[BaseException] | None, *_: object) -> bool:
    if fault is not None:
        made.set_status(StatusCode.ERROR)
        made.set_attribute("error.type", fault.__name__)
    return False


def interceptors(wanted: Settings) -> list[temporal.Interceptor]:
    """For the engine's client, and for the worker that has it."""
    if wanted.traces_url is None:
        return []
    begin(wanted.traces_url)
    return [_Traced()]


def watch(engine: AsyncEngine, wanted: Settings) -> None:
    """Each statement that somebody waits for, without its values."""
    if wanted.traces_url is None:
        return
    begin(wanted.traces_url)

    def began(_: Any, __: Any, statement: str, ___: Any, execution: Any, ____: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
        if trace.get_current_span().is_recording():
            said = {"db.query.text": statement[:STATEMENT_CHARACTERS]}
            execution.span = _TRACER.start_span("statement", kind=SpanKind.CLIENT, attributes=said)

    def ended(_: Any, __: Any, ___: Any, ____: Any, execution: Any, _____: Any) -> None:  # noqa: ANN401 - as above
        if (made := getattr(execution, "span", None)) is not None:
            made.end()

    def failed(failure: Any) -> None:  # noqa: ANN401 - as above
        if (made := getattr(failure.execution_context, "span", None)) is not None:
            made.set_status(StatusCode.ERROR)
            made.end()

    event.listen(engine.sync_engine, "before_cursor_execute", began)
    event.listen(engine.sync_engine, "after_cursor_execute", ended)
    event.listen(engine.sync_engine, "handle_error", failed)


def _handed_on(headers: Headers) -> Headers:
    carrier = dict[str, str]()
    _PROPAGATION.inject(carrier)
    return {**headers, HEADER: Payload(data=carrier[HEADER].encode())} if HEADER in carrier else headers


class _ToTheEngine(temporal.OutboundInterceptor):
    async def start_workflow(self, input: temporal.StartWorkflowInput) -> Any:  # noqa: A002, ANN401 - the SDK's
        with _span(f"start {input.workflow}", SpanKind.PRODUCER, workflow=input.id):
            input.headers = _handed_on(input.headers)
            return await super().start_workflow(input)

    async def signal_workflow(self, input: temporal.SignalWorkflowInput) -> None:  # noqa: A002 - as above
        with _span(f"signal {input.signal}", SpanKind.PRODUCER, workflow=input.id):
            input.headers = _handed_on(input.headers)
            await super().signal_workflow(input)

    async def query_workflow(self, input: temporal.QueryWorkflowInput) -> Any:  # noqa: A002, ANN401 - as above
        with _span(f"query {input.query}", SpanKind.CLIENT, workflow=input.id):
            return await super().query_workflow(input)

    async def start_workflow_update(self, input: temporal.StartWorkflowUpdateInput) -> Any:  # noqa: A002, ANN401 - as above
        with _span(f"update {input.update}", SpanKind.CLIENT, workflow=input.id):
            input.headers = _handed_on(input.headers)
            return await super().start_workflow_update(input)


class _OfAnActivity(work.ActivityInboundInterceptor):
    async def execute_activity(self, input: work.ExecuteActivityInput) -> Any:  # noqa: A002, ANN401 - as above
        told = input.headers.get(HEADER)
        under = _PROPAGATION.extract({HEADER: told.data.decode()}) if told else None
        info = activity.info()
        with _span(info.activity_type, SpanKind.CONSUMER, under, workflow=info.workflow_id or ""):
            return await super().execute_activity(input)


class _Traced(temporal.Interceptor, work.Interceptor):
    def intercept_client(self, next: temporal.OutboundInterceptor) -> temporal.OutboundInterceptor:  # noqa: A002 - as above
        return _ToTheEngine(super().intercept_client(next))

    def intercept_activity(self, next: work.ActivityInboundInterceptor) -> work.ActivityInboundInterceptor:  # noqa: A002 - as above
        return _OfAnActivity(super().intercept_activity(next))
