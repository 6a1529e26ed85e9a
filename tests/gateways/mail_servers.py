"""Real SMTP servers on loopback: one that behaves, and one that follows a script of misbehaviour."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Postbox:
    """What the behaving server took; `answers` are what it says instead of yes, by command."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if answer := self.answers.get("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if answer := self.answers.get("DATA"):
            return answer
        assert isinstance(envelope.content, bytes)
        self.taken.append((envelope.rcpt_tos, envelope.content))
        return "250 Taken"

    def only(self) -> EmailMessage:
        ((_, content),) = self.taken
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message


@contextlib.asynccontextmanager
async def behaving(
    postbox: Postbox,
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    password: str | None = None,
    utf8: bool = True,
) -> AsyncIterator[int]:
    def authenticated(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password == (password or "").encode()
        return AuthResult(success=right, handled=False)

    def connection() -> SMTP:
        return SMTP(
            postbox,
            hostname="mail.example",
            enable_SMTPUTF8=utf8,
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_required=password is not None,
            authenticator=authenticated,
        )

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1]


@dataclass(frozen=True)
class Talk:
    """One connection, seen from the server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def say(self, line: str) -> None:
        self.writer.write(f"{line}\r\n".encode())
        await self.writer.drain()

    async def hear(self, start: str) -> None:
        """Reads the client's next command."""
        line = await self.reader.readline()
        assert line.startswith(start.encode()), line

    async def up_to_data(self) -> None:
        """The usual talk, as far as the client's DATA."""
        await self.say("220 mail.example ESMTP")
        for command, answer in (("EHLO", "250 mail.example"), ("MAIL", "250 OK"), ("RCPT", "250 OK")):
            await self.hear(command)
            await self.say(answer)
        await self.hear("DATA")

    async def to_the_dot(self) -> None:
        await self.up_to_data()
        await self.say("354 Go on")
        await self.reader.readuntil(b"\r\n.\r\n")

    def reset(self) -> None:
        self.writer.transport.abort()


Script = Callable[[Talk], Awaitable[None]]


@contextlib.asynccontextmanager
async def misbehaving(script: Script) -> AsyncIterator[int]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await script(Talk(reader, writer))
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, limit=2**26)
    async with server:
        yield server.sockets[0].getsockname()[1]
