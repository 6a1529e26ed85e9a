"""`casework run`: everything on this machine, from servers to pages, until Ctrl-C. Data stays in `.casework/`."""

import asyncio
import json
import os
import secrets
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import structlog
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings
from sqlalchemy import make_url

from cli.migrate import DatabaseIsNewer, TableInUse, migrate
from policy.editions import Edition, in_force_on
from policy.editions.agencies import AgencyChannel
from policy.working_days import london_day
from runtime.embedded.mailbox import start_mailbox
from runtime.embedded.personas import local_sign_in
from runtime.embedded.postgres import PostgresDidNotStart, PostgresServer, start_postgres
from runtime.embedded.postgres_binaries import PostgresNotFound, PostgresRefusesRoot
from runtime.embedded.processes import LOOPBACK, Child, FolderInUse, kept_ports, private_folder, start_child
from runtime.embedded.temporal_server import (
    TemporalDidNotStart,
    TemporalNotFound,
    TemporalOptions,
    TemporalServer,
    start_temporal,
)
from runtime.embedded.texts import start_texts
from runtime.ending import asked_to_end
from runtime.keyring import new_key
from runtime.settings import HOME, LOCAL_ENV, Settings

_DATABASE: Final = "casework"
_PROCESSES: Final = ("personas", "worker", "relay", "api")
_PATIENCE: Final = 60
_KEY: Final = "local-1"

log = structlog.get_logger()


class CannotRun(RuntimeError):
    """A part did not start or ended by itself; the message says which and why."""


async def run() -> None:
    """Raises CannotRun."""
    try:
        await _run()
    except FolderInUse as in_use:
        raise CannotRun(f"Casework is already running here ({in_use}).") from in_use
    except (
        DatabaseIsNewer,
        PostgresDidNotStart,
        PostgresNotFound,
        PostgresRefusesRoot,
        TableInUse,
        TemporalDidNotStart,
        TemporalNotFound,
    ) as error:
        raise CannotRun(str(error)) from error


async def _run() -> None:
    home = private_folder(HOME)
    stopping = asked_to_end()
    async with AsyncExitStack() as stack:
        postgres = await start_postgres(home / "postgres")
        stack.push_async_callback(postgres.stop)
        await postgres.create_database(_DATABASE)
        temporal = await start_temporal(home / "temporal", TemporalOptions())
        stack.push_async_callback(temporal.stop)
        ports = kept_ports(home / "ports.json", ["api", "smtp", "personas", "texts"])
        mailbox = await start_mailbox(home / "mail", ports["smtp"])
        stack.push_async_callback(mailbox.stop)
        wanted = local_settings(home, postgres, temporal, ports)
        texts = await start_texts(home / "texts", secret_of_texts(wanted), ports["texts"])
        stack.push_async_callback(texts.stop)
        await asyncio.to_thread(migrate, wanted)
        children = [_started(name, private_folder(home / "logs")) for name in _PROCESSES]
        for child in children:
            stack.push_async_callback(child.stop)
        everything = [*children, postgres.child, temporal.child]
        pids = [os.getpid(), *(child.process.pid for child in everything)]
        (home / "pids").write_text("\n".join(map(str, pids)) + "\n")
        stack.callback((home / "pids").unlink)
        await _until_ready(wanted, children)
        _say_where(wanted, temporal)
        await _until_over(stopping, everything)
    sys.stdout.write("Stopped. Everything is kept in .casework/\n")


class _Kept(BaseSettings):
    """What the file that is there says, and anew what it does not."""

    model_config = Settings.model_config

    database_url: SecretStr | None = None
    worker_database_url: SecretStr | None = None
    token_secret: SecretStr = Field(default_factory=lambda: SecretStr(secrets.token_urlsafe(48)))
    encryption_keys: SecretStr = Field(default_factory=lambda: SecretStr(json.dumps({_KEY: new_key()})))
    encryption_key: str = _KEY
    text_messages_secret: SecretStr = Field(default_factory=lambda: SecretStr(secrets.token_urlsafe(24)))


