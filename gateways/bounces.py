"""Reads what a mail server says of a message that it had taken and could not deliver. (RFC 3464)

Anybody can send such a report, so it counts only with the seal that we put into what we send, which comes back in
the returned headers: whoever forged one would have to have had the message.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.utils import parseaddr
from typing import Final

LARGEST: Final = 1024 * 1024
"""Bytes: a whole letter comes back with its PDF."""
SEAL: Final = "X-Casework-Seal"
_LONGEST_HEADER: Final = 998
_PARTS: Final = 3
_STATUS: Final = re.compile(r"([245])\.\d{1,3}\.\d{1,3}\b")
_MESSAGE_ID: Final = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^<>\s]+)>")


class NotABounce(Exception):
    """It is no report of ours, or nothing that can be read. The text quotes none of it."""


@dataclass(frozen=True)
class Bounce:
    """`letter` is the left of our Message-ID. What is not `for_good` is still being tried."""

    letter: str
    for_good: bool


def seal(key: bytes, message_id: str) -> str:
    return hmac.digest(key, f"mail\0{message_id}".encode(), hashlib.sha256).hex()[:32]


def bounce_in(raw: bytes, domain: str, keys: Sequence[bytes]) -> Bounce:
    """`keys` are those under which we seal, and did. Raises NotABounce."""
    if len(raw) > LARGEST:
        raise NotABounce("It is too large.")
    try:
        return _read(raw, domain, keys)
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError):
        raise NotABounce("It cannot be read.") from None


def _read(raw: bytes, domain: str, keys: Sequence[bytes]) -> Bounce:
    """Nothing but the report's own parts is looked at, however deep others are nested in them."""
    report = message_from_bytes(raw)
    parts = report.get_payload()
    if report.get_content_type() != "multipart/report" or not isinstance(parts, list):
        raise NotABounce("It is no report.")
    said = [one for one in parts[:_PARTS] if isinstance(one, Message)]
    of_recipients = [
        block
        for one in said
        if one.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}
        for block in _blocks(one)[1:]
    ]
    if not of_recipients:
        raise NotABounce("It says nothing of a recipient.")
    sent = _returned(said)
    letter = _ours(sent, domain, keys)
    to = parseaddr(_header(sent, "To"))[1].casefold()
    theirs = [block for block in of_recipients if to in (_recipients(block) or {to})]
    if not theirs:
        raise NotABounce("It is about another address than the one that we wrote to.")
    return Bounce(letter, for_good=any(_failed(block) for block in theirs))


def _blocks(status: Message) -> list[Message]:
    found = status.get_payload()
    return [one for one in found if isinstance(one, Message)] if isinstance(found, list) else []


def _recipients(of: Message) -> set[str]:
    """Where a mailbox passes mail on, the last may be another than the one that was written to. Empty where none
    can be read.
    """
    said = (_header(of, name).partition(";")[2].strip() for name in ("Original-Recipient", "Final-Recipient"))
    return {one.casefold() for one in said if "@" in one}


def _failed(recipient: Message) -> bool:
    status = _STATUS.match(_header(recipient, "Status"))
    failed = _header(recipient, "Action").lower() == "failed"
    return failed and status is not None and status[1] == "5"


def _returned(parts: Sequence[Message]) -> Message:
    """The headers of what we had sent."""
    for one in parts:
        payload = one.get_payload()
        match one.get_content_type():
            case "message/rfc822" | "message/global" if isinstance(payload, list) and payload:
                first = payload[0]
                if isinstance(first, Message):
                    return first
            case "text/rfc822-headers" | "message/global-headers":
                text = one.get_payload(decode=True)
                if isinstance(text, bytes):
                    return message_from_bytes(text)
                raise NotABounce("What we had sent cannot be read.")
    raise NotABounce("What we had sent has not come back with it.")


def _ours(sent: Message, domain: str, keys: Sequence[bytes]) -> str:
    message_id, sealed = _header(sent, "Message-ID"), _header(sent, SEAL)
    found = _MESSAGE_ID.fullmatch(message_id)
    if found is None or found[2] != domain:
        raise NotABounce("It is about no letter of ours.")
    if not any(hmac.compare_digest(seal(key, message_id), sealed) for key in keys):
        raise NotABounce("It has not our seal.")
    return found[1]


def _header(of: Message, name: str) -> str:
    """The only one of its name."""
    found = of.get_all(name, [])
    if len(found) != 1:
        return ""
    return str(found[0])[:_LONGEST_HEADER].strip()
