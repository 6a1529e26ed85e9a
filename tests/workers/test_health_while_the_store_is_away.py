"""A process that waits for the store says so from its beginning."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from runtime.embedded.processes import LOOPBACK, free_port
from runtime.settings import Settings
from tests.workers.at_work import begun


@pytest.mark.parametrize("program", ["worker", "relay"])
async def test_it_is_alive_and_not_ready(settings: Settings, tmp_path: Path, program: str) -> None:
    nowhere = SecretStr(f"postgresql+asyncpg://nobody@{LOOPBACK}:{free_port()}/none")
    process = begun(settings.model_copy(update={"worker_database_url": nowhere}), tmp_path, program=program)
    await process.until_ready(503)
    await process.child.stop()
