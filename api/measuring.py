"""Counts and times requests, by route and never by path, so that no reference ends up in a metric."""

import time
from http import HTTPStatus
from typing import Final

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUESTS: Final = Counter("casework_requests_total", "Requests answered", ["method", "route", "status"])
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
SECONDS: Final = Histogram("casework_request_seconds", "Time to the first byte of an answer", ["method", "route"])


class Measured:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, answered = time.perf_counter(), False

        def count(status: int) -> None:
            nonlocal answered
            answered = True
            route = _route(scope)
            method = scope["method"] if scope["method"] in _METHODS else "other"
            REQUESTS.labels(method, route, status).inc()
            SECONDS.labels(method, route).observe(time.perf_counter() - began)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                count(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, told)
        finally:
            if not answered:  # whoever catches a fault stands further out than we do, and answers with 500
                count(HTTPStatus.INTERNAL_SERVER_ERROR)


def _route(scope: Scope) -> str:
    """As it is asked for: what is included under a prefix does not know of it, and pages are called like nouns."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return "none"
    return f"/api{path}" if scope["path"].startswith("/api/") else path
