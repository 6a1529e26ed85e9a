"""A scanner for malware: clamd, spoken to as its INSTREAM command has it, over TCP or a unix socket."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, Protocol

_LIMITS: Final = "Heuristics.Limits.Exceeded"
"""What clamd finds in a file that it has not looked at whole (`AlertExceedsMax`)."""
_UNIX: Final = "unix:"
_MOST_SAID: Final = 4096
_LENGTH: Final = 4


class ScannerAway(RuntimeError):
    """It does not answer, breaks off, or answers not as clamd does."""


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
        with await self._connected() as there:
            return _meant(await self._asked(there, pieces))

    async def _connected(self) -> socket.socket:
        try:
            there = await asyncio.to_thread(self._connect)
        except OSError as away:  # TimeoutError is one
            raise ScannerAway(type(away).__name__) from away
        there.setblocking(False)
        return there

    def _connect(self) -> socket.socket:
        if not self.address.startswith(_UNIX):
            host, _, port = self.address.rpartition(":")
            return socket.create_connection((host.strip("[]"), int(port)), self.seconds)
        there = socket.socket(socket.AF_UNIX)
        try:
            there.settimeout(self.seconds)
            there.connect(self.address.removeprefix(_UNIX))
        except OSError:
            there.close()
            raise
        return there

    async def _asked(self, there: socket.socket, pieces: AsyncIterator[bytes]) -> str:
        """Where the file is too large for it clamd says so and hangs up while it is still being told: what it has
        said can be read all the same. Where it has said nothing it is clamd that broke off, and not the file.
        """
        if await self._told(there, b"zINSTREAM\0"):
            async for piece in pieces:
                if piece and not await self._told(there, len(piece).to_bytes(_LENGTH) + piece):
                    break
            else:
                await self._told(there, bytes(_LENGTH))
        return await self._said(there)

    async def _told(self, there: socket.socket, said: bytes) -> bool:
        """False where it no longer listens. Raises ScannerAway."""
        try:
            async with asyncio.timeout(self.seconds):
                await asyncio.get_running_loop().sock_sendall(there, said)
        except ConnectionError:
            return False
        except OSError as away:
            raise ScannerAway(type(away).__name__) from away
        return True

    async def _said(self, there: socket.socket) -> str:
        """Up to the NUL that ends it. Raises ScannerAway."""
        said, loop = b"", asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self.seconds):
                while not said.endswith(b"\0") and len(said) < _MOST_SAID:
                    if not (more := await loop.sock_recv(there, _MOST_SAID)):
                        break
                    said += more
        except OSError as away:
            raise ScannerAway(type(away).__name__) from away
        return said.decode(errors="replace").strip("\0\n ")


def _meant(said: str) -> str | None:
    answer = said.removeprefix("stream: ")
    if answer == "OK":
        return None
    if answer.endswith(" FOUND") and not answer.startswith(_LIMITS):
        return answer.removesuffix(" FOUND")
    if answer.endswith((" FOUND", "ERROR")):
        raise NotScanned(answer)
    raise ScannerAway("no answer")
