"""A text message gateway on the loopback address that keeps every message as a file instead of passing it on."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import structlog

from runtime.embedded.processes import LOOPBACK, private_folder

log = structlog.get_logger()

_LARGEST: Final = 10_000
"""Bytes of a message."""


@dataclass(frozen=True)
class Texts:
    """`messages` are as they came, one file each; the same one again is kept once."""

    folder: Path
    port: int
    server: asyncio.Server

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/texts"

    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(file.read_text()) for file in sorted(self.folder.glob("*.json"))]

    async def stop(self) -> None:
        self.server.close()
        await self.server.wait_closed()


async def start_texts(folder: Path, secret: str, port: int = 0) -> Texts:
    """A gateway on that port, or on a free one, that takes what comes with the secret."""
    folder = private_folder(folder)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            status = _taken(folder, secret, *await _heard(reader))
            head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            writer.write(head.encode())
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, LOOPBACK, port)
    return Texts(folder, server.sockets[0].getsockname()[1], server)


async def _heard(reader: asyncio.StreamReader) -> tuple[dict[str, str], bytes]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    length = headers.get("content-length", "")
    return headers, await reader.readexactly(min(int(length), _LARGEST) if length.isdecimal() else 0)


def _taken(folder: Path, secret: str, headers: dict[str, str], body: bytes) -> HTTPStatus:
    if not hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {secret}".encode()):
        return HTTPStatus.UNAUTHORIZED
    try:
        message = json.loads(body)
        kept = {name: str(message[name]) for name in ("to", "text", "reference")}
    except (ValueError, TypeError, KeyError):
        return HTTPStatus.BAD_REQUEST
    file = folder / f"{hashlib.sha256(headers.get('idempotency-key', '').encode()).hexdigest()[:16]}.json"
    with contextlib.suppress(FileExistsError):
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            json.dump(kept, new, ensure_ascii=False)
        log.info("text_received", file=file.name)
    return HTTPStatus.ACCEPTED
