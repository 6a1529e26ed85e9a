"""How a command of ours ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from runtime.settings import Settings
from tests.keys import TEST_KEYS

TEARDOWN = "import atexit; atexit.register(print, 'torn down'); from cli.main import main; main()"


@pytest.mark.parametrize(("command", "code"), [("--help", 0), ("nonsense", 2), ("mailbox 2", 1)])
def test_a_command_ends_with_its_code_and_without_tearing_the_interpreter_down(
    command: str, code: int, tmp_path: Path, repository: Path
) -> None:
    """Teardown under a thread of the engine's client turned a finished `migrate` into exit code 139."""
    _some_files(tmp_path)
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
    assert ended.stdout + ended.stderr
    assert "torn down" not in ended.stdout


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("--help", 0, "Usage"),
        ("nonsense", 2, "nonsense"),
        ("verify --file missing", 2, ""),
        ("verify --file pack.pdf", 2, "pack.pdf is a PDF. What can be checked is a copy of a timeline"),
        ("verify --file photo.jpg", 2, "photo.jpg is not text."),
        ("verify --file notes.txt", 1, "holds no entry of a timeline. What can be checked"),
        ("mailbox", 0, "  1  2026-03-02 09:30  to k@example.org  Hello  (nothing)"),
        ("mailbox 1", 0, "Dear K"),
        ("mailbox -1", 0, "Dear K"),
        ("mailbox 2", 1, "There is no mail 2: there are 1."),
        ("mailbox 0", 1, "There is no mail 0"),
    ],
)
def test_a_command_says_what_became_of_it(
    command: str, code: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _some_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(app, command.split())
    assert ended.exit_code == code, ended.output
    assert says in ended.output


def _some_files(folder: Path) -> None:
    (folder / "pack.pdf").write_bytes(b"%PDF-1.7\n\xff\xfe")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "notes.txt").write_text("one\ntwo\n")
    mail = folder / ".casework/mail"
    mail.mkdir(parents=True)
    (mail / "20260302T093000.0Z-00-1.eml").write_text(
        "Delivered-To: k@example.org\nSubject: Hello\nDate: Mon, 2 Mar 2026 09:30:00 +0000\n\nDear K\n"
    )


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
