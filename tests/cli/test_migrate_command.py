"""`casework migrate` by an image that is older than the database, as when a release is taken back."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from runtime.settings import Settings
from store.sessions import Store
from tests.keys import TEST_KEYS


async def test_a_database_of_a_newer_release_is_left_alone_and_said_to_be_one(
    store: Store, settings: Settings, tmp_path: Path, repository: Path
) -> None:
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE alembic_version SET version_num = 'ffffff'"))
    assert settings.migration_database_url is not None
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(repository),
        "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
        "CASEWORK_MIGRATION_DATABASE_URL": settings.migration_database_url.get_secret_value(),
        "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CASEWORK_EVIDENCE_URL": settings.evidence_url,
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
    }
    run = [sys.executable, "-m", "cli.main", "migrate"]
    ended = await asyncio.to_thread(
        subprocess.run, run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "The database is of a newer release" in ended.stderr
    assert "Traceback" not in ended.stderr
    async with store.reading() as db:
        assert await db.connection.scalar(text("SELECT version_num FROM alembic_version")) == "ffffff"
