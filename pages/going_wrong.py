"""What went wrong, for a person: what to do now, and what they wrote. Programs get the problem itself."""

from contextlib import suppress
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.border import is_case_ref
from api.browser import SIGNED_IN, sent_from_our_own_page
from api.problems import ProblemRaised, answer_to, headers_of, meant_by
from api.resources import Resources
from pages.form import MOST_BYTES, form_of, stays, written_in
from pages.multipart import Parts, fields_first
from pages.private.visiting import LINK_ENDED, LINK_LOCKED, LINK_OVER, VISIT_OVER
from pages.rendering import page
from policy.caller import STAFF_ROLES, Caller

_FOR_PROGRAMS: Final = ("/api", "/health", "/metrics", "/sign-out")

_SAYS_IT_ITSELF: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.GONE, HTTPStatus.TOO_MANY_REQUESTS})
"""With what else can be done, in its own words."""

_AT_THE_DOOR: Final = _SAYS_IT_ITSELF | {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INTERNAL_SERVER_ERROR}
"""Before what was sent is read."""

_CLIENTS: Final = frozenset({HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY})

_NOT_HERE: Final = (
    "This page is not here",
    "The address may be wrong, or the page has closed. If you came by a link from us, open it again or ring us.",
)
_NOT_OURS: Final = (
    "This page is not here",
    "The address may be wrong. Go back, and choose again what you looked for.",
)
"""No field was filled in, and how an address is made is nothing to tell a person."""
_CLOSED: Final = (
    "This page has closed, and this was not sent",
    "It does so by itself after a while. Open your link again and paste what you wrote, or read it to us.",
)
_OF_LINKS: Final = {
    VISIT_OVER: (
        "This page has closed, to keep you safe",
        "It does so by itself after a while. Open the link again that we sent you, or ring us.",
    ),
    LINK_LOCKED: (
        "This link has closed",
        "There were too many wrong answers. Please ring us: we can send you a new one.",
    ),
    LINK_ENDED: (
        "This link has done its work",
        "What it was for is over. If it has started again, tell us about it, or ring us.",
    ),
    LINK_OVER: (
        "This link does not open any more",
        "What it was for may be over. If you still need it, ring us. If something has happened, tell us about it.",
    ),
}
"""By the kind of problem."""
_NOT_NOW: Final = (
    "We cannot do this right now",
    "Please try again in a few minutes. Nothing that you sent before is lost.",
)
_SAID: Final = {
    HTTPStatus.UNAUTHORIZED: ("Please sign in", "This page is for our staff. Sign in, at /sign-in."),
    HTTPStatus.FORBIDDEN: ("You cannot do this here", ""),
    HTTPStatus.NOT_FOUND: _NOT_HERE,
    HTTPStatus.METHOD_NOT_ALLOWED: _NOT_HERE,
    HTTPStatus.CONFLICT: (
        "Something has changed meanwhile",
        "What you sent does not fit what we have now. Please go back and look again, or ring us.",
    ),
    HTTPStatus.GONE: ("This was not sent", ""),
    HTTPStatus.REQUEST_TIMEOUT: ("That did not arrive", "Your connection may be slow. Please try again."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "That was too long for us",
        "Please go back and make it shorter. You can tell us the rest by telephone.",
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "We could not understand that",
        "Please go back and look at your answers, or ring us and tell us instead.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: ("Please wait a little", ""),
    HTTPStatus.SERVICE_UNAVAILABLE: _NOT_NOW,
    HTTPStatus.GATEWAY_TIMEOUT: _NOT_NOW,
}
_FAULT: Final = ("Something went wrong here", "It was not your doing, and we have been told. Please try again.")


async def answer(request: Request, error: Exception) -> Response:
    if request.url.path.startswith(_FOR_PROGRAMS):
        return answer_to(error)
    raised = meant_by(error)
    resources: Resources = request.app.state.resources
    status = HTTPStatus(raised.problem.status)
    if status is HTTPStatus.UNAUTHORIZED and resources.provider is not None:
        return await _signing_in_first(request, resources)
    written = await _written(request, resources, status)
    kind = raised.problem.type.rpartition("/")[2]
    heading, said = _OF_LINKS.get(kind) or _SAID.get(status, _FAULT)
    if written and status == HTTPStatus.NOT_FOUND:
        heading, said = _CLOSED
    says_it = status in _SAYS_IT_ITSELF or (_is_ours(request) and status in _CLIENTS)
    if _is_ours(request) and status is HTTPStatus.UNPROCESSABLE_ENTITY and request.method == "GET":
        heading, said, says_it = *_NOT_OURS, False
    words = raised.problem.detail if says_it else said
    made = page(
        resources.settings,
        "problem.html",
        heading,
        status,
        heading=heading,
        words=words,
        written=written,
        again=kind in {LINK_ENDED, LINK_OVER},
        shut=_shut(request) if kind == "restricted" else None,
        key=str(uuid4()),
        to_today=_is_ours(request) or SIGNED_IN.read(resources.settings, request) is not None,
    )
    made.headers.update(headers_of(error, raised))
    return made


async def _written(request: Request, resources: Resources, status: HTTPStatus) -> list[str]:
    """Also where nobody had read it yet: whoever was turned away at the door wrote it all the same."""
    unread = request.method == "POST" and status in _AT_THE_DOOR and not hasattr(request.state, "form")
    if unread and sent_from_our_own_page(resources.settings, request):
        with suppress(ProblemRaised, RuntimeError):  # which it is where some of it was read
            stays(request, await _typed(request))
    return written_in(request)


def _shut(request: Request) -> str | None:
    """The case that is, or beside which it is."""
    ref = "-".join(str(request.path_params.get("ref")).split("-")[:3])
    return ref if is_case_ref(ref) else None


def _is_ours(request: Request) -> bool:
    """Whoever works here reads the reason itself."""
    caller: Caller | None = getattr(request.state, "caller", None)
    return caller is not None and caller.role in STAFF_ROLES


async def _signing_in_first(request: Request, resources: Resources) -> Response:
    """What was typed on our own page waits here until its writer is signed in again: in another tab, so that it
    stays. What another site sent waits for nobody to press Send.
    """
    where = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    if request.method == "GET":
        return RedirectResponse(f"/sign-in?{urlencode({'next': where})}", HTTPStatus.SEE_OTHER)
    typed: dict[str, list[str]] = {}
    if sent_from_our_own_page(resources.settings, request):
        with suppress(ProblemRaised):
            typed = await _typed(request)
    return page(
        resources.settings,
        "staff/sign_in_again.html",
        "Please sign in again",
        HTTPStatus.UNAUTHORIZED,
        typed=typed,
        to=where,
    )


async def _typed(request: Request) -> dict[str, list[str]]:
    """Without files, which have to be chosen again."""
    if "multipart/" not in request.headers.get("content-type", ""):
        return await form_of(request)
    said, _ = await fields_first(Parts(request, MOST_BYTES).each())
    return said
