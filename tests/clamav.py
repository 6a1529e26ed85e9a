"""clamd for one test: with one signature, which stands for malware, and no way to fetch others."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from runtime.embedded.processes import LOOPBACK, Child, start_child
from tests.evidence_samples import TO_BE_FOUND

PROGRAM: Final = "/usr/sbin/clamd"
CALLED: Final = "Casework.Test"
_PID: Final = "clamd.pid"
MOST: Final = 1_000_000
"""Bytes of a file that it looks at. It is told up to four times as many before it hangs up."""


@asynccontextmanager
async def clamd(folder: Path, *, port: int | None = None, knows: bytes = TO_BE_FOUND) -> AsyncIterator[str]:
    """At the address that it yields: a unix socket, or that port on loopback."""
    signatures = folder / "signatures"
    signatures.mkdir(parents=True, exist_ok=True)
    (signatures / "test.ndb").write_text(f"{CALLED}:0:*:{knows.hex()}\n")
    socket = folder / "clamd.sock"
    socket.unlink(missing_ok=True)
    listens = f"LocalSocket {socket}" if port is None else f"TCPAddr {LOOPBACK}\nTCPSocket {port}"
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nDatabaseDirectory {signatures}\n{listens}\n"
        f"StreamMaxLength {4 * MOST}\nMaxFileSize {MOST}\nMaxScanSize {MOST}\n"
        f"PidFile {folder / _PID}\n"
        f"AlertExceedsMax yes\nMaxThreads 2\nTemporaryDirectory {folder}\n"
    )
    child = start_child("clamd", [PROGRAM, "-c", str(folder / "clamd.conf")], log=folder / "clamd.log")
    try:
        address = f"unix:{socket}" if port is None else f"{LOOPBACK}:{port}"
        await _listens(address, child)
        yield address
    finally:
        await child.stop()


def killed(folder: Path) -> None:
    """The clamd of that folder, in the middle of whatever it does."""
    os.kill(int((folder / _PID).read_text()), signal.SIGKILL)


async def _listens(address: str, child: Child) -> None:
    async with asyncio.timeout(60):
        while True:
            assert child.running, child.last_words()
            try:
                if address.startswith("unix:"):
                    _, writer = await asyncio.open_unix_connection(address.removeprefix("unix:"))
                else:
                    host, _, port = address.partition(":")
                    _, writer = await asyncio.open_connection(host, int(port))
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
