"""How a command of ours ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.settings import Settings
from tests.keys import TEST_KEYS

TEARDOWN = "import atexit; atexit.register(print, 'torn down'); from cli.main import main; main()"


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [("--help", 0, "Usage"), ("nonsense", 2, "nonsense"), ("verify --file missing", 2, "")],
)
def test_a_command_ends_with_its_code_and_without_tearing_the_interpreter_down(
    command: str, code: int, says: str, tmp_path: Path, repository: Path
) -> None:
    """Teardown under a thread of the engine's client turned a finished `migrate` into exit code 139."""
    ended = subprocess.run(
        [sys.executable, "-c", TEARDOWN, *command.split()],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == code, ended.stderr
    assert says in ended.stdout + ended.stderr
    assert "torn down" not in ended.stdout


def test_a_worker_that_fails_says_so_in_lines_of_its_log(
    settings: Settings, tmp_path: Path, repository: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "cli.main", "worker"],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(repository),
            "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
            "CASEWORK_TEMPORAL_ADDRESS": settings.temporal_address,
            "CASEWORK_TEMPORAL_NAMESPACE": "nowhere",
            "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
            "CASEWORK_EVIDENCE_URL": settings.evidence_url,
            "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
            "CASEWORK_LOG_FORMAT": "json",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = [json.loads(line) for line in (ended.stdout + ended.stderr).splitlines()]
    assert ended.returncode == 1
    assert lines[-1]["event"] == "command_failed"
    assert "nowhere" in lines[-1]["exception"]


def test_a_look_at_a_case_that_is_none_says_so_and_ends_with_1(
    settings: Settings, tmp_path: Path, repository: Path
) -> None:
    """It said that no open case was looked at and that nothing was found, and ended with 0."""
    ended = subprocess.run(
        [sys.executable, "-m", "cli.main", "audit", "NOPE"],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(repository),
            "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
            "CASEWORK_EVIDENCE_URL": settings.evidence_url,
            "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
            "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "There is no case NOPE.\n")
