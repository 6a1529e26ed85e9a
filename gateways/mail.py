"""Sends one e-mail, and says truthfully what is known when that fails."""

import asyncio
import contextlib
import datetime as dt
import re
import ssl
import unicodedata
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as ASCII_HEADERS
from email.policy import SMTPUTF8 as UTF8_HEADERS
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import aiosmtplib
from aiosmtplib.protocol import SMTPProtocol
from opentelemetry import trace

from gateways.bounces import SEAL, seal
from gateways.delivery import DeliveryFailed, DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable

MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
ADDRESS = re.compile(r'[^\s\x00-\x1f\x7f<>"(),:;\\@\[\]]+@[^\s\x00-\x1f\x7f<>"(),:;\\@\[\]]+')
ENHANCED_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
START_INPUT = 354
TAKEN, NOT_NOW, NEVER = 2, 4, 5
"""The first digit of an answer."""
_TRACER = trace.get_tracer("casework")
END_OF_DATA = b".\r\n"
FLUSH_PAUSE = 0.01
"""Seconds between two looks at whether the message has left our own buffer."""


@dataclass(frozen=True)
class Mailbox:
    name: str
    address: str


@dataclass(frozen=True)
class Attachment:
    """A PDF, named after its case so that the file's name tells nothing else."""

    reference: str
    pdf: bytes

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9-]+", self.reference):
            raise ValueError("An attachment is named by a reference: letters, digits and hyphens.")

    @property
    def filename(self) -> str:
        return f"{self.reference}.pdf"


@dataclass(frozen=True)
class OutgoingMail:
    """`message_id` and `date` are the caller's, so that sending it again sends the same bytes."""

    message_id: str
    date: dt.datetime
    to: Mailbox
    subject: str
    text: str
    attachment: Attachment | None

    def __post_init__(self) -> None:
        if not MESSAGE_ID.fullmatch(self.message_id):
            raise ValueError("A message id looks like <left@right>.")
        if self.date.tzinfo is None:
            raise ValueError("A message's date has a time zone.")


class Mail(Protocol):
    async def send(self, message: OutgoingMail) -> None:
        """Raises DeliveryRefused, DeliveryUnavailable or DeliveryInDoubt."""


