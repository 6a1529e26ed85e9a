"""Is this process alive, can it serve, and what has it counted."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import select

from api.resources import Needs
from policy.frozen import Frozen

routes = APIRouter(tags=["health"])


class Health(Frozen):
    """`engine` away does not take us out of service: reports are still taken."""

    store: str
    engine: str


@routes.get("/health/live", summary="Whether the API is up", status_code=HTTPStatus.NO_CONTENT)
async def live() -> None:
    """204 as long as it answers at all."""
    return


@routes.get("/health/ready", summary="Whether the API can serve")
async def ready(needs: Needs) -> Health:
    """503 while the store is away. Without the engine, reports are still taken and cases still read."""
    async with needs.store.reading() as db:
        await db.connection.execute(select(1))
    return Health(store="here", engine="here" if await needs.door.reachable() else "away")


@routes.get("/metrics", summary="Numbers for monitoring", response_class=Response)
async def metrics() -> Response:
    """As Prometheus reads them. No case and nobody on one is named."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
