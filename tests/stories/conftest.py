"""One stage with its servers for all live stories; stories written by a test."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from cli.story.live import Stage, live_stage

Write = Callable[[str], Path]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    async with live_stage() as stage:
        yield stage


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        file = tmp_path / "story.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return written
