"""A scanner for malware: clamd, spoken to as its INSTREAM command has it, over TCP or a unix socket."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, Protocol

_LIMITS: Final = "Heuristics.Limits.Exceeded"
"""What clamd finds in a file that it has not looked at whole (`AlertExceedsMax`)."""
_UNIX: Final = "unix:"
_MOST_SAID: Final = 4096
_LENGTH: Final = 4


class ScannerAway(RuntimeError):
    """It does not answer, or not as clamd does."""


class NotScanned(RuntimeError):
    """It has not looked at all of the file: too large for it, say. The message is what it said."""


class Scanner(Protocol):
    async def found_in(self, pieces: AsyncIterator[bytes]) -> str | None:
        """What it calls the malware in it; None where it is clean. Raises ScannerAway, NotScanned and whatever
        `pieces` raises.
        """


@dataclass(frozen=True)
class Clamd:
    """At `host:port` or `unix:/path`. It has `seconds` for each answer and each piece."""

    address: str
    seconds: float = 60.0

    async def found_in(self, pieces: AsyncIterator[bytes]) -> str | None:
        reader, writer = await self._connected()
        try:
            said = await self._asked(reader, writer, pieces)
        finally:
            writer.close()
        return _meant(said)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            async with asyncio.timeout(self.seconds):
                if self.address.startswith(_UNIX):
                    return await asyncio.open_unix_connection(self.address.removeprefix(_UNIX))
                host, _, port = self.address.rpartition(":")
                return await asyncio.open_connection(host.strip("[]"), int(port))
        except OSError as away:  # TimeoutError is one
            raise ScannerAway(type(away).__name__) from away

    async def _asked(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pieces: AsyncIterator[bytes]
    ) -> str:
        """Where the file is too large for it clamd says so and hangs up while it is still being told."""
        answer = asyncio.create_task(reader.read(_MOST_SAID))
        try:
            await self._told(writer, pieces, answer)
            async with asyncio.timeout(self.seconds):
                return (await answer).decode(errors="replace").strip("\0\n ")
        except TimeoutError as away:
            raise ScannerAway("TimeoutError") from away
        except ConnectionError as hung_up:
            raise NotScanned("it hung up") from hung_up
        finally:
            answer.cancel()

    async def _told(
        self, writer: asyncio.StreamWriter, pieces: AsyncIterator[bytes], answer: "asyncio.Task[bytes]"
    ) -> None:
        """Until it has answered, or hung up: then what it said before that is its answer. Raises TimeoutError."""
        writer.write(b"zINSTREAM\0")
        async for piece in pieces:
            if answer.done():
                return
            if piece and not await self._written(writer, piece):
                return
        await self._written(writer, b"")

    async def _written(self, writer: asyncio.StreamWriter, piece: bytes) -> bool:
        """False where it no longer listens."""
        try:
            async with asyncio.timeout(self.seconds):
                writer.write(len(piece).to_bytes(_LENGTH) + piece)
                await writer.drain()
        except ConnectionError:
            return False
        return True


def _meant(said: str) -> str | None:
    answer = said.removeprefix("stream: ")
    if answer == "OK":
        return None
    if answer.endswith(" FOUND") and not answer.startswith(_LIMITS):
        return answer.removesuffix(" FOUND")
    if answer.endswith((" FOUND", "ERROR")):
        raise NotScanned(answer)
    raise ScannerAway("no answer")
