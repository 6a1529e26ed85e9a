"""A PostgreSQL server of our own on the loopback address, as an ordinary user or as root."""

import asyncio
import os
import secrets
import shutil
import signal
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import asyncpg

from runtime.embedded.postgres_binaries import Binaries, account_for, postgres_binaries
from runtime.embedded.processes import (
    LOOPBACK,
    Account,
    Child,
    kept_ports,
    private_folder,
    repeated,
    sole_use,
    start_child,
)

USER = "casework"
PORT_ATTEMPTS = 3  # another program may take a free port before the server does
FIRST_WITH_OWN_LOCALES = 17  # from here on PostgreSQL brings C.UTF-8 itself, the same on every machine


class PostgresDidNotStart(Exception):
    """The server ended or stayed silent; the message has the last lines of its log."""


class PostgresDataNotMade(PostgresDidNotStart):
    """initdb failed, or the data folder holds something else."""


class PostgresVersionDiffers(PostgresDidNotStart):
    """The data was written by another major version. It was not touched."""


class PostgresRefusedPassword(PostgresDidNotStart):
    """The password file beside the data is missing or isn't the one the data was made with."""


@dataclass(frozen=True)
class PostgresServer:
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    child: Child = field(repr=False)

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://{self.user}:{self.password}@{self.host}:{self.port}/{quote(database)}"

    async def create_database(self, name: str) -> None:
        """Make the database unless it is there."""
        connection = await self._connect()
        try:
            if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
                await connection.execute('CREATE DATABASE "{}"'.format(name.replace('"', '""')))
        finally:
            await connection.close()

    async def stop(self) -> None:
        """End every connection, write everything down, leave."""
        await self.child.stop(patience=30)

    async def accepts_connections(self) -> bool:
        """Raises PostgresRefusedPassword."""
        try:
            connection = await self._connect()
        except asyncpg.InvalidPasswordError as refused:
            raise PostgresRefusedPassword(f"{self.child.log.parent / 'password'} is not the data's") from refused
        except (OSError, asyncpg.CannotConnectNowError):
            return False
        await connection.close()
        return True

    async def _connect(self) -> asyncpg.Connection:
        return await asyncpg.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password,
            database="postgres",
            ssl=False,
            timeout=10,
        )


async def start_postgres(
    folder: Path, *, durable: bool = True, binaries: Binaries | None = None, patience: float = 60
) -> PostgresServer:
    """A server on the data in `folder` (made when there is none), once it accepts connections.

    `folder` holds `data`, `password`, `ports.json` and the logs. `durable=False` is for tests: a power cut
    may lose everything. Call it from the main thread (see `start_child`). Waits `patience` seconds.
    Raises PostgresDidNotStart, PostgresNotFound, PostgresRefusesRoot, FolderInUse.
    """
    binaries = binaries or postgres_binaries()
    folder, account = _prepared(folder)
    async with sole_use(folder, min(patience, 10)) as lock:
        place = Place(folder, binaries, account, lock, durable)
        if not place.has_data():
            await place.make_data()
        for _ in range(PORT_ATTEMPTS):
            server = place.launch()
            async with AsyncExitStack() as on_failure:
                on_failure.push_async_callback(server.stop)
                if await _ready(server, place.data, patience):
                    on_failure.pop_all()
                    return server
            if "could not bind" not in server.child.said():
                break
    raise PostgresDidNotStart(server.child.last_words())


def _prepared(folder: Path) -> tuple[Path, Account]:
    """The folder, made if missing, and whom the server runs as in it."""
    is_new = not folder.exists()
    folder = private_folder(folder)
    account = account_for(folder / "data")
    if is_new and account.user is not None:
        folder.chmod(0o711)  # ours, just made: the account passes through it to the data
    return folder, account


