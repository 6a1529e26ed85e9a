"""What takes traces on loopback, as an OpenTelemetry collector does, and keeps what it was sent."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from runtime.embedded.processes import LOOPBACK


@dataclass
class Collector:
    url: str = ""
    sent: list[bytes] = field(default_factory=list)

    def spans(self) -> list[dict[str, Any]]:
        told = (resource for sent in list(self.sent) for resource in json.loads(sent)["resourceSpans"])
        return [span for resource in told for scope in resource["scopeSpans"] for span in scope["spans"]]


@asynccontextmanager
async def collecting() -> AsyncIterator[Collector]:
    kept = Collector()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            kept.sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer((LOOPBACK, 0), Taking)
    kept.url = f"http://{LOOPBACK}:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
