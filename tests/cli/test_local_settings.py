"""What `casework run` tells every part on this machine, and a shell that reads the same file."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from cli.run import local_settings, practice_addresses
from policy.editions.agencies import AgencyChannel
from runtime.settings import Settings
from tests.given import EDITION
from tests.keys import TEST_KEYS, keys


@dataclass(frozen=True)
class Server:
    target: str = "127.0.0.1:7233"

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://owner:hidden@127.0.0.1:5432/{database}"


@pytest.fixture
def wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".casework").mkdir()
    server: Any = Server()
    return local_settings(tmp_path / ".casework", server, server, {"api": 1, "smtp": 2, "personas": 3, "texts": 4})


def test_every_agency_that_is_reached_by_e_mail_has_an_invented_address(wanted: Settings) -> None:
    by_mail = {one.key: one.name for one in EDITION.agencies if one.channel is AgencyChannel.MAIL}
    assert {key: one.name for key, one in wanted.agencies.items()} == by_mail
    for one in wanted.agencies.values():
        assert one.email is not None
        assert one.email.endswith(".example"), "nobody can have such an address (RFC 2606)"
    assert (wanted.smtp_host, wanted.smtp_port) == ("127.0.0.1", 2), "the mail catcher's"


def test_text_messages_go_to_this_machine_and_nowhere_else(wanted: Settings, tmp_path: Path) -> None:
    assert wanted.text_messages_url == "http://127.0.0.1:4/texts"
    assert [str(one) for one in wanted.webhooks_to_private_addresses] == ["127.0.0.1/32"]
    server: Any = Server()
    ports = {"api": 1, "smtp": 2, "personas": 3, "texts": 4}
    again = local_settings(tmp_path / ".casework", server, server, ports)
    assert again.text_messages_secret == wanted.text_messages_secret, "it is made once"


def test_a_shell_reads_the_same_file(wanted: Settings) -> None:
    script = '. .casework/local.env && printf %s "$CASEWORK_AGENCIES"'
    told = subprocess.run(["/bin/sh", "-euc", script], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout).keys() == wanted.agencies.keys()


def test_whatever_an_agency_is_called_its_address_is_read_again(tmp_path: Path) -> None:
    police = EDITION.agency("police")
    assert police is not None
    odd = police.model_copy(update={"name": 'The children\'s "team" # 7', "channel": AgencyChannel.MAIL})
    kept = tmp_path / "local.env"
    kept.write_text(f"CASEWORK_AGENCIES='{practice_addresses(EDITION.model_copy(update={'agencies': (odd,)}))}'\n")
    secrets = {
        "token_secret": SecretStr("a-secret-that-is-only-for-tests-000"),
        "encryption_keys": SecretStr(TEST_KEYS),
        "evidence_url": "file:///nowhere",
    }
    read = Settings(_env_file=kept, database_url=SecretStr("postgresql+asyncpg://x"), **secrets).agencies
    assert read["police"].name == odd.name


def test_secrets_are_made_once_and_what_an_older_file_lacks_is_made(wanted: Settings, tmp_path: Path) -> None:
    server: Any = Server()
    kept = tmp_path / ".casework" / "local.env"
    again = local_settings(kept.parent, server, server, {"api": 1, "smtp": 2, "personas": 3, "texts": 4})
    assert (again.keyring, again.token_secret) == (wanted.keyring, wanted.token_secret)
    assert again.database_url == wanted.database_url
    lines = kept.read_text().splitlines(keepends=True)
    kept.write_text("".join(line for line in lines if "ENCRYPTION" not in line))
    older = local_settings(kept.parent, server, server, {"api": 1, "smtp": 2, "personas": 3, "texts": 4})
    assert older.token_secret == wanted.token_secret
    assert older.keyring != wanted.keyring


def test_a_key_that_was_added_by_hand_stays(wanted: Settings, tmp_path: Path) -> None:
    server: Any = Server()
    kept = tmp_path / ".casework" / "local.env"
    old = wanted.encryption_keys
    assert old is not None
    two = json.dumps(json.loads(old.get_secret_value()) | json.loads(keys("local-2")))
    told = kept.read_text().replace(old.get_secret_value(), two).replace("KEY=local-1", "KEY=local-2")
    kept.write_text(told)
    again = local_settings(kept.parent, server, server, {"api": 1, "smtp": 2, "personas": 3, "texts": 4})
    assert (again.keyring.active, set(again.keyring.keys)) == ("local-2", {"local-1", "local-2"})