@dataclass(frozen=True)
class Place:
    """Where a server keeps its data and on what terms it runs; `lock` is held by all its processes."""

    folder: Path
    binaries: Binaries
    account: Account
    lock: int
    durable: bool

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def password(self) -> Path:
        return self.folder / "password"

    def has_data(self) -> bool:
        """Raises PostgresVersionDiffers, PostgresDataNotMade (something else is there)."""
        mark = self.data / "PG_VERSION"
        if not mark.exists():
            if self.data.exists() and any(self.data.iterdir()):
                raise PostgresDataNotMade(f"{self.data} is neither empty nor PostgreSQL's")
            return False
        version = mark.read_text().strip()
        if version != str(self.binaries.version):
            raise PostgresVersionDiffers(
                f"{self.data} was written by PostgreSQL {version}; {self.binaries.folder} has "
                f"{self.binaries.version}. Install {version}, or dump there and load here."
            )
        return True

    async def make_data(self) -> None:
        """Made aside and moved into place whole, so that a killed initdb leaves no half of it."""
        password = secrets.token_urlsafe(32)
        reader, writer = os.pipe()
        try:
            with os.fdopen(writer, "w") as pipe:
                pipe.write(password + "\n")
            initdb = self._initdb(self._empty_folder(), reader)
        finally:
            os.close(reader)
        try:
            await initdb.ended(within=60)
        finally:
            await initdb.stop()
        if initdb.process.returncode:
            raise PostgresDataNotMade(initdb.last_words())
        self._keep(password)

    def launch(self) -> PostgresServer:
        """Start the server without waiting for it. Raises PostgresRefusedPassword when there is none."""
        if not self.password.exists():
            raise PostgresRefusedPassword(f"{self.password} is missing")
        port = kept_ports(self.folder / "ports.json", ["postgres"])["postgres"]
        settings = [
            f"listen_addresses={LOOPBACK}",
            f"port={port}",
            "unix_socket_directories=",
            "timezone=UTC",  # whatever the machine's is
            "log_error_verbosity=terse",  # a violated constraint's detail quotes the row, people and all
            *([] if self.durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
        ]
        child = start_child(
            "postgres",
            [self.binaries.program("postgres"), "-D", str(self.data), *repeated("-c", settings)],
            log=self.folder / "postgres.log",
            farewell=signal.SIGINT,  # a "fast" shutdown: doesn't wait for clients to leave
            account=self.account,
            hold=[self.lock],
            # Holding the lock, we know that the process named in a left-over pid file is no server of this
            # folder, though another program may have its number by now. This is PostgreSQL's word for that;
            # it still looks for memory that an old server's processes share.
            environment=_environment() | {"PG_GRANDPARENT_PID": _pid_file(self.data)[0]},
        )
        return PostgresServer(LOOPBACK, port, USER, self.password.read_text(), child)

    def _empty_folder(self) -> Path:
        aside = self.folder / "data.new"
        if aside.exists():
            shutil.rmtree(aside)
        aside.mkdir(mode=0o700)
        self.account.give(aside)
        return aside

    def _initdb(self, data: Path, password: int) -> Child:
        self.account.give(password)
        locale = (
            ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if self.binaries.version >= FIRST_WITH_OWN_LOCALES
            else ["--locale=C.UTF-8"]
        )
        return start_child(
            "initdb",
            [
                *(self.binaries.program("initdb"), "-D", str(data), "--encoding=UTF8", *locale),
                *(f"--username={USER}", f"--pwfile=/dev/fd/{password}"),
                *("--auth-host=scram-sha-256", "--auth-local=scram-sha-256"),
                *([] if self.durable else ["--no-sync"]),
            ],
            log=self.folder / "initdb.log",
            account=self.account,
            hold=[self.lock, password],
            environment=_environment(),
        )

    def _keep(self, password: str) -> None:
        self.password.unlink(missing_ok=True)
        with os.fdopen(os.open(self.password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(password)
        (self.folder / "data.new").rename(self.data)


def _environment() -> dict[str, str]:
    """No variable of ours concerns PostgreSQL, and none of its own (PGPORT, LANG) may change what it does."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


async def _ready(server: PostgresServer, data: Path, patience: float) -> bool:
    """Whether the server (not another one on its port) accepts connections within that time."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience
    own = (str(server.child.process.pid), "ready")
    while server.child.running and loop.time() < deadline:
        if _pid_file(data) == own and await server.accepts_connections():
            return True
        await asyncio.sleep(0.02)
    return False


def _pid_file(data: Path) -> tuple[str, str]:
    """The process id and the status that a server wrote down, as `pg_ctl` reads them; empty if it didn't."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        lines = []
    lines += [""] * 8
    return lines[0].strip(), lines[7].strip()
