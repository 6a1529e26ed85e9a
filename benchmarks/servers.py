"""The servers and processes of one run, all started here and ended here."""

import asyncio
import json
import os
import secrets
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from subprocess import Popen

import asyncpg
from pydantic import SecretStr
from sqlalchemy import make_url
from temporalio.client import Client

from benchmarks.accounting import Processes
from benchmarks.bare_worker import TABLE, bare_client
from cli.migrate import migrate
from policy.caller import STAFF_ROLES
from runtime import tokens
from runtime.database import dsn
from runtime.embedded.postgres import start_postgres
from runtime.embedded.processes import LOOPBACK, Child, free_port, start_child
from runtime.embedded.temporal_server import TemporalOptions, start_temporal
from runtime.keyring import new_key
from runtime.settings import Settings
from runtime.temporal import connect
from workflows.case_door import CaseDoor

_DATABASE = "casework"
_PATIENCE = 60


@dataclass(frozen=True)
class Bench:
    """`records` is a connection to the product's database, for looking only."""

    settings: Settings
    token: str
    processes: Processes
    client: Client
    door: CaseDoor
    records: "asyncpg.Connection[asyncpg.Record]"
    folder: Path


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Bench]:
    """PostgreSQL as durable as in production, Temporal in memory, the product's worker and API, the bare one."""
    async with AsyncExitStack() as stack:
        postgres = await start_postgres(folder / "postgres")
        stack.push_async_callback(postgres.stop)
        await postgres.create_database(_DATABASE)
        temporal = await start_temporal(folder / "temporal", TemporalOptions(in_memory=True, with_ui=False))
        stack.push_async_callback(temporal.stop)
        owner = postgres.url(_DATABASE)
        app = make_url(owner).set(username="casework_app", password=secrets.token_urlsafe(16))
        worker = app.set(username="casework_worker")
        wanted = Settings(
            _env_file=None,
            database_url=SecretStr(app.render_as_string(hide_password=False)),
            worker_database_url=SecretStr(worker.render_as_string(hide_password=False)),
            migration_database_url=SecretStr(owner),
            temporal_address=temporal.target,
            token_secret=SecretStr(secrets.token_urlsafe(48)),
            encryption_keys=SecretStr(json.dumps({"bench": new_key()})),
            evidence_url=(folder / "evidence").absolute().as_uri(),
            api_port=free_port(),
            max_cached_cases=20_000,
            log_level="warning",
            requests_a_minute=10**8,
            role_groups={role: frozenset({role.value}) for role in STAFF_ROLES},
        )
        await asyncio.to_thread(migrate, wanted)
        records = await asyncpg.connect(dsn(owner))
        stack.push_async_callback(records.close)
        await records.execute(TABLE)
        own = {"BARE_TEMPORAL": temporal.target, "BARE_DATABASE": dsn(owner)}
        commands = {
            "worker": ["cli.main", "worker"],
            "api": ["cli.main", "api"],
            "bare worker": ["benchmarks.bare_worker"],
        }
        children = {
            name: start_child(
                name,
                [sys.executable, "-m", *command],
                log=folder / f"{name}.log",
                environment=os.environ | _as_environment(wanted) | own,
            )
            for name, command in commands.items()
        }
        for child in children.values():
            stack.push_async_callback(child.stop)
        await _until_listening(wanted.api_port, children["api"])
        roots = {name: child.process.pid for name, child in children.items()}
        roots |= {"temporal": temporal.child.process.pid, "postgres": postgres.child.process.pid}
        yield Bench(
            settings=wanted,
            token=tokens.issue(wanted, "officer-1", "officer", timedelta(hours=2)),
            processes=Processes(roots),
            client=await bare_client(temporal.target),
            door=CaseDoor(await connect(wanted, lazy=False), wanted.task_queue, seconds=30),
            records=records,
            folder=folder,
        )


@dataclass(frozen=True)
class AnotherApi:
    process: Popen[bytes]
    port: int


@asynccontextmanager
async def another_api(bench: Bench) -> AsyncIterator[AnotherApi]:
    """Beside the one that runs, on the same servers."""
    wanted = bench.settings.model_copy(update={"api_port": free_port()})
    child = start_child(
        "second api",
        [sys.executable, "-m", "cli.main", "api"],
        log=bench.folder / "second-api.log",
        environment=os.environ | _as_environment(wanted),
    )
    await _until_listening(wanted.api_port, child)
    yield AnotherApi(child.process, wanted.api_port)
    await child.stop()


def _as_environment(wanted: Settings) -> dict[str, str]:
    names = ("temporal_address", "api_port", "max_cached_cases", "log_level", "requests_a_minute", "evidence_url")
    plain = {name: str(getattr(wanted, name)) for name in names}
    hidden = {
        "database_url": wanted.database_url.get_secret_value(),
        "worker_database_url": (wanted.worker_database_url or wanted.database_url).get_secret_value(),
        "token_secret": wanted.token_secret.get_secret_value(),
        "encryption_keys": wanted.encryption_keys.get_secret_value() if wanted.encryption_keys else "",
    }
    plain["role_groups"] = json.dumps({role: sorted(groups) for role, groups in wanted.role_groups.items()})
    return {f"CASEWORK_{name.upper()}": value for name, value in (plain | hidden).items()}


async def _until_listening(port: int, child: Child) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and child.running:
        try:
            _, writer = await asyncio.open_connection(LOOPBACK, port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise RuntimeError(child.last_words())
