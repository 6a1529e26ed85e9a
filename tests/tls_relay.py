"""A relay on loopback that ends TLS and stands before a server which has none itself."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

_WANTS_TLS: Final = bytes.fromhex("00000008 04d2162f")
"""How PostgreSQL's clients ask whether the server speaks TLS (SSLRequest)."""


@dataclass
class Relay:
    """How many talks have been encrypted and how many not."""

    port: int = 0
    encrypted: int = 0
    plain: int = 0
    talks: set["asyncio.Task[None]"] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"


@asynccontextmanager
async def before(
    port: int, server: ssl.SSLContext, *, postgres: bool = False, speaks: str = "h2"
) -> AsyncIterator[Relay]:
    """TLS from the first byte, or where PostgreSQL's client asks for it."""
    relay = Relay()
    server.set_alpn_protocols(["postgresql" if postgres else speaks])

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        relay.talks.add(task)
        sides = [writer]
        try:
            behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", port)
            sides.append(behind_writer)
            if postgres:
                await _greeted(relay, server, reader, writer, behind_writer)
            await asyncio.gather(_pass_on(reader, behind_writer), _pass_on(behind_reader, writer))
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            for side in sides:
                side.transport.abort()

    listening = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=None if postgres else server)
    relay.port = listening.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        listening.close()
        for task in relay.talks:
            task.cancel()
        await asyncio.gather(*relay.talks, return_exceptions=True)


async def _greeted(
    relay: Relay,
    server: ssl.SSLContext,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    behind: asyncio.StreamWriter,
) -> None:
    asked = await reader.readexactly(len(_WANTS_TLS))
    if asked != _WANTS_TLS:
        relay.plain += 1
        behind.write(asked)
        return
    writer.write(b"S")
    await writer.start_tls(server)
    relay.encrypted += 1


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while told := await reader.read(65536):
        writer.write(told)
        await writer.drain()
    writer.close()
