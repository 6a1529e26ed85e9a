"""The small HTTP door of a worker or relay: alive, ready, counted."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Ready = Callable[[], Awaitable[bool]]


@asynccontextmanager
async def serving_health(host: str, port: int, ready: Ready) -> AsyncIterator[None]:
    """Serves while the block runs; port 0 means not at all."""
    if port == 0:
        yield
        return
    config = uvicorn.Config(_app(ready), host=host, port=port, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())  # noqa: SLF001 - `serve` would take over the process's signals
    try:
        yield
    finally:
        server.should_exit = True
        await task


def _app(ready: Ready) -> Starlette:
    async def live(_: Request) -> Response:
        return Response(status_code=204)

    async def is_ready(_: Request) -> Response:
        able = await ready()
        return JSONResponse({"ready": able}, 200 if able else 503)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[Route("/health/live", live), Route("/health/ready", is_ready), Route("/metrics", metrics)]
    )
