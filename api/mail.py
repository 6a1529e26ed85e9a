"""What a mail server tells of letters that it had taken."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request

from api.border import Key, read_body
from api.problems import RETRY_SECONDS, problem
from api.resources import Needs
from gateways.bounces import LARGEST, NotABounce, bounce_in
from policy.frozen import Frozen
from workflows.returning import CameOf, NotSentYet, Returns

routes = APIRouter(tags=["letters"])

_MESSAGE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {"message/rfc822": {"schema": {"type": "string", "maxLength": LARGEST}}},
    }
}


class ToldOfBounce(Frozen):
    came_of: CameOf


@routes.post("/mail/bounces", summary="Say that a letter came back", openapi_extra=_MESSAGE)
async def bounced(request: Request, key: Key, needs: Needs) -> ToldOfBounce:
    """The whole message as it came (RFC 3464), at most 1 MB; the same again changes nothing. 422 where it is about
    no letter of ours, or was forged.
    """
    del key  # what is recorded has a key made from the letter
    try:
        told = bounce_in(
            await read_body(request, LARGEST), needs.settings.mail_domain, needs.settings.mail_seal_keys
        )
    except NotABounce as none:
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-a-bounce", str(none)) from None
    try:
        return ToldOfBounce(came_of=await Returns(needs.everything, needs.door).take(told, datetime.now(UTC)))
    except NotSentYet:
        detail = "That this letter went is not recorded yet. Try again."
        raise problem(HTTPStatus.SERVICE_UNAVAILABLE, "not-sent-yet", detail, RETRY_SECONDS) from None
