"""The lines between processes, each of which can be cut in the ways in which networks are."""

import asyncio
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from runtime.embedded.processes import LOOPBACK

_A_PIECE: Final = 1 << 14
_WITHOUT_A_WORD: Final = struct.pack("ii", 1, 0)
"""SO_LINGER: closing sends RST in place of FIN."""


@dataclass
class Line:
    """What connects to `port` speaks to `target`, a port of the loopback address, which may change."""

    target: int
    port: int = 0
    delay: float = 0
    """Seconds, for each piece."""
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None
    _talks: dict["_Talk", None] = field(default_factory=dict)
    """In the order in which they began."""
    _bytes_left: int | None = None
    _spares_the_first: bool = False

    async def listen(self) -> None:
        self._open.set()
        self._server = await asyncio.start_server(self._talk, LOOPBACK, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def refuse(self) -> None:
        """Nobody is there: those who are connected are cut off, and nobody else gets a connection."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.reset()

    def hold(self) -> None:
        """The cable is out: nothing arrives until it is in again, and then all of it does."""
        self._open.clear()

    def forget(self) -> None:
        """What stands between has lost its memory: connections stay, and what is said on them goes nowhere."""
        for talk in self._talks:
            talk.forgotten = True

    def reset(self, after: int = 0) -> None:
        """Every connection ends once that many more bytes have passed, in the middle of what was being said."""
        self._bytes_left = after
        if not after:
            self._break_off()

    def only_the_first(self) -> None:
        """Of all connections only the one that was made first is carried on, until the line is mended."""
        self._spares_the_first = True
        for talk in tuple(self._talks)[1:]:
            talk.end()

    async def mend(self) -> None:
        """Connections that were forgotten stay so."""
        self.delay, self._bytes_left, self._spares_the_first = 0, None, False
        self._open.set()
        if self._server is None:
            await self.listen()

    async def close(self) -> None:
        await self.refuse()
        self._open.set()
        await asyncio.gather(*(talk.over.wait() for talk in tuple(self._talks)))

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = _Talk(writer)
        self._talks[talk] = None
        with suppress(OSError):
            await self._open.wait()
            there = await asyncio.open_connection(LOOPBACK, self.target)
            talk.writers.append(there[1])
            if not talk.ended and not self._spares_the_first:
                ways = self._pass(talk, reader, there[1]), self._pass(talk, there[0], writer)
                await asyncio.gather(*ways)
        talk.end()
        del self._talks[talk]
        talk.over.set()

    async def _pass(self, talk: "_Talk", reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Either side may say that it has no more to say, and still listen."""
        with suppress(OSError):
            while piece := await reader.read(_A_PIECE):
                await asyncio.sleep(self.delay)
                await self._open.wait()
                if talk.forgotten:
                    continue
                writer.write(self._as_far_as_it_goes(piece))
                await writer.drain()
                if self._bytes_left == 0:
                    self._break_off()
            if not talk.forgotten and writer.can_write_eof():
                writer.write_eof()
            return
        talk.end()

    def _as_far_as_it_goes(self, piece: bytes) -> bytes:
        if self._bytes_left is None:
            return piece
        piece = piece[: self._bytes_left]
        self._bytes_left -= len(piece)
        return piece

    def _break_off(self) -> None:
        self._bytes_left = None
        for talk in self._talks:
            talk.end()


@dataclass(eq=False)
class _Talk:
    """One connection, from whoever made it and to whom it leads."""

    writer: asyncio.StreamWriter
    forgotten: bool = False
    ended: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    def end(self) -> None:
        self.ended = True
        for writer in (self.writer, *self.writers):
            if not writer.transport.is_closing():
                with suppress(OSError):
                    link: socket.socket = writer.get_extra_info("socket")
                    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _WITHOUT_A_WORD)
                writer.transport.abort()
