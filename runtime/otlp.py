"""Sends spans to a collector: OTLP as JSON over HTTP. What is sent of each stands here; nothing else leaves."""

from collections.abc import Sequence
from typing import Any, Final

import httpx2
import structlog
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

SAID: Final = (
    "http.request.method",
    "http.route",
    "http.response.status_code",
    "db.query.text",
    "temporal.workflow.id",
    "error.type",
)
"""Codes, references and statements without values. What happened on the way and the words of a failure are not."""
_SECONDS: Final = 5.0

log = structlog.get_logger()


class Sender(SpanExporter):
    def __init__(self, url: str) -> None:
        self._url = f"{url.rstrip('/')}/v1/traces"
        self._http = httpx2.Client(timeout=_SECONDS)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """What a collector does not take is lost: nobody waits for it."""
        try:
            self._http.post(self._url, json=_request(spans)).raise_for_status()
        except httpx2.HTTPError as error:
            log.warning("traces_not_taken", why=type(error).__name__)
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS

    def shutdown(self) -> None:
        self._http.close()


def _request(spans: Sequence[ReadableSpan]) -> dict[str, Any]:
    service = spans[0].resource.attributes["service.name"]
    scope = {"scope": {"name": "casework"}, "spans": [_span(one) for one in spans]}
    resource = {"attributes": [_attribute("service.name", service)]}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [scope]}]}


def _span(one: ReadableSpan) -> dict[str, Any]:
    """Numbers of 64 bits are texts in JSON, and kinds are counted from one."""
    said = one.attributes or {}
    told = {
        "traceId": f"{one.context.trace_id:032x}",
        "spanId": f"{one.context.span_id:016x}",
        "name": one.name,
        "kind": one.kind.value + 1,
        "startTimeUnixNano": str(one.start_time),
        "endTimeUnixNano": str(one.end_time),
        "attributes": [_attribute(name, said[name]) for name in SAID if name in said],
        "status": {"code": one.status.status_code.value},
    }
    return told | ({"parentSpanId": f"{one.parent.span_id:016x}"} if one.parent else {})


def _attribute(name: str, value: object) -> dict[str, Any]:
    kind = {"intValue": str(value)} if isinstance(value, int) else {"stringValue": str(value)}
    return {"key": name, "value": kind}
