"""What the Temporal UI asks to have decoded (Temporal's codec server protocol).

Whoever may have all payloads decoded reads every case, and there is no role that may see them all. So nobody is
given the words here: ops see the structure (api/masking.py), which is what it takes to see why something hangs.
Who needs a case's content reads the case, where it is known who may. Nothing is encoded either: whoever could
write a payload could tell a workflow anything.
"""

import base64
import binascii
import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated, Any, Final

import structlog
from fastapi import APIRouter, Header, Request
from pydantic import Field, ValidationError
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from temporalio.api.common.v1 import Payload

from api.border import read_json, schema_of
from api.masking import MASKED, masked
from api.problems import invalid, problem
from api.resources import Needs
from policy.frozen import Frozen
from runtime.encryption import Encryption, PayloadUnreadable

routes = APIRouter(tags=["operations"])
log = structlog.get_logger()

PATH: Final = "/temporal/decode"
_MOST_BYTES: Final = 4 * 1024 * 1024
"""Of a page of a history, as the UI asks for it."""
_MOST: Final = 2000
"""As many events are the longest page of a history, few of which hold more than one."""
_JSON: Final = b"json/plain"
_EXAMPLES: Final[dict[str, Any]] = {
    "nothing": {"value": {"payloads": [{"metadata": {"encoding": "YmluYXJ5L251bGw="}, "data": ""}]}}
}


class Coded(Frozen):
    """Base64 stands for bytes, as JSON spells them in Temporal's protocol."""

    metadata: dict[str, str] = Field(default_factory=dict)
    data: str = ""


class Payloads(Frozen):
    payloads: Annotated[tuple[Coded, ...], Field(max_length=_MOST)] = ()


@routes.post(
    PATH,
    summary="The structure of what the engine keeps, for the Temporal UI",
    openapi_extra=schema_of(Payloads, _EXAMPLES),
)
async def decode(request: Request, needs: Needs, x_namespace: Annotated[str | None, Header()] = None) -> Payloads:
    """In the order that was asked: stages, references and moments; whatever else there is stands as
    "(masked)". What is not encrypted, or under a key that is not ours, is given back as it came.
    """
    body = await read_json(request, _MOST_BYTES)
    ours = needs.settings.temporal_namespace
    if x_namespace != ours:
        detail = f"Say in X-Namespace that this is of the namespace {ours}: nothing else can be decoded here."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail)
    asked = _understood(body)
    encryption = Encryption(needs.settings.keyring, ours)
    shown = [_shown(encryption, one) for one in asked]
    log.info("payloads_decoded", payloads=len(shown))
    return Payloads(payloads=tuple(map(_coded, shown)))


def _understood(body: dict[str, Any]) -> list[Payload]:
    """What newer UIs add to a payload is not looked at. Raises 422."""
    try:
        return [_payload(one) for one in Payloads.model_validate(body).payloads]
    except ValidationError as error:
        raise invalid(error.errors(include_url=False, include_input=False, include_context=False)) from None
    except binascii.Error:
        detail = "Metadata and data are base64."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail) from None


def _payload(one: Coded) -> Payload:
    metadata = {name: base64.b64decode(value.encode(), validate=True) for name, value in one.metadata.items()}
    return Payload(metadata=metadata, data=base64.b64decode(one.data.encode(), validate=True))


def _coded(one: Payload) -> Coded:
    metadata = {name: base64.b64encode(value).decode() for name, value in one.metadata.items()}
    return Coded(metadata=metadata, data=base64.b64encode(one.data).decode())


def _shown(encryption: Encryption, one: Payload) -> Payload:
    try:
        told = encryption.read(one)
        content: Any = masked(json.loads(told.data)) if told.metadata.get("encoding") == _JSON else MASKED
    except (PayloadUnreadable, ValueError, RecursionError):
        return one
    return Payload(metadata={"encoding": _JSON}, data=json.dumps(content).encode())


class ForTheTemporalUi:
    """Pages of that origin may ask for decoding, with a token: they send no cookie of ours, and none would do."""

    def __init__(self, app: ASGIApp, origins: Iterable[str]) -> None:
        self.app = app
        named = ["authorization", "content-type", "x-namespace"]
        self.shared = CORSMiddleware(app, allow_origins=list(origins), allow_methods=["POST"], allow_headers=named)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_asked = scope["type"] == "http" and scope["path"] == f"/api{PATH}"
        await (self.shared if is_asked else self.app)(scope, receive, send)