class Encryption(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True)
class SmtpMail:
    """One connection a message. `timeout` is in seconds, for each answer of the server."""

    host: str
    port: int
    sender: Mailbox
    encryption: Encryption
    timeout: float
    reply_to: Mailbox | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None
    seal_key: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not ADDRESS.fullmatch(self.sender.address):
            raise ValueError("The sender's address is not one that mail can be sent from.")

    async def send(self, message: OutgoingMail) -> None:
        """Raises DeliveryRefused, DeliveryUnavailable or DeliveryInDoubt."""
        if not ADDRESS.fullmatch(message.to.address):
            raise DeliveryRefused("This is not an address that mail can be sent to.")
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.encryption is Encryption.TLS,
            start_tls=self.encryption is Encryption.STARTTLS,
            username=self.username,
            password=self.password,
            timeout=self.timeout,
            tls_context=ssl.create_default_context(cafile=self.ca) if self.ca else None,
        )
        try:
            with _TRACER.start_as_current_span("mail", record_exception=False, set_status_on_exception=False):
                await self._hand_over(client, message)
        finally:
            client.close()

    async def _hand_over(self, client: aiosmtplib.SMTP, message: OutgoingMail) -> None:
        """Before the final dot is written nothing can have been taken (RFC 5321, 4.1.1.4)."""
        try:
            protocol = await self._offer(client, message)
            protocol.write(END_OF_DATA)
        except aiosmtplib.SMTPResponseException as answered:
            raise DeliveryUnavailable(_said(answered.code, answered.message)) from None
        except (aiosmtplib.SMTPException, OSError) as lost:
            raise DeliveryUnavailable(f"The message was not handed over: {lost}") from lost
        try:
            answer = await protocol.read_response(timeout=self.timeout)
        except (aiosmtplib.SMTPException, OSError) as lost:
            raise DeliveryInDoubt("The mail server went away without an answer.") from lost
        if answer.code // 100 != TAKEN:
            raise _refusal(answer.code, answer.message, otherwise=DeliveryInDoubt)
        with contextlib.suppress(aiosmtplib.SMTPServerDisconnected):
            protocol.write(b"QUIT\r\n")  # the message is taken: nothing after that may fail or take time

    async def _offer(self, client: aiosmtplib.SMTP, message: OutgoingMail) -> SMTPProtocol:
        """Everything up to the final dot, which aiosmtplib would write together with the text."""
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()
        utf8 = not (message.to.address + self.sender.address).isascii()
        if utf8 and not client.supports_extension("smtputf8"):
            raise DeliveryRefused("The mail server can't write to an address in these letters.")
        encoding = "utf-8" if utf8 else "ascii"
        await client.mail(self.sender.address, options=["SMTPUTF8"] if utf8 else [], encoding=encoding)
        try:
            await client.rcpt(message.to.address, encoding=encoding)
        except aiosmtplib.SMTPRecipientRefused as refused:
            raise _refusal(refused.code, refused.message, otherwise=DeliveryUnavailable) from None
        go_ahead = await client.execute_command(b"DATA")
        if go_ahead.code != START_INPUT:
            raise _refusal(go_ahead.code, go_ahead.message, otherwise=DeliveryUnavailable)
        if (protocol := client.protocol) is None:
            raise DeliveryUnavailable("The mail server went away.")
        headers = UTF8_HEADERS if utf8 else ASCII_HEADERS
        written = _written(message, self.sender, self.reply_to, self.seal_key).as_bytes(policy=headers)
        protocol.write(_dots_doubled(written))
        await self._flushed(protocol)
        return protocol

    async def _flushed(self, protocol: SMTPProtocol) -> None:
        async with asyncio.timeout(self.timeout):
            while isinstance(transport := protocol.transport, asyncio.WriteTransport):
                if transport.get_write_buffer_size() == 0:
                    return
                await asyncio.sleep(FLUSH_PAUSE)


def _refusal(code: int, text: str, *, otherwise: type[DeliveryFailed]) -> DeliveryFailed:
    kind = {NOT_NOW: DeliveryUnavailable, NEVER: DeliveryRefused}.get(code // 100, otherwise)
    return kind(_said(code, text))


def _said(code: int, text: str) -> str:
    status = ENHANCED_STATUS.match(text)
    return f"The mail server said {code}{f' {status[0]}' if status else ''}."


def _written(message: OutgoingMail, sender: Mailbox, reply_to: Mailbox | None, key: bytes | None) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = _header_address(sender)
    if reply_to is not None:
        mail["Reply-To"] = _header_address(reply_to)
    mail["To"] = _header_address(message.to)
    mail["Subject"] = _one_line(message.subject)
    mail["Date"] = message.date
    mail["Message-ID"] = message.message_id
    if key is not None:
        mail[SEAL] = seal(key, message.message_id)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text, cte="quoted-printable")
    if message.attachment:
        mail.add_attachment(
            message.attachment.pdf,
            maintype="application",
            subtype="pdf",
            filename=message.attachment.filename,
        )
        mail.set_boundary("=_" + sha256(f"{message.message_id}\n{message.text}".encode()).hexdigest()[:40])
    return mail


def _header_address(mailbox: Mailbox) -> Address:
    local, _, domain = mailbox.address.rpartition("@")
    return Address(_one_line(mailbox.name), local, domain)


def _one_line(text: str) -> str:
    """So that a name can't begin a header of its own."""
    seen = (" " if unicodedata.category(character)[0] in "CZ" else character for character in text)
    return " ".join("".join(seen).split())


def _dots_doubled(message: bytes) -> bytes:
    """A line that is a dot would end the message (RFC 5321, 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", message)
