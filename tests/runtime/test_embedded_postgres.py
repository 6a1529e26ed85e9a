from pathlib import Path

import asyncpg
import pytest
from postgres_client import asked, running
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from runtime.embedded.postgres import (
    PostgresDataNotMade,
    PostgresDidNotStart,
    PostgresRefusedPassword,
    PostgresVersionDiffers,
    start_postgres,
)
from runtime.embedded.postgres_binaries import from_machine
from runtime.embedded.processes import FolderInUse


def permissions(*paths: Path) -> list[str]:
    return [f"{path.stat().st_mode & 0o777:o}" for path in paths]


async def test_it_takes_the_password_and_nothing_but_the_password(tmp_path: Path) -> None:
    async with running(tmp_path / "pg") as server:
        engine = create_async_engine(server.url("postgres"))
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT current_user")) == "casework"
        await engine.dispose()

        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(server.url("postgres").replace("+asyncpg", "").replace(server.password, "guess"))
        methods = await asked(
            server.url("postgres"), "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules"
        )
        assert methods == ["scram-sha-256"]
        assert server.password not in repr(server)


async def test_it_listens_on_loopback_alone_and_speaks_utf_8(tmp_path: Path) -> None:
    async with running(tmp_path / "pg") as server:
        url = server.url("postgres")
        assert await asked(url, "SHOW listen_addresses") == "127.0.0.1"
        assert await asked(url, "SHOW unix_socket_directories") == ""
        assert await asked(url, "SHOW server_encoding") == "UTF8"
        assert await asked(url, "SELECT lower('ÉLAN')") == "élan"


async def test_its_log_quotes_no_row_when_a_constraint_is_violated(tmp_path: Path) -> None:
    async with running(tmp_path / "pg") as server:
        with pytest.raises(asyncpg.UniqueViolationError):
            await asked(
                server.url("postgres"),
                "DO $$BEGIN CREATE TEMP TABLE t (n text UNIQUE); "
                "INSERT INTO t SELECT 'Ms' || ' K' FROM generate_series(1, 2); END$$",
            )
        assert "duplicate key" in server.child.said()
        assert "Ms K" not in server.child.said()


async def test_data_outlives_the_server_and_the_port_stays(tmp_path: Path) -> None:
    async with running(tmp_path / "pg", durable=True) as server:
        first = server
        assert await asked(server.url("postgres"), "SHOW fsync") == "on"
        await server.create_database('two "words"')
        await server.create_database('two "words"')
    assert first.child.process.returncode == 0

    async with running(tmp_path / "pg") as server:
        assert await asked(server.url('two "words"'), "SELECT current_database()") == 'two "words"'
        assert await asked(server.url("postgres"), "SHOW fsync") == "off"
        assert server.port == first.port


async def test_secrets_are_the_owners_alone_and_a_folder_that_was_there_stays_as_it_was(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o755)
    async with running(tmp_path) as server:
        assert permissions(tmp_path / "password", server.child.log) == ["600", "600"]
        assert permissions(tmp_path / "data") == ["700"]
    assert permissions(tmp_path) == ["755"]


async def test_a_second_server_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    async with running(tmp_path / "pg") as server:
        with pytest.raises(FolderInUse):
            await start_postgres(tmp_path / "pg", patience=0.2)
        assert await asked(server.url("postgres"), "SELECT 1") == 1


async def test_data_of_another_version_is_named_and_not_touched(tmp_path: Path) -> None:
    data = tmp_path / "pg" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresVersionDiffers, match="written by PostgreSQL 9"):
        await start_postgres(tmp_path / "pg")
    assert [(file.name, file.read_text()) for file in data.iterdir()] == [("PG_VERSION", "9\n")]


async def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    data = tmp_path / "pg" / "data"
    data.mkdir(parents=True)
    (data / "letter.txt").write_text("Dear Ms K")
    with pytest.raises(PostgresDataNotMade, match="neither empty"):
        await start_postgres(tmp_path / "pg")
    assert [file.name for file in data.iterdir()] == ["letter.txt"]


async def test_half_of_a_killed_first_start_is_cleared_away(tmp_path: Path) -> None:
    half = tmp_path / "pg" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    async with running(tmp_path / "pg") as server:
        assert await asked(server.url("postgres"), "SELECT 1") == 1
    assert not half.exists()


async def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    async with running(tmp_path / "pg"):
        pass
    with (tmp_path / "pg" / "data" / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = plenty\n")
    with pytest.raises(PostgresDidNotStart, match=r"(?s)postgres\.log.*shared_buffers"):
        await start_postgres(tmp_path / "pg")


@pytest.mark.parametrize("kept", [None, "another"])
async def test_a_lost_password_is_named(tmp_path: Path, kept: str | None) -> None:
    async with running(tmp_path / "pg"):
        pass
    password = tmp_path / "pg" / "password"
    password.unlink()
    if kept:
        password.write_text(kept)
    with pytest.raises(PostgresRefusedPassword, match="password"):
        await start_postgres(tmp_path / "pg")


@pytest.mark.skipif(from_machine() is None, reason="this machine has no PostgreSQL of its own")
async def test_the_machines_own_postgresql_does_as_well(tmp_path: Path) -> None:
    machine = from_machine()
    assert machine is not None
    async with running(tmp_path / "pg", binaries=machine) as server:
        assert str(await asked(server.url("postgres"), "SHOW server_version")).startswith(str(machine.version))
        assert await asked(server.url("postgres"), "SELECT lower('ÉLAN')") == "élan"
