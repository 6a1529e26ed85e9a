"""The whole product as real processes, each of which can be killed outright and started again, with a line between
each pair that can be cut.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx2
from pydantic import SecretStr
from sqlalchemy import make_url

from cli.migrate import migrate
from runtime.embedded.mailbox import Mailbox, start_mailbox
from runtime.embedded.postgres import PostgresServer, start_postgres
from runtime.embedded.processes import LOOPBACK, Child, free_port, private_folder, start_child
from runtime.embedded.temporal_server import TemporalOptions, TemporalServer, start_temporal
from runtime.settings import Settings
from tests.faults.network import Line
from tests.keys import TEST_KEYS

SECRET: Final = "a-secret-that-is-only-for-tests-000"  # noqa: S105 - servers that live for one test
PROGRAMS: Final = ("worker", "relay", "api")
SERVERS: Final = ("postgres", "temporal")
LINES: Final = (
    *((program, server) for program in PROGRAMS for server in SERVERS),
    ("worker", "mail"),
    ("client", "api"),
)


@dataclass
class Stack:
    folder: Path
    postgres: PostgresServer
    temporal: TemporalServer
    mailbox: Mailbox
    settings: Settings
    lines: dict[tuple[str, str], Line]
    """By who connects, and to whom."""
    also: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    programs: dict[str, Child] = field(default_factory=dict)

    @property
    def api(self) -> str:
        return f"http://{LOOPBACK}:{self.settings.api_port}"

    @property
    def api_by_line(self) -> str:
        return f"http://{LOOPBACK}:{self.lines['client', 'api'].port}"

    def start(self, program: str) -> None:
        """The program as `casework` starts it, with nothing but its settings in the environment."""
        wanted = self.settings
        lines = {server: self.lines.get((program, server)) for server in (*SERVERS, "mail")}
        ports = {server: line.port for server, line in lines.items() if line is not None}
        environment = {
            **self.also.get(program, {}),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "CASEWORK_DATABASE_URL": _by(ports["postgres"], wanted.database_url),
            "CASEWORK_WORKER_DATABASE_URL": _by(
                ports["postgres"], wanted.worker_database_url or wanted.database_url
            ),
            "CASEWORK_TEMPORAL_ADDRESS": f"{LOOPBACK}:{ports['temporal']}",
            "CASEWORK_TOKEN_SECRET": SECRET,
            "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
            "CASEWORK_API_PORT": str(wanted.api_port),
            "CASEWORK_PUBLIC_URL": self.api,
            "CASEWORK_SMTP_PORT": str(ports.get("mail", wanted.smtp_port)),
            "CASEWORK_RELAY_REST_SECONDS": "2",
            "CASEWORK_EVIDENCE_URL": (self.folder / "evidence").as_uri(),
            "CASEWORK_REQUESTS_A_MINUTE": "1000000",
            "CASEWORK_REPORTS_AN_HOUR": "1000000",
        }
        command = [sys.executable, "-m", "cli.main", program]
        log = self.folder / f"{program}.log"
        self.programs[program] = start_child(program, command, log=log, environment=environment)

    async def kill(self, name: str) -> None:
        """Kill -9, a moment of absence, and a new start on the same data and ports."""
        self.end(name)
        await asyncio.sleep(1)
        await self.begin_again(name)

    def end(self, name: str) -> None:
        """Kill -9."""
        child = self.child(name)
        child.process.kill()
        child.process.wait()

    def child(self, name: str) -> Child:
        return {"postgres": self.postgres.child, "temporal": self.temporal.child}.get(name) or self.programs[name]

    async def begin_again(self, name: str) -> None:
        if name == "postgres":
            self.postgres = await start_postgres(self.postgres.child.log.parent)
        elif name == "temporal":
            self.temporal = await start_temporal(self.folder / "temporal", TemporalOptions(with_ui=False))
        else:
            self.start(name)

    async def back_up(self, name: str, to: Path) -> None:
        """What is on the disk while the server is not running."""
        self.end(name)
        await self._copied(self.folder / name, to)
        await self.begin_again(name)

    async def restore(self, name: str, backup: Path) -> None:
        """The server as it was when the backup was made. What knows more than that is stopped before."""
        for program in PROGRAMS:
            self.end(program)
        self.end(name)
        shutil.rmtree(self.folder / name)
        await self._copied(backup, self.folder / name)
        await self.begin_again(name)
        for program in PROGRAMS:
            self.start(program)

    @staticmethod
    async def _copied(what: Path, to: Path) -> None:
        """Owners and all: PostgreSQL does not run as root."""
        copying = await asyncio.create_subprocess_exec("cp", "--archive", str(what), str(to))
        if await copying.wait():
            raise OSError(f"{what} could not be copied")

    def move_postgres(self, server: PostgresServer) -> None:
        """To another one that has the same data: the addresses that the programs know lead to it from now on."""
        self.postgres = server
        urls = ("database_url", "worker_database_url", "migration_database_url")
        moved = {url: SecretStr(_by(server.port, getattr(self.settings, url))) for url in urls}
        self.settings = self.settings.model_copy(update=moved)
        for program in PROGRAMS:
            self.lines[program, "postgres"].target = server.port

    async def until_ready(self) -> None:
        async with asyncio.timeout(60), httpx2.AsyncClient() as http:
            while True:
                try:
                    answer = await http.get(f"{self.api}/health/ready")
                    if answer.status_code == httpx2.codes.OK and answer.json()["engine"] == "here":
                        return
                except httpx2.TransportError:
                    pass
                await asyncio.sleep(0.2)


@asynccontextmanager
async def running_stack(folder: Path, also: Mapping[str, Mapping[str, str]] | None = None) -> AsyncIterator[Stack]:
    """Durable servers: what they acknowledge is on disk. `also` are more settings for a program."""
    folder = private_folder(folder)
    postgres = await start_postgres(folder / "postgres")
    await postgres.create_database("casework")
    temporal = await start_temporal(folder / "temporal", TemporalOptions(with_ui=False))
    mailbox = await start_mailbox(folder / "mail")
    owner = make_url(postgres.url("casework"))
    app, worker = (owner.set(username=role, password=SECRET) for role in ("casework_app", "casework_worker"))
    settings = Settings.model_validate(
        {
            "database_url": app.render_as_string(hide_password=False),
            "worker_database_url": worker.render_as_string(hide_password=False),
            "migration_database_url": owner.render_as_string(hide_password=False),
            "temporal_address": temporal.target,
            "token_secret": SECRET,
            "encryption_keys": TEST_KEYS,
            "evidence_url": (folder / "evidence").as_uri(),
            "api_port": free_port(),
            "smtp_port": mailbox.port,
        }
    )
    await asyncio.to_thread(migrate, settings)
    targets = {
        "postgres": postgres.port,
        "temporal": int(temporal.target.rpartition(":")[2]),
        "mail": mailbox.port,
        "api": settings.api_port,
    }
    lines = {(program, server): Line(targets[server]) for program, server in LINES}
    for line in lines.values():
        await line.listen()
    stack = Stack(folder, postgres, temporal, mailbox, settings, lines, also or {})
    for program in PROGRAMS:
        stack.start(program)
    try:
        await stack.until_ready()
        yield stack
    finally:
        for child in stack.programs.values():
            await child.stop()
        for line in lines.values():
            await line.close()
        await stack.mailbox.stop()
        await stack.temporal.stop()
        await stack.postgres.stop()


def _by(port: int, url: SecretStr) -> str:
    return make_url(url.get_secret_value()).set(port=port).render_as_string(hide_password=False)
