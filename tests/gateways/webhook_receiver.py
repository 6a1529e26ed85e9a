"""A real agency's system on loopback: takes signed messages once each, and fails as it is told to."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import secrets
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any

SECRET = "whsec_" + base64.b64encode(b"a-secret-only-for-the-tests!").decode()
TEXT_SECRET = secrets.token_urlsafe()
OLDEST_SECONDS = 300
HERE = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
"""Where it stands, which is not where messages go unless somebody says so."""


@dataclass
class Agency:
    """`says` are its next answers instead of 202, in order. `taken` are messages by their id."""

    says: list[int] = field(default_factory=list)
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: int = 0
    headers: list[dict[str, str]] = field(default_factory=list)

    def only(self) -> dict[str, Any]:
        (body,) = self.taken.values()
        return body

    def answer(self, headers: dict[str, str], body: bytes) -> int:
        self.asked += 1
        self.headers.append(headers)
        if self.says:
            return self.says.pop(0)
        if not genuine(headers, body):
            return 401
        self.taken.setdefault(headers["webhook-id"], json.loads(body))
        return 202


def genuine(headers: dict[str, str], body: bytes) -> bool:
    """Signed with the secret over id, time and body, and not older than five minutes."""
    try:
        id_, sent, signatures = (headers[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
    except KeyError:
        return False
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    wanted = hmac.new(key, f"{id_}.{sent}.".encode() + body, hashlib.sha256).digest()
    signed = any(
        hmac.compare_digest(base64.b64decode(one.removeprefix("v1,")), wanted) for one in signatures.split(" ")
    )
    return signed and abs(time.time() - int(sent)) <= OLDEST_SECONDS


@dataclass
class TextGateway:
    """One that takes text messages once each. `says` are its next answers instead of 202, in order."""

    says: list[int] = field(default_factory=list)
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: int = 0

    def answer(self, headers: dict[str, str], body: bytes) -> int:
        self.asked += 1
        if self.says:
            return self.says.pop(0)
        if headers.get("authorization") != f"Bearer {TEXT_SECRET}":
            return 401
        self.taken.setdefault(headers["idempotency-key"], json.loads(body))
        return 202


@dataclass(frozen=True)
class Talk:
    """One connection, seen from the receiver."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def hear(self) -> tuple[dict[str, str], bytes]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = [line.partition(": ") for line in head.splitlines()[1:] if line]
        headers = {name.lower(): value for name, _, value in lines}
        return headers, await self.reader.readexactly(int(headers["content-length"]))

    async def say(self, status: int, *more: str) -> None:
        lines = [f"HTTP/1.1 {status} Said", "Content-Length: 0", "Connection: close", *more, "", ""]
        self.writer.write("\r\n".join(lines).encode())
        await self.writer.drain()

    def reset(self) -> None:
        self.writer.transport.abort()


Script = Callable[[Talk], Awaitable[None]]


@contextlib.asynccontextmanager
async def receiving(agency: Agency | TextGateway, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """The address of one that behaves."""

    async def script(talk: Talk) -> None:
        await talk.say(agency.answer(*await talk.hear()), "Location: /elsewhere")

    async with misbehaving(script, tls) as address:
        yield address


@contextlib.asynccontextmanager
async def misbehaving(script: Script, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await script(Talk(reader, writer))
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls, limit=2**26)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"{'https' if tls else 'http'}://localhost:{port}/referrals"
