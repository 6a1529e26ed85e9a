"""Settings come from the environment; what is missing or weak stops the process with its name."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from pydantic import ValidationError
from typer.testing import CliRunner

from cli.main import app
from runtime.settings import Settings
from tests.keys import TEST_KEYS

COMPLETE = {
    "CASEWORK_DATABASE_URL": "postgresql+asyncpg://u:hidden-password@127.0.0.1:1/x",
    "CASEWORK_TOKEN_SECRET": "hidden-secret-of-32-characters-or-more",
    "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
    "CASEWORK_EVIDENCE_URL": "file:///nowhere",
}
COMMANDS = ("worker", "migrate", "token --as officer")


def casework(command: str, folder: Path, repository: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *command.split()],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(repository), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def told_here(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> Result:
    """What the command says, in this process: where it goes no further than its settings that is enough."""
    for name in [name for name in os.environ if name.startswith("CASEWORK_")]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    return CliRunner().invoke(app, command.split())


@pytest.mark.parametrize("missing", list(COMPLETE))
def test_a_missing_secret_is_named(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {name: value for name, value in COMPLETE.items() if name != missing}
    ended = told_here("api", tmp_path, monkeypatch, **given)
    assert ended.exit_code == 2
    assert missing in ended.stderr
    assert isinstance(ended.exception, SystemExit)
    assert "hidden" not in ended.output


def test_an_empty_setting_is_one_that_was_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose hands on what is not filled in as an empty value; a mail server must not be asked to sign "" in."""
    monkeypatch.chdir(tmp_path)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CASEWORK_SMTP_USERNAME", "")
    monkeypatch.setenv("CASEWORK_SMTP_PASSWORD", "")
    settings = Settings()
    assert (settings.smtp_username, settings.smtp_password) == (None, None)
    monkeypatch.setenv("CASEWORK_TOKEN_SECRET", "")
    with pytest.raises(ValidationError, match="token_secret"):
        Settings()


def test_every_command_that_needs_settings_says_so(tmp_path: Path, repository: Path) -> None:
    for command in COMMANDS:
        ended = casework(command, tmp_path, repository)
        assert ended.returncode == 2, command
        assert "CASEWORK_DATABASE_URL" in ended.stderr
        assert "CASEWORK_TOKEN_SECRET" in ended.stderr
        assert "CASEWORK_ENCRYPTION_KEYS" in ended.stderr
        assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CASEWORK_TOKEN_SECRET", "hidden-but-short"),
        ("CASEWORK_TOKEN_SECRET", "a" * 40),
        ("CASEWORK_TOKEN_SECRET", "changeme" * 5),
        ("CASEWORK_TOKEN_SECRET", "hidden-change-me-hidden-before-friday"),
        ("CASEWORK_API_PORT", "eighty"),
        ("CASEWORK_SMTP_ENCRYPTION", "rot13"),
        ("CASEWORK_LOG_LEVEL", "chatty"),
        ("CASEWORK_CLOSURE_DAYS", "christmas"),
        ("CASEWORK_CLOSURE_DAYS", '{"christmas": "x"}'),
        ("CASEWORK_LANDLORD_ADDRESS", "1 Invented Street"),
        ("CASEWORK_AGENCIES", "hidden@agency.example"),
        ("CASEWORK_AGENCIES", '{"gp": {"name": "A GP"}}'),
        ("CASEWORK_AGENCIES", '{"gp": {"name": "A GP", "url": "https://gp.example"}}'),
        ("CASEWORK_AGENCIES", '{"gp": {"name": "A GP", "url": "http://gp.example", "secret": "hidden"}}'),
        ("CASEWORK_AGENCIES", '{"gp": {"name": "A GP", "email": "gp@gp.example", "secret": "hidden"}}'),
        ("CASEWORK_AGENCIES", '{"gp": {"name": "A GP", "e-mail": "hidden@gp.example"}}'),
        ("CASEWORK_REFERRAL_ATTEMPTS", "0"),
        ("CASEWORK_TEXT_MESSAGES_URL", "http://texts.example"),
        ("CASEWORK_TEXT_MESSAGES_SECRET", "hidden-secret-of-the-gateway"),
    ],
)
def test_what_cannot_be_used_is_named(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = told_here("token --as officer", tmp_path, monkeypatch, **COMPLETE | {name: value})
    assert ended.exit_code == 2
    assert name.removeprefix("CASEWORK_").lower() in ended.stderr.lower()
    assert isinstance(ended.exception, SystemExit)
    assert "hidden" not in ended.output


def test_a_worker_without_the_secret_of_its_gateway_does_not_begin(tmp_path: Path, repository: Path) -> None:
    """API and relay know the address alone. It waits for nobody first."""
    url = {"CASEWORK_TEXT_MESSAGES_URL": "https://texts.example"}
    assert casework("token --as officer", tmp_path, repository, **COMPLETE | url).returncode == 0
    ended = casework("worker", tmp_path, repository, **COMPLETE | url)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1), ended.stderr
    assert ended.stderr.startswith("CASEWORK_TEXT_MESSAGES_SECRET: a worker needs it")


