"""A small HTTP/1.1 client: one kept connection, one request at a time, so that the load costs little itself."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class UnexpectedAnswer(RuntimeError):
    """Another status than this load expects."""


@dataclass
class Connection:
    """Connects when it is first used, and anew when the server has closed it for being idle."""

    port: int
    token: str
    cookie: str = ""
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads((await self._answer(f"GET {path} HTTP/1.1\r\n", b"", {200}))[1])

    async def page(self, path: str) -> bytes:
        return (await self._answer(f"GET {path} HTTP/1.1\r\n", b"", {200}))[1]

    async def post(self, path: str, key: str, body: Mapping[str, object], expected: set[int]) -> tuple[int, Any]:
        """Status and body."""
        content = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nIdempotency-Key: {key}\r\nContent-Type: application/json\r\n"
        status, answer = await self._answer(f"{head}Content-Length: {len(content)}\r\n", content, expected)
        return status, json.loads(answer)

    async def _answer(self, head: str, body: bytes, expected: set[int]) -> tuple[int, bytes]:
        known = f"Cookie: {self.cookie}" if self.cookie else f"Authorization: Bearer {self.token}"
        request = f"{head}Host: localhost\r\n{known}\r\n\r\n".encode() + body
        try:
            told, content = await self._exchanged(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            # Closed for being idle just as we spoke. The key makes it safe to say it again.
            self.close()
            told, content = await self._exchanged(request)
        status = int(told.split(maxsplit=2)[1])
        if status not in expected:
            raise UnexpectedAnswer(f"{head.splitlines()[0]}: {told.splitlines()[0]} {content[:300]!r}")
        return status, content

    async def _exchanged(self, request: bytes) -> tuple[str, bytes]:
        """Head and body of the answer."""
        reader, writer = await self._connected()
        writer.write(request)
        told = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(told.partition("content-length:")[2].partition("\r\n")[0])
        return told, await reader.readexactly(length)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None or self._streams[0].at_eof():
            self.close()
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        return self._streams

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
