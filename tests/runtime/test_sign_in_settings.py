"""Where staff sign in: what would let the wrong people in stops the start with its name."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from policy.facts.base import Role
from runtime.settings import Settings
from tests.runtime.test_settings import COMPLETE, told_here

SAFE = {
    "CASEWORK_SIGN_IN_ISSUER": "https://login.example.org/realms/landlord",
    "CASEWORK_PUBLIC_URL": "https://casework.example.org/",
    "CASEWORK_ROLE_GROUPS": '{"supervisor": ["leads"], "officer": ["officers", "trainees"]}',
    "CASEWORK_TEAM_GROUPS": '{"north": ["north"]}',
    "CASEWORK_API_AUDIENCE": "casework-api",
    "CASEWORK_TOKEN_SECRETS_BEFORE": '["hidden-secret-of-before-with-32-characters"]',
}


def settings(monkeypatch: pytest.MonkeyPatch, folder: Path, **environment: str) -> Settings:
    for name in [name for name in os.environ if name.startswith("CASEWORK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings()


def test_what_is_safe_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wanted = settings(monkeypatch, tmp_path, **COMPLETE | SAFE)
    assert list(wanted.role_groups) == [Role.SUPERVISOR, Role.OFFICER], "in the order in which they were given"
    assert wanted.team_groups == {"north": {"north"}}
    assert wanted.public_url == "https://casework.example.org"
    assert "hidden" not in repr(wanted)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("CASEWORK_SIGN_IN_ISSUER", "http://login.example.org", id="a provider without TLS"),
        pytest.param("CASEWORK_SIGN_IN_ISSUER", "https://127.0.0.1:8443", id="a provider on this machine"),
        pytest.param("CASEWORK_SIGN_IN_ISSUER", "https://[::1]", id="a provider on this machine, by version 6"),
        pytest.param("CASEWORK_SIGN_IN_ISSUER", "https://localhost/x", id="a provider on localhost"),
        pytest.param("CASEWORK_SIGN_IN_ISSUER", "https://LOCALHOST.", id="a provider on localhost, spelt oddly"),
        pytest.param("CASEWORK_SIGN_IN_SCOPES", "profile", id="no OpenID"),
        pytest.param("CASEWORK_PUBLIC_URL", "http://casework.example.org", id="browsers without TLS"),
        pytest.param("CASEWORK_ROLE_GROUPS", '{"king": ["kings"]}', id="a role that there is not"),
        pytest.param("CASEWORK_ROLE_GROUPS", '{"system": ["admins"]}', id="Casework itself"),
        pytest.param("CASEWORK_ROLE_GROUPS", '{"resident": ["all"]}', id="residents"),
        pytest.param("CASEWORK_ROLE_GROUPS", '{"agency": ["police"]}', id="agencies"),
        pytest.param("CASEWORK_ROLE_GROUPS", "officers", id="no JSON"),
        pytest.param("CASEWORK_API_AUDIENCE", "casework", id="the client's own name"),
        pytest.param("CASEWORK_TOKEN_SECRETS_BEFORE", '["hidden-but-short"]', id="a short secret of before"),
        pytest.param("CASEWORK_SESSION_IDLE_MINUTES", "0", id="no time at all"),
    ],
)
def test_what_is_not_safe_stops_the_start(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = told_here("token --as officer", tmp_path, monkeypatch, **COMPLETE | SAFE | {name: value})
    assert ended.exit_code == 2
    assert name.removeprefix("CASEWORK_").lower() in ended.stderr.lower()
    assert isinstance(ended.exception, SystemExit)
    assert "hidden" not in ended.output


def test_without_https_only_a_machine_on_its_own_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = {"CASEWORK_SIGN_IN_ISSUER": "http://127.0.0.1:1", "CASEWORK_PUBLIC_URL": "http://127.0.0.1:2"}
    local = COMPLETE | SAFE | here
    with pytest.raises(ValidationError, match="sign_in_issuer"):
        settings(monkeypatch, tmp_path, **local)
    assert settings(monkeypatch, tmp_path, **local, CASEWORK_LOCAL="true").without_tls
    assert not settings(monkeypatch, tmp_path, **COMPLETE | SAFE, CASEWORK_LOCAL="true").without_tls
    for name in ("CASEWORK_SIGN_IN_ISSUER", "CASEWORK_PUBLIC_URL"):
        elsewhere = local | {name: "http://elsewhere.example.org"}
        with pytest.raises(ValidationError, match=name.removeprefix("CASEWORK_").lower()):
            settings(monkeypatch, tmp_path, **elsewhere, CASEWORK_LOCAL="true")
