"""The small HTTP door of a worker or relay: alive, ready, counted."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from runtime.metrics import MEDIA_TYPE, everything_counted

Ready = Callable[[], Awaitable[Mapping[str, str]]]
"""Of each that is needed, how it is: all of them are `here` where this process can work."""
Told = Callable[[], Awaitable[bytes]]
"""Further numbers, as Prometheus reads them."""


async def nothing_more() -> bytes:
    return b""


@asynccontextmanager
async def serving_health(host: str, port: int, ready: Ready, also: Told = nothing_more) -> AsyncIterator[None]:
    """Serves while the block runs; port 0 means not at all."""
    if port == 0:
        yield
        return
    config = uvicorn.Config(_app(ready, also), host=host, port=port, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())  # noqa: SLF001 - `serve` would take over the process's signals
    try:
        yield
    finally:
        server.should_exit = True
        await task


def _app(ready: Ready, also: Told) -> Starlette:
    async def live(_: Request) -> Response:
        return Response(status_code=204)

    async def is_ready(_: Request) -> Response:
        needs = await ready()
        able = all(how == "here" for how in needs.values())
        return JSONResponse({"ready": able, **needs}, 200 if able else 503)

    async def metrics(_: Request) -> Response:
        return Response(await everything_counted() + await also(), media_type=MEDIA_TYPE)

    return Starlette(
        routes=[Route("/health/live", live), Route("/health/ready", is_ready), Route("/metrics", metrics)]
    )
