"""`casework import` is killed in the middle and started again: nothing twice, nothing lost, and nobody named."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import pytest
from rich.progress import Progress
from sqlalchemy import text

from cli.verify import verify
from runtime.settings import Settings
from store.sessions import Store
from tests.cli.brought import OVER, of_case, refs, written
from tests.keys import TEST_KEYS

CASES = 300
_COUNT = text("SELECT count(*) FROM imported_cases WHERE imported_at IS NOT NULL")
NAMES = ("Rowan", "rowan@example.org", "Music every night", "ASB/")


async def importing(settings: Settings, repository: Path, *arguments: str) -> Process:
    """The command in a process of its own, and those that it starts."""
    assert settings.worker_database_url is not None
    told = {
        "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
        "CASEWORK_WORKER_DATABASE_URL": settings.worker_database_url.get_secret_value(),
        "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CASEWORK_EVIDENCE_URL": settings.evidence_url,
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
        "CASEWORK_TEMPORAL_ADDRESS": settings.temporal_address,
        "PYTHONPATH": str(repository),
    }
    command = [sys.executable, "-m", "cli.main", "import", *arguments]
    return await asyncio.create_subprocess_exec(
        *command, env=os.environ | told, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, start_new_session=True
    )


async def brought_so_far(store: Store) -> int:
    async with store.reading() as db:
        return int(await db.connection.scalar(_COUNT) or 0)


async def nobody_is_left(group: int) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return
            await asyncio.sleep(0.05)


@pytest.mark.timeout(300)
async def test_an_import_that_is_killed_is_finished_by_the_next(
    settings: Settings, store: Store, repository: Path, tmp_path: Path
) -> None:
    file = str(written(tmp_path / "cases.csv", [row for n in range(CASES) for row in of_case(f"ASB/{n}", OVER)]))
    first = await importing(settings, repository, file)
    async with asyncio.timeout(120):
        while not await brought_so_far(store):
            await asyncio.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    said = [*await first.communicate()]
    await nobody_is_left(first.pid)
    assert first.returncode == -signal.SIGKILL
    half = await brought_so_far(store)
    assert 0 < half < CASES
    again = await importing(settings, repository, file)
    said += await again.communicate()
    assert again.returncode == 0, said
    assert await brought_so_far(store) == CASES
    assert len(await refs(store)) == CASES
    async with store.reading() as db:
        facts = await db.connection.scalar(text("SELECT count(*) FROM timeline"))
        people = await db.connection.scalar(text("SELECT count(*) FROM people"))
    assert (facts, people) == (CASES * 6, CASES)
    printed = b"".join(said).decode()
    assert f"Here already, and left as they are: {half} cases." in printed
    assert not [name for name in NAMES if name in printed]
    with Progress(disable=True) as progress:
        assert not (await verify(settings, progress)).faults
