"""A migration that wants a table for itself does not make everybody wait behind somebody who reads it for long."""

import asyncio
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Final

import asyncpg
from alembic import command
from alembic.config import Config

from cli.migrate import make_roles
from runtime.database import dsn
from runtime.embedded.postgres import PostgresServer
from runtime.revisions import revisions
from runtime.settings import Settings
from tests.conftest import as_worker
from tests.keys import TEST_KEYS

BEFORE: Final = "c47e10"
"""The next one makes a policy on `counted`."""
POLICIES: Final = "SELECT array_agg(policyname::text) FROM pg_policies WHERE tablename = 'counted'"


def migrated_to(owner: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.attributes |= {"url": owner, "tls": "prefer"}
    command.upgrade(config, revision)


def migrating(owner: str, settings: Settings, folder: Path, repository: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(repository),
        "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
        "CASEWORK_MIGRATION_DATABASE_URL": owner,
        "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CASEWORK_EVIDENCE_URL": settings.evidence_url,
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
    }
    run = [sys.executable, "-m", "cli.main", "migrate"]
    return subprocess.run(
        run, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


async def test_it_ends_soon_says_why_and_goes_through_afterwards(
    postgres: PostgresServer, settings: Settings, tmp_path: Path, repository: Path
) -> None:
    await postgres.create_database("beside_a_reader")
    owner = postgres.url("beside_a_reader")
    await make_roles(owner, as_worker(owner))
    await asyncio.to_thread(migrated_to, owner, BEFORE)
    reader, other = await asyncpg.connect(dsn(owner)), await asyncpg.connect(dsn(owner))
    async with reader.transaction():
        await reader.fetch("SELECT FROM counted")
        ended = await asyncio.to_thread(migrating, owner, settings, tmp_path, repository)
        assert (ended.returncode, "Traceback" in ended.stderr) == (1, False), ended.stderr
        assert "Try again in a few minutes." in ended.stderr
        assert await other.fetchval("SELECT version_num FROM alembic_version") == BEFORE
        assert await other.fetchval(POLICIES) == ["carried_on"]
    await reader.close()
    await asyncio.to_thread(migrated_to, owner, "head")
    assert await other.fetchval("SELECT version_num FROM alembic_version") == revisions()[0]
    await other.close()


async def test_an_index_that_is_built_while_others_write_waits_for_them(postgres: PostgresServer) -> None:
    """Longer than a migration that would keep others waiting."""
    await postgres.create_database("beside_a_writer")
    owner = postgres.url("beside_a_writer")
    await make_roles(owner, as_worker(owner))
    await asyncio.to_thread(migrated_to, owner, "f1a8c6")
    writer = await asyncpg.connect(dsn(owner))
    writing = writer.transaction()
    await writing.start()
    await writer.execute("LOCK cases IN ROW EXCLUSIVE MODE")
    building = asyncio.create_task(asyncio.to_thread(migrated_to, owner, "e4f9c6"))
    await asyncio.wait([building], timeout=7)
    assert not building.done()
    await writing.rollback()
    await building
    assert await writer.fetchval("SELECT bool_and(indisvalid) FROM pg_index") is True
    await writer.close()
