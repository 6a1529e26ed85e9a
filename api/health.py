"""Is this process alive, can it serve, and what has it counted."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from api.resources import Needs
from policy.frozen import Frozen
from runtime.metrics import MEDIA_TYPE, everything_counted
from runtime.revisions import revisions
from store.away import StoreAway
from store.release import StoreIs, how_is

routes = APIRouter(tags=["health"])


class Health(Frozen):
    """`store`: here, or behind where `casework migrate` has not run for this release. `engine`: here or away; away
    it does not take us out of service, since reports are still taken.
    """

    store: str
    engine: str


@routes.get("/health/live", summary="Whether the API is up", status_code=HTTPStatus.NO_CONTENT)
async def live() -> None:
    """204 as long as it answers at all."""
    return


@routes.get("/health/ready", summary="Whether the API can serve")
async def ready(request: Request, needs: Needs, response: Response) -> Health:
    """503 while the store is away or behind. Without the engine, reports are still taken and cases still read."""
    behind = request.app.state.store_was is StoreIs.BEHIND  # why was said, then
    store = request.app.state.store_was = await how_is(needs.watched, revisions(), quietly=behind)
    if store is StoreIs.AWAY:
        raise StoreAway("asked whether it is there")
    if store is StoreIs.BEHIND:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return Health(store=store, engine="here" if await needs.door.reachable() else "away")


@routes.get("/metrics", summary="Numbers for monitoring", response_class=Response)
async def metrics() -> Response:
    """As Prometheus reads them. No case and nobody on one is named."""
    return Response(await everything_counted(), media_type=MEDIA_TYPE)
