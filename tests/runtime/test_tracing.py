"""What is sent of a span, and that nothing is made where nobody takes it."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.trace import SpanKind, StatusCode

from runtime.database import engine
from runtime.embedded.processes import LOOPBACK, free_port
from runtime.otlp import Sender
from runtime.settings import Settings
from runtime.tracing import interceptors
from tests.faults.collector import collecting


def ended(*senders: Sender) -> ReadableSpan:
    """Of a request that failed, as a library that says all that it knows would tell it."""
    provider = TracerProvider(resource=Resource({"service.name": "casework", "host.name": "tamarind"}))
    for sender in senders:
        provider.add_span_processor(SimpleSpanProcessor(sender))
    with provider.get_tracer("any").start_as_current_span("above"):
        span = provider.get_tracer("any").start_span("GET /l/{link}", kind=SpanKind.SERVER)
        span.set_attributes(
            {"http.route": "/l/{link}", "http.response.status_code": 500, "url.path": "/l/tamarind"}
        )
        span.record_exception(ValueError("tamarind"))
        span.add_event("tamarind", {"tamarind": "tamarind"})
        span.set_status(StatusCode.ERROR, "tamarind")
        span.end()
    assert isinstance(span, ReadableSpan)
    return span


async def test_what_is_sent_of_a_span_is_what_is_listed() -> None:
    async with collecting() as collector:
        span = await asyncio.to_thread(lambda: ended(Sender(collector.url)))
    told: dict[str, Any] = collector.spans()[0]
    assert span.parent is not None
    assert told == {
        "traceId": f"{span.context.trace_id:032x}",
        "spanId": f"{span.context.span_id:016x}",
        "parentSpanId": f"{span.parent.span_id:016x}",
        "name": "GET /l/{link}",
        "kind": 2,
        "startTimeUnixNano": str(span.start_time),
        "endTimeUnixNano": str(span.end_time),
        "attributes": [
            {"key": "http.route", "value": {"stringValue": "/l/{link}"}},
            {"key": "http.response.status_code", "value": {"intValue": "500"}},
        ],
        "status": {"code": 2},
    }
    assert b"tamarind" not in b"".join(collector.sent)


async def test_a_collector_that_is_away_keeps_nobody_waiting() -> None:
    away = Sender(f"http://{LOOPBACK}:{free_port()}")
    assert await asyncio.to_thread(away.export, [ended()]) is SpanExportResult.FAILURE


async def test_where_nobody_takes_traces_nothing_stands_between(settings: Settings) -> None:
    assert interceptors(settings) == []
    database = engine(settings)
    assert not list(database.sync_engine.dispatch.before_cursor_execute)
    await database.dispose()


def test_what_makes_spans_is_not_loaded_where_none_are_wanted(repository: Path) -> None:
    loads = "import sys, pages.app, workers.labour, cli.main; sys.exit('opentelemetry.sdk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loads], cwd=repository, check=False)
    assert done.returncode == 0
