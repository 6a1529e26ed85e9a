"""What stands beside pages: their style and type, and the way to leave them at once."""

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.problems import problem
from api.resources import Needs
from pages.private.visiting import VISITING, left
from pages.rendering import static
from pages.rendering import version as current
from pages.report.drafts import DRAFT, forgotten
from store.away import StoreAway, StoreRefused

routes = APIRouter(include_in_schema=False)

_AT_MOST_SECONDS: Final = 0.5


@routes.get("/static/{version}/{name}")
async def file(version: str, name: str) -> Response:
    """Never another content under the same address, so that a browser need not ask again."""
    try:
        content, kind = static(name)
    except KeyError:
        raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such file.") from None
    if version != current():
        raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such file any more.")
    return Response(content, media_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"})


@routes.get("/leave")
async def leave(request: Request, needs: Needs) -> Response:
    """Takes along whatever this browser had begun here. Nobody waits for that: not for records that are slow or
    away, where the cookies go all the same, nor for a browser that clears its cache, which takes some seconds.
    """
    with suppress(StoreAway, StoreRefused, TimeoutError):
        async with asyncio.timeout(_AT_MOST_SECONDS):
            await forgotten(needs, request)
            await left(needs, request)
    answer = RedirectResponse(needs.settings.leave_quickly_to, HTTPStatus.SEE_OTHER)
    DRAFT.take_back(needs.settings, answer)
    VISITING.take_back(needs.settings, answer)
    return answer
