"""Sends one text message through a gateway, and says truthfully what is known when that fails."""

import json
import re
from dataclasses import dataclass, field
from typing import Final, Protocol

from gateways.delivery import DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable
from gateways.http_posting import NOT_NOW, TAKEN, HttpPosting

_NUMBER: Final = re.compile(r"\+?[0-9]{7,15}")
_IN_NUMBERS: Final = re.compile(r"[\s().-]")
_OURS: Final = frozenset({401, 402, 403, 404, 405, 407})
"""What is wrong is our secret, our credit or the gateway's address, and not whom the message is to."""

_BUSY_WITH_IT: Final = 409


@dataclass(frozen=True)
class OutgoingText:
    """`reference` is the caller's and stays the same however often it is sent: a gateway knows it again."""

    reference: str
    to: str = field(repr=False)
    text: str = field(repr=False)


class TextMessages(Protocol):
    async def send(self, message: OutgoingText) -> None:
        """Raises DeliveryRefused, DeliveryUnavailable or DeliveryInDoubt."""


@dataclass(frozen=True, kw_only=True)
class HttpTextMessages(HttpPosting):
    """JSON `{"to", "text", "reference"}`, with a bearer secret and the reference as `Idempotency-Key`."""

    url: str = field(repr=False)
    secret: str = field(repr=False)

    async def send(self, message: OutgoingText) -> None:
        """Raises DeliveryRefused, DeliveryUnavailable or DeliveryInDoubt."""
        number = _IN_NUMBERS.sub("", message.to)
        if not _NUMBER.fullmatch(number):
            raise DeliveryRefused("This is not a number that a text message can go to.")
        body = json.dumps({"to": number, "text": message.text, "reference": message.reference}, ensure_ascii=False)
        headers = {"authorization": f"Bearer {self.secret}", "idempotency-key": message.reference}
        try:
            status = await self.post(self.url, body.encode(), headers)
        except DeliveryRefused as our_setting:
            raise DeliveryUnavailable(str(our_setting)) from None
        if status // 100 == TAKEN:
            return
        raise _not_taken(status)(f"The text message gateway said {status}.")


def _not_taken(status: int) -> type[DeliveryInDoubt | DeliveryRefused | DeliveryUnavailable]:
    """A redirect, too, says that the setting is wrong and nothing of the number."""
    if status == _BUSY_WITH_IT:
        return DeliveryInDoubt
    number_is_bad = status // 100 == 4 and status not in NOT_NOW | _OURS  # noqa: PLR2004 - 4xx
    return DeliveryRefused if number_is_bad else DeliveryUnavailable
