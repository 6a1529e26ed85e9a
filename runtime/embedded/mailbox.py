"""A mail server on the loopback address that keeps every message as a file instead of passing it on."""

import asyncio
import hashlib
import logging
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from runtime.embedded.processes import LOOPBACK, private_folder

log = structlog.get_logger()

_LINK: Final = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)]")


@dataclass(frozen=True)
class Mail:
    """One kept message. `copy` is 1, or more when the same Message-ID arrived again."""

    file: Path
    copy: int
    message_id: str
    to: tuple[str, ...]
    subject: str
    dated: datetime | None
    attachments: tuple[str, ...]


@dataclass(frozen=True)
class Mailbox:
    folder: Path
    host: str
    port: int
    server: asyncio.Server = field(repr=False)
    connections: set["Connection"] = field(repr=False)

    def messages(self) -> list[Mail]:
        return kept_mail(self.folder)

    async def stop(self) -> None:
        """Take no more mail, hang up on whoever is connected."""
        self.server.close()
        for connection in list(self.connections):
            connection.hang_up()
        await self.server.wait_closed()


async def start_mailbox(folder: Path, port: int = 0) -> Mailbox:
    """A mailbox on that port, or on a free one."""
    # At "info" it writes the addresses of every sender and recipient into our log.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    folder = private_folder(folder)
    loop = asyncio.get_running_loop()
    connections: set[Connection] = set()
    server = await loop.create_server(lambda: Connection(folder, connections, loop), LOOPBACK, port)
    return Mailbox(folder, LOOPBACK, server.sockets[0].getsockname()[1], server, connections)


def kept_mail(folder: Path) -> list[Mail]:
    """Every message in the folder, in the order of arrival."""
    return [_read(file) for file in sorted(folder.glob("*.eml"))]


def listed(place: int, mail: Mail) -> str:
    """One line of a list in which it stands at that place, from 1."""
    when = "-" if mail.dated is None else f"{mail.dated:%Y-%m-%d %H:%M}"
    return f"{place:>3}  {when}  to {', '.join(mail.to)}  {mail.subject}  ({_attached(mail)})"


def printed(mail: Mail) -> str:
    """As somebody reads it: what stands in it as text, and at the end each link by itself."""
    body = _parsed(mail.file.read_bytes()).get_body(("plain",))
    text = str(body.get_content()).replace("\r\n", "\n").strip() if body is not None else ""
    head = (("To", ", ".join(mail.to)), ("Subject", mail.subject), ("Attached", _attached(mail)))
    links = dict.fromkeys(_LINK.findall(text))
    parts = ["\n".join(f"{name}: {what}" for name, what in head), text]
    return "\n\n".join([*parts, *(["\n".join(["Links:", *links])] if links else [])])


def _attached(mail: Mail) -> str:
    return ", ".join(mail.attachments) or "nothing"


class Connection(SMTP):
    """One client's conversation."""

    def __init__(self, folder: Path, connections: set["Connection"], loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(Keep(folder), hostname="localhost", enable_SMTPUTF8=True, loop=loop)
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._connections.discard(self)

    def hang_up(self) -> None:
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()


@dataclass(frozen=True)
class Keep:
    """What the mail server does with a message."""

    folder: Path

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        file = keep(self.folder, envelope.original_content or b"", envelope.rcpt_tos)
        log.info("mail_received", file=file.name)
        return f"250 Kept as {file.stem}"


def keep(folder: Path, content: bytes, recipients: list[str]) -> Path:
    """Written whole or not at all; each recipient of the envelope on top, as hidden copies name nobody.

    The file is named by its time of arrival, a hash of its Message-ID, and which copy of that message it is.
    """
    message_id = _parsed(content)["Message-ID"] or content
    identity = hashlib.sha256(message_id if isinstance(message_id, bytes) else str(message_id).encode())
    short = identity.hexdigest()[:16]
    copy = 1 + len(list(folder.glob(f"*-{short}-*.eml")))
    file = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{short}-{copy}.eml"
    unfinished = file.with_suffix(".part")
    delivered = b"".join(f"Delivered-To: {each}\r\n".encode() for each in recipients)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as part:
        part.write(delivered + content)
    return unfinished.rename(file)


def _read(file: Path) -> Mail:
    message = _parsed(file.read_bytes())
    return Mail(
        file=file,
        copy=int(file.stem.rpartition("-")[2]),
        message_id=str(message["Message-ID"] or ""),
        to=tuple(str(each) for each in message.get_all("Delivered-To", [])),
        subject=str(message["Subject"] or ""),
        dated=message["Date"].datetime if message["Date"] else None,
        attachments=tuple(part.get_filename() or "(unnamed)" for part in message.iter_attachments()),
    )


def _parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - that policy makes no other
    return message
