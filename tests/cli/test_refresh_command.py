"""`casework refresh` as it is typed."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from runtime.settings import Settings
from runtime.temporal import connect
from store import cases
from store.sessions import Store
from tests.given import EDITION, empty_file, entry, report
from tests.keys import keys
from workflows.case_door import CaseDoor


def refreshed(settings: Settings, folder: Path, repository: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "refresh", "--wait", "0"],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(repository),
            "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
            "CASEWORK_TEMPORAL_ADDRESS": settings.temporal_address,
            "CASEWORK_TASK_QUEUE": settings.task_queue,
            "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
            "CASEWORK_EVIDENCE_URL": settings.evidence_url,
            "CASEWORK_ENCRYPTION_KEYS": keys("test-1", "test-2"),
            "CASEWORK_ENCRYPTION_KEY": "test-2",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.usefixtures("client")
def test_where_nothing_runs_all_is_done(settings: Settings, tmp_path: Path, repository: Path) -> None:
    ended = refreshed(settings, tmp_path, repository)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "0 of 0 that run are under the active key.\n"


async def test_what_could_not_begin_anew_is_named_and_the_key_is_still_needed(
    settings: Settings, store: Store, tmp_path: Path, repository: Path
) -> None:
    """No worker serves it here."""
    first = settings.model_copy(update={"encryption_keys": SecretStr(keys("test-1"))})
    async with store.writing() as db:
        now = datetime.now(UTC)
        ref = await cases.next_ref(db, now.year)
        file = await cases.register(db, ref, EDITION.ref, empty_file(now.date()).closure_days, now)
    await CaseDoor(await connect(first, lazy=False), settings.task_queue).open(file, entry(report(now)))
    for _ in range(50):
        ended = refreshed(settings, tmp_path, repository)
        if "of 1" in ended.stdout:
            break
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout.startswith(f"0 of 1 that run are under the active key.\n  not yet: case/{ref}\n")
    assert "Keep the older key" in ended.stdout