def test_a_token_is_printed_and_nothing_else(tmp_path: Path, repository: Path) -> None:
    ended = casework("token --as supervisor --name sam", tmp_path, repository, **COMPLETE)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip().count(".") == 2
    assert len(ended.stdout.split()) == 1


def test_the_environment_goes_before_the_local_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CASEWORK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".casework").mkdir()
    lines = [f"{name}={value}" for name, value in COMPLETE.items()]
    (tmp_path / ".casework" / "local.env").write_text("\n".join([*lines, "CASEWORK_API_PORT=1", "OTHER=2"]))
    assert Settings().api_port == 1
    monkeypatch.setenv("CASEWORK_API_PORT", "3")
    monkeypatch.setenv("CASEWORK_CLOSURE_DAYS", '{"2026-12-24": "Christmas Eve"}')
    monkeypatch.setenv("CASEWORK_LANDLORD_ADDRESS", '["2 Invented Street"]')
    by_mail = '"gp": {"name": "A GP", "email": "gp@gp.example"}'
    in_a_system = '"floating_support": {"name": "Support", "url": "https://x.example", "secret": "whsec_hidden"}'
    monkeypatch.setenv("CASEWORK_AGENCIES", f"{{{by_mail}, {in_a_system}}}")
    settings = Settings()
    assert settings.api_port == 3
    assert settings.agencies["gp"].email == "gp@gp.example"
    assert settings.agencies["floating_support"].url == "https://x.example"
    assert "hidden" not in repr(settings)
    assert settings.closure_days == {date(2026, 12, 24): "Christmas Eve"}
    assert settings.landlord_address == ("2 Invented Street",)


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CASEWORK_SMTP_PASSWORD", "hidden-too")
    monkeypatch.setenv("CASEWORK_TEXT_MESSAGES_SECRET", "hidden-as-well")
    monkeypatch.setenv("CASEWORK_TEXT_MESSAGES_URL", "https://texts.example")
    assert "hidden" not in repr(Settings()) + str(Settings()) + Settings().model_dump_json()
    monkeypatch.setenv("CASEWORK_TOKEN_SECRET", "hidden-but-short")
    with pytest.raises(ValidationError, match="token_secret") as refused:
        Settings()
    assert refused.value.errors()[0]["type"] == "too_short"


def test_text_messages_go_without_encryption_only_on_a_machine_on_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    assert not Settings().texts
    monkeypatch.setenv("CASEWORK_TEXT_MESSAGES_SECRET", "hidden-secret-of-the-gateway")
    monkeypatch.setenv("CASEWORK_TEXT_MESSAGES_URL", "http://127.0.0.1:1/texts")
    with pytest.raises(ValidationError, match="https://"):
        Settings()
    monkeypatch.setenv("CASEWORK_LOCAL", "true")
    assert Settings().texts
