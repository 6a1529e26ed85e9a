"""Where somebody comes in and goes out: the bare address, and signing out."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.browser import SIGNED_IN
from api.identity import ByCookie
from api.resources import Needs
from api.sign_in import sign_out
from pages.rendering import page

routes = APIRouter(include_in_schema=False)

TODAY = "/today"


@routes.get("/")
async def bare(request: Request, needs: Needs) -> Response:
    """To whoever signed in, their day; to everybody else, a report."""
    known = SIGNED_IN.read(needs.settings, request) is not None
    return RedirectResponse(TODAY if known else "/report", HTTPStatus.SEE_OTHER)


@routes.get("/signed-out")
async def signed_out(needs: Needs) -> Response:
    return page(needs.settings, "staff/signed_out.html", "You are signed out", signs_in=needs.provider is not None)


@routes.post("/signed-out")
async def out(needs: Needs, secret: ByCookie) -> Response:
    """In this browser. Pressed twice, or after the sign-in had ended, it is the same."""
    answer = RedirectResponse("/signed-out", HTTPStatus.SEE_OTHER)
    await sign_out(answer, needs, secret)
    return answer
