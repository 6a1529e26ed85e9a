"""A standby of PostgreSQL takes over while cases live."""

import asyncio
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Final

import asyncpg

from runtime.database import dsn
from runtime.embedded.postgres import PostgresServer
from runtime.embedded.postgres_binaries import account_for, postgres_binaries
from runtime.embedded.processes import LOOPBACK, free_port, private_folder, repeated, start_child
from tests.faults.stack import Stack

_PATIENCE: Final = 60


async def fail_over(stack: Stack, _: object, seconds: float) -> None:
    """The standby has all that was committed, since each commit waits for it; then the first one dies."""
    first = stack.postgres
    standby = await standing_by(first, stack.folder / "postgres")
    await told(first, "ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")
    await asyncio.sleep(seconds)
    stack.end("postgres")
    await told(standby, "SELECT pg_promote()")
    stack.move_postgres(standby)
    shutil.rmtree(first.child.log.parent / "data")


async def told(server: PostgresServer, *statements: str) -> None:
    owner = await asyncpg.connect(dsn(server.url("postgres")))
    try:
        for statement in statements:
            await owner.execute(statement)
    finally:
        await owner.close()


async def standing_by(first: PostgresServer, where: Path) -> PostgresServer:
    """A copy in a folder of its own, and whatever is committed at the first one from now on."""
    binaries, port = postgres_binaries(), free_port()
    folder = private_folder(where / f"standby-{port}")
    folder.chmod(0o711)
    data = folder / "data"
    data.mkdir(mode=0o700)
    account = account_for(first.child.log.parent / "data")
    account.give(data)
    password = {"PGPASSWORD": first.password, "PATH": os.environ["PATH"], "LC_ALL": "C"}
    where = ["--host", first.host, "--port", str(first.port), "--username", first.user]
    options = ["--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf", "--no-sync"]
    copying = start_child(
        "pg_basebackup",
        [binaries.program("pg_basebackup"), *where, "--pgdata", str(data), *options],
        log=folder / "copying.log",
        account=account,
        environment=password,
    )
    assert await copying.ended(_PATIENCE), copying.last_words()
    assert copying.process.returncode == 0, copying.last_words()
    shutil.copy(first.child.log.parent / "password", folder / "password")
    (folder / "ports.json").write_text(json.dumps({"postgres": port}))
    settings = [f"listen_addresses={LOOPBACK}", f"port={port}", "unix_socket_directories=", "timezone=UTC"]
    child = start_child(
        "postgres",
        [binaries.program("postgres"), "-D", str(data), *repeated("-c", settings)],
        log=folder / "postgres.log",
        farewell=first.child.farewell,
        account=account,
        environment={"PATH": os.environ["PATH"], "LC_ALL": "C"},
    )
    standby = replace(first, port=port, child=child)
    async with asyncio.timeout(_PATIENCE):
        while not await standby.accepts_connections():
            assert child.running, child.last_words()
            await asyncio.sleep(0.05)
    return standby
