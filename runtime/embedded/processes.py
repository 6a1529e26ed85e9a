"""Server processes that end with the process that started them, and what they hold while they run."""

import asyncio
import fcntl
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"


class FolderInUse(Exception):
    """Another server still works in the folder, and didn't leave in time."""


@dataclass(frozen=True)
class Account:
    """Whom a child runs as: a user and group id, or (`within`) a command that makes its surroundings."""

    user: int | None = None
    group: int | None = None
    within: tuple[str, ...] = ()

    def give(self, target: Path | int) -> None:
        """Make a file that we made (its path or descriptor) this account's."""
        if self.user is not None:
            os.chown(target, self.user, -1 if self.group is None else self.group)


@dataclass(frozen=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path
    log_from: int
    farewell: signal.Signals

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    async def ended(self, within: float) -> bool:
        """Whether it ended on its own in that many seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while self.running:
            if loop.time() > deadline:
                return False
            await asyncio.sleep(0.02)
        return True

    async def stop(self, patience: float = 15) -> None:
        """Ask politely, wait `patience` seconds, then kill. Stopping twice is harmless."""
        if self.running:
            self.process.send_signal(self.farewell)
        if not await self.ended(patience):
            self.process.kill()
            self.process.wait()

    def said(self) -> str:
        """What this run (not an earlier one) wrote to its log."""
        with self.log.open("rb") as log:
            log.seek(self.log_from)
            return log.read().decode(errors="replace")

    def last_words(self, lines: int = 12) -> str:
        """The log's name and its last lines, for an error."""
        return "\n".join([f"{self.log}:", *self.said().splitlines()[-lines:]])


def start_child(  # noqa: PLR0913 - each is one fact about the process
    name: str,
    command: Sequence[str],
    *,
    log: Path,
    farewell: signal.Signals = signal.SIGTERM,
    account: Account = Account(),
    hold: Sequence[int] = (),
    environment: Mapping[str, str] | None = None,
) -> Child:
    """Start `command`, its output appended to `log`, keeping the descriptors in `hold` open.

    Where `setpriv` is there (Linux) the kernel sends `farewell` as soon as the *thread* that called this has
    ended, so call it from the main thread: then it means the process, however that ended. Elsewhere a child
    whose parent was killed outright stays behind. It has its own session, so Ctrl-C reaches the parent only,
    which stops its children in the order that suits them.
    """
    tied = ("setpriv", "--pdeathsig", farewell.name.removeprefix("SIG"), "--") if _setpriv_ties() else ()
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
        written = os.fstat(output.fileno()).st_size
        process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            [*account.within, *tied, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=0o077,
            pass_fds=tuple(hold),
            user=account.user,
            group=account.group,
            extra_groups=None if account.user is None else [],
            env=None if environment is None else dict(environment),
        )
    return Child(name, process, log, written, farewell)


def repeated(flag: str, values: Iterable[str]) -> list[str]:
    """The flag before each value, as command lines take several."""
    return [word for value in values for word in (flag, value)]


@functools.cache
def _setpriv_ties() -> bool:
    """Whether this machine's `setpriv` knows --pdeathsig (util-linux does, BusyBox doesn't)."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return False
    probe = [setpriv, "--pdeathsig", "TERM", "--", "true"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0  # noqa: S603 - as above


@asynccontextmanager
async def sole_use(folder: Path, patience: float) -> AsyncIterator[int]:
    """A lock on the folder as a descriptor for a child to `hold`: free again once the last process holding
    it has gone, orphans included. Waits for a predecessor that is still leaving; raises FolderInUse.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _locked(lock):
            if loop.time() > deadline:
                raise FolderInUse(f"another server is running in {folder}")
            await asyncio.sleep(0.1)
        yield lock
    finally:
        os.close(lock)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def private_folder(folder: Path) -> Path:
    """The folder as an absolute path; made for its owner alone if missing, left as it is if not."""
    folder = folder.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def free_port() -> int:
    """A port of the loopback address that nobody uses at this moment."""
    return _free_ports(1)[0]


def kept_ports(file: Path, names: Sequence[str]) -> dict[str, int]:
    """Each name's port as it was last time, or a free one where that is new or taken; kept in `file`."""
    earlier: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
    ports = {name: earlier[name] for name in names if name in earlier and _is_free(earlier[name])}
    missing = [name for name in names if name not in ports]
    ports |= zip(missing, _free_ports(len(missing)), strict=True)
    unfinished = file.with_suffix(".new")
    unfinished.write_text(json.dumps(ports))
    unfinished.replace(file)
    return ports


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: skip closed connections
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
