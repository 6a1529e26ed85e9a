"""Two that bring the same database up to date at the same time: one waits, and finds nothing left to do."""

import asyncio
import os
import sys
from pathlib import Path

import asyncpg

from cli.migrate import make_roles
from runtime.database import dsn
from runtime.embedded.postgres import PostgresServer
from runtime.revisions import revisions
from tests.conftest import as_worker

MIGRATE = "import os; from cli.migrate import migrate_database; migrate_database(os.environ['OWNER'])"


async def migrating(owner: str, repository: Path) -> tuple[int | None, str]:
    """A process of its own, as Alembic has one environment in each."""
    begun = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        MIGRATE,
        cwd=repository,
        env={"PATH": os.environ["PATH"], "OWNER": owner},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await begun.communicate()
    return begun.returncode, said.decode()


async def test_two_migrations_at_once_come_one_after_the_other(postgres: PostgresServer, repository: Path) -> None:
    await postgres.create_database("two_at_once")
    owner = postgres.url("two_at_once")
    await make_roles(owner, as_worker(owner))
    both = await asyncio.gather(*(migrating(owner, repository) for _ in range(2)))
    assert [code for code, _ in both] == [0, 0], both
    connection = await asyncpg.connect(dsn(owner))
    assert await connection.fetchval("SELECT string_agg(version_num, ' ') FROM alembic_version") == revisions()[0]
    await connection.close()


async def test_roles_that_two_make_at_once_are_made_once(postgres: PostgresServer) -> None:
    owner = postgres.url("postgres")
    new = as_worker(owner).replace("casework_worker", "casework_made_twice")
    await asyncio.gather(*(make_roles(owner, new) for _ in range(8)))
    connection = await asyncpg.connect(dsn(owner))
    assert await connection.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = 'casework_made_twice'") == 1
    await connection.execute("DROP ROLE casework_made_twice")
    await connection.close()
