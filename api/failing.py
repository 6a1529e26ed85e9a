"""How each operation can fail, as its description says it: it follows from what it does, its body and its key."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from api.actions import ACTION_OF
from api.problems import MEDIA_TYPE
from policy.permissions import ABOUT_A_CASE, Action

FAILURE: Final = {
    "description": "A problem (RFC 9457)",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_AGAIN: Final = {"description": "In how many seconds to try again", "schema": {"type": "integer"}}

_MEANS: Final = {
    HTTPStatus.BAD_REQUEST: "The body is not JSON, or the key is missing or no UUID",
    HTTPStatus.UNAUTHORIZED: "Nobody is signed in, or the token is not valid",
    HTTPStatus.FORBIDDEN: "Not for whoever asks",
    HTTPStatus.NOT_FOUND: "There is nothing of that name",
    HTTPStatus.REQUEST_TIMEOUT: "The body did not arrive",
    HTTPStatus.CONFLICT: "The policy does not allow it as things stand, or the key came with another body",
    HTTPStatus.GONE: "What would answer it has been erased",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Files of this type are not taken",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Not understood: `wrong` says which part and why",
    HTTPStatus.TOO_MANY_REQUESTS: "Asked too often: a problem that says what else can be done",
    HTTPStatus.SERVICE_UNAVAILABLE: "Something that this needs is away",
    HTTPStatus.GATEWAY_TIMEOUT: "No answer in time: repeat with the same key to find out",
}
_WITH_A_WAIT: Final = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}

_NOT_HANDED_OUT: Final = (HTTPStatus.CONFLICT, HTTPStatus.GONE)
_NOT_MADE: Final = (HTTPStatus.CONFLICT,)
_OF_ITS_OWN: Final = {
    ("GET", "/case-reviews/{ref}/letter.pdf"): _NOT_MADE,
    ("GET", "/case-reviews/{ref}/letter.txt"): _NOT_MADE,
    ("GET", "/cases/{ref}/letters/{key}/draft.pdf"): _NOT_MADE,
    ("GET", "/cases/{ref}/letters/{key}/draft.txt"): _NOT_MADE,
    ("GET", "/cases/{ref}/packs/{id_}/pdf"): _NOT_MADE,
    ("GET", "/cases/{ref}/letters/{id_}.pdf"): (HTTPStatus.GONE,),
    ("GET", "/cases/{ref}/as-of"): (HTTPStatus.GONE,),
    ("GET", "/cases/{ref}/evidence/{id_}/file"): _NOT_HANDED_OUT,
    ("POST", "/cases/{ref}/evidence/{id_}/shared-copy"): _NOT_HANDED_OUT,
    ("GET", "/evidence/{id_}/file"): _NOT_HANDED_OUT,
    ("POST", "/evidence/{id_}/set-aside"): _NOT_HANDED_OUT,
    ("POST", "/cases/{ref}/evidence"): (HTTPStatus.UNSUPPORTED_MEDIA_TYPE,),
    ("POST", "/evidence"): (HTTPStatus.UNSUPPORTED_MEDIA_TYPE,),
}
"""What follows from nothing else."""


def failures(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    """By status as text; `default` is any other, such as what a proxy says. `path` is without `/api`."""
    named = {str(int(status)): _failure(status) for status in _statuses(method, path, operation)}
    return named | {"default": FAILURE}


def _failure(status: HTTPStatus) -> dict[str, Any]:
    headers = {"headers": {"Retry-After": _AGAIN}} if status in _WITH_A_WAIT else {}
    return FAILURE | {"description": _MEANS[status]} | headers


def _statuses(method: str, path: str, operation: dict[str, Any]) -> Iterator[HTTPStatus]:
    action = ACTION_OF[method, path]
    by_key = any(one["name"] == "idempotency-key" for one in operation.get("parameters", ()))
    live = path.endswith("/live") and action in ABOUT_A_CASE
    yield HTTPStatus.SERVICE_UNAVAILABLE
    if action is not Action.ANSWER_BY_LINK:
        yield HTTPStatus.UNAUTHORIZED
        yield HTTPStatus.FORBIDDEN
    if "{" in path:
        yield HTTPStatus.NOT_FOUND
    if action not in {Action.SEE_HEALTH, Action.SEE_METRICS}:
        yield HTTPStatus.UNPROCESSABLE_ENTITY
        yield HTTPStatus.TOO_MANY_REQUESTS
    if "requestBody" in operation:
        yield HTTPStatus.BAD_REQUEST
        yield HTTPStatus.REQUEST_TIMEOUT
        yield HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if by_key or live:
        yield HTTPStatus.CONFLICT
    if live or (by_key and action in ABOUT_A_CASE | {Action.ANSWER_BY_LINK}):
        yield HTTPStatus.GATEWAY_TIMEOUT
    yield from _OF_ITS_OWN.get((method, path), ())
