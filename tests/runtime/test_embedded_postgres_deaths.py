import signal
import subprocess
from pathlib import Path

import asyncpg
import pytest
from elsewhere import started_elsewhere
from postgres_client import asked, running

from runtime.embedded.postgres import start_postgres
from runtime.embedded.processes import sole_use

GONE_WITHIN = 5  # seconds


async def test_a_killed_server_comes_back_at_once_with_what_it_had_promised(tmp_path: Path) -> None:
    server = await start_postgres(tmp_path / "pg", durable=True)
    busy = await asyncpg.connect(server.url("postgres").replace("+asyncpg", ""))
    await busy.execute("CREATE TABLE promise AS SELECT 'call back' AS words")
    server.child.process.send_signal(signal.SIGKILL)
    server.child.process.wait()

    async with running(tmp_path / "pg") as again:
        assert await asked(again.url("postgres"), "SELECT words FROM promise") == "call back"
        assert again.port == server.port
    await busy.close()


async def test_another_programs_number_in_a_left_over_pid_file_does_not_stop_it(tmp_path: Path) -> None:
    server = await start_postgres(tmp_path / "pg", durable=False)
    server.child.process.kill()
    server.child.process.wait()
    pid_file = tmp_path / "pg" / "data" / "postmaster.pid"
    with subprocess.Popen(["sleep", "60"]) as other:  # noqa: ASYNC220 - over at once
        pid_file.write_text(pid_file.read_text().replace(str(server.child.process.pid), str(other.pid), 1))
        async with running(tmp_path / "pg") as again:
            assert await asked(again.url("postgres"), "SELECT 1") == 1
        other.kill()


async def test_it_ends_when_whoever_started_it_is_killed_and_can_be_started_at_once(tmp_path: Path) -> None:
    with started_elsewhere("postgres", tmp_path / "pg") as parent:
        assert await asked(parent.where, "SELECT 1") == 1
        parent.kill()
        async with sole_use(tmp_path / "pg", GONE_WITHIN):
            pass
        with pytest.raises(ConnectionRefusedError):
            await asked(parent.where, "SELECT 1")
        async with running(tmp_path / "pg") as again:
            assert await asked(again.url("postgres"), "SELECT 1") == 1
