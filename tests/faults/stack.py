"""The whole product as real processes, each of which can be killed outright and started again."""

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
from sqlalchemy import make_url

from cli.migrate import migrate
from runtime.embedded.mailbox import Mailbox, start_mailbox
from runtime.embedded.postgres import PostgresServer, start_postgres
from runtime.embedded.processes import LOOPBACK, Child, free_port, private_folder, start_child
from runtime.embedded.temporal_server import TemporalOptions, TemporalServer, start_temporal
from runtime.settings import Settings
from tests.keys import TEST_KEYS

SECRET: Final = "a-secret-that-is-only-for-tests-000"  # noqa: S105 - servers that live for one test
PROGRAMS: Final = ("worker", "relay", "api")


@dataclass
class Stack:
    folder: Path
    postgres: PostgresServer
    temporal: TemporalServer
    mailbox: Mailbox
    settings: Settings
    also: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    programs: dict[str, Child] = field(default_factory=dict)

    @property
    def api(self) -> str:
        return f"http://{LOOPBACK}:{self.settings.api_port}"

    def start(self, program: str) -> None:
        """The program as `casework` starts it, with nothing but its settings in the environment."""
        wanted = self.settings
        environment = {
            **self.also.get(program, {}),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "CASEWORK_DATABASE_URL": wanted.database_url.get_secret_value(),
            "CASEWORK_WORKER_DATABASE_URL": (wanted.worker_database_url or wanted.database_url).get_secret_value(),
            "CASEWORK_TEMPORAL_ADDRESS": wanted.temporal_address,
            "CASEWORK_TOKEN_SECRET": SECRET,
            "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
            "CASEWORK_API_PORT": str(wanted.api_port),
            "CASEWORK_PUBLIC_URL": self.api,
            "CASEWORK_SMTP_PORT": str(wanted.smtp_port),
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
        child = {"postgres": self.postgres.child, "temporal": self.temporal.child}.get(name) or self.programs[name]
        child.process.kill()
        child.process.wait()

    async def begin_again(self, name: str) -> None:
        if name == "postgres":
            self.postgres = await start_postgres(self.folder / "postgres")
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
    stack = Stack(folder, postgres, temporal, mailbox, settings, also or {})
    for program in PROGRAMS:
        stack.start(program)
    try:
        await stack.until_ready()
        yield stack
    finally:
        for child in stack.programs.values():
            await child.stop()
        await stack.mailbox.stop()
        await stack.temporal.stop()
        await stack.postgres.stop()
