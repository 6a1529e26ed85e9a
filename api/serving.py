"""The API as a process: serving until it is told to go, and then leaving promptly."""

import socket
from collections.abc import Callable
from typing import Final

import uvicorn
from fastapi import FastAPI

from api.app import make_app
from api.headers import Guarded
from api.resources import Resources
from runtime.settings import Settings


class ApiServer(uvicorn.Server):
    """A stream has no end of its own, so readers are sent away first; they come back to another process. `make`
    may add to the API what else is served.
    """

    def __init__(self, wanted: Settings, make: Callable[[Settings], FastAPI] = make_app) -> None:
        self.app: Final = make(wanted)
        config = uvicorn.Config(
            Guarded(self.app, wanted.public_url),
            host=wanted.api_host,
            port=wanted.api_port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(wanted.trusted_proxies),
            forwarded_allow_ips=[str(network) for network in wanted.trusted_proxies],
            timeout_graceful_shutdown=wanted.graceful_shutdown_seconds,
        )
        super().__init__(config)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        resources: Resources = self.app.state.resources
        resources.notices.end_waits()
        await super().shutdown(sockets)
