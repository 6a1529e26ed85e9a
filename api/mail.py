"""What a mail server tells of letters that it had taken."""

import base64
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request
from pydantic import Field

from api.border import Key, read_json, schema_of, understood
from api.problems import RETRY_SECONDS, problem
from api.resources import Needs
from gateways.bounces import LARGEST, NotABounce, bounce_in
from policy.frozen import Frozen
from workflows.returning import CameOf, NotSentYet, Returns

routes = APIRouter(tags=["letters"])

_AS_BASE64: Final = LARGEST * 4 // 3 + 4
_EXAMPLE: Final[dict[str, Any]] = {
    "undeliverable": {"value": {"message": base64.b64encode(b"Content-Type: multipart/report\r\n\r\n").decode()}}
}


class MailThatCame(Frozen):
    """`message` is the whole message as it came, as base64."""

    message: Annotated[str, Field(max_length=_AS_BASE64)]


class ToldOfBounce(Frozen):
    came_of: CameOf


@routes.post(
    "/mail/bounces", summary="Say that a letter came back", openapi_extra=schema_of(MailThatCame, _EXAMPLE)
)
async def bounced(request: Request, key: Key, needs: Needs) -> ToldOfBounce:
    """A delivery status notification (RFC 3464), at most 1 MB; the same again changes nothing. 422 where it is
    about no letter of ours, or was forged.
    """
    del key  # what is recorded has a key made from the letter
    said: MailThatCame = understood(MailThatCame, await read_json(request, _AS_BASE64 + 1024))
    try:
        raw = base64.b64decode(said.message, validate=True)
        told = bounce_in(raw, needs.settings.mail_domain, needs.settings.mail_seal_keys)
    except (NotABounce, ValueError) as none:  # of base64, also for what is not ASCII
        detail = str(none) if isinstance(none, NotABounce) else "The message is not base64."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-a-bounce", detail) from None
    try:
        return ToldOfBounce(came_of=await Returns(needs.everything, needs.door).take(told, datetime.now(UTC)))
    except NotSentYet:
        detail = "That this letter went is not recorded yet. Try again."
        raise problem(HTTPStatus.SERVICE_UNAVAILABLE, "not-sent-yet", detail, RETRY_SECONDS) from None