def local_settings(
    home: Path, postgres: PostgresServer, temporal: TemporalServer, ports: dict[str, int]
) -> Settings:
    """Secrets are made once; the rest follows the servers. Other commands read the same file, and shells may."""
    kept = _Kept()
    owner = make_url(postgres.url(_DATABASE))
    app = owner.set(username="casework_app", password=_password(kept.database_url))
    worker = owner.set(username="casework_worker", password=_password(kept.worker_database_url))
    lines = {
        "LOCAL": "true",
        "DATABASE_URL": app.render_as_string(hide_password=False),
        "WORKER_DATABASE_URL": worker.render_as_string(hide_password=False),
        "MIGRATION_DATABASE_URL": owner.render_as_string(hide_password=False),
        "TEMPORAL_ADDRESS": temporal.target,
        "TOKEN_SECRET": kept.token_secret.get_secret_value(),
        "ENCRYPTION_KEYS": f"'{kept.encryption_keys.get_secret_value()}'",
        "ENCRYPTION_KEY": kept.encryption_key,
        "API_PORT": str(ports["api"]),
        "PUBLIC_URL": f"http://{LOOPBACK}:{ports['api']}",
        **local_sign_in(ports["personas"]),
        "SMTP_PORT": str(ports["smtp"]),
        "TEXT_MESSAGES_URL": f"http://{LOOPBACK}:{ports['texts']}/texts",
        "TEXT_MESSAGES_SECRET": kept.text_messages_secret.get_secret_value(),
        "WEBHOOKS_TO_PRIVATE_ADDRESSES": f"'[\"{LOOPBACK}/32\"]'",
        "EVIDENCE_URL": (home / "evidence").absolute().as_uri(),
        "AGENCIES": f"'{practice_addresses(in_force_on(london_day(datetime.now(UTC))))}'",
    }
    unfinished = home / "local.env.new"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"CASEWORK_{name}={value}\n" for name, value in lines.items())
    unfinished.replace(LOCAL_ENV)
    return Settings()


def _password(kept: SecretStr | None) -> str:
    known = make_url(kept.get_secret_value()).password if kept else None
    return known or secrets.token_urlsafe(24)


def secret_of_texts(wanted: Settings) -> str:
    return wanted.text_messages_secret.get_secret_value() if wanted.text_messages_secret else ""


def practice_addresses(edition: Edition) -> str:
    """As JSON without an apostrophe: each agency that is written to, at an address that nobody has (RFC 2606).
    What goes there comes to the mailbox.
    """
    written_to = (one for one in edition.agencies if one.channel is AgencyChannel.MAIL)
    addresses = {one.key: {"name": one.name, "email": f"{one.key}@agencies.example"} for one in written_to}
    return json.dumps(addresses).replace("'", "\\u0027")


def _started(name: str, logs: Path) -> Child:
    return start_child(name, [sys.executable, "-m", "cli.main", name], log=logs / f"{name}.log")


async def _until_ready(wanted: Settings, children: list[Child]) -> None:
    """Until the API accepts connections."""
    async with asyncio.timeout(_PATIENCE):
        while True:
            _none_ended(children)
            try:
                _, writer = await asyncio.open_connection(LOOPBACK, wanted.api_port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                await writer.wait_closed()
                return


async def _until_over(stopping: asyncio.Event, children: list[Child]) -> None:
    while not stopping.is_set():
        _none_ended(children)
        try:
            await asyncio.wait_for(stopping.wait(), 0.5)
        except TimeoutError:
            continue


def _none_ended(children: list[Child]) -> None:
    for child in children:
        if not child.running:
            raise CannotRun(f"{child.name} ended by itself. {child.last_words()}")


def _say_where(wanted: Settings, temporal: TemporalServer) -> None:
    sys.stdout.write(
        f"""
Casework is running.

  Report       {wanted.public_url}/report   (what a resident sees)
  API          http://{LOOPBACK}:{wanted.api_port}/api   (description: /api/openapi.json)
  Sign in      {wanted.public_url}/sign-in   (as one of some made-up people)
  Temporal UI  {temporal.ui}
  Mail         .casework/mail   (list it: .venv/bin/casework mailbox)
  Texts        .casework/texts   (nothing leaves this machine)
  Logs         .casework/logs

A token:  .venv/bin/casework token --as officer
Ctrl-C stops all of it.
"""
    )
    sys.stdout.flush()
