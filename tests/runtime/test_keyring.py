"""Which keys are taken, and what is said of those that are not: the setting's name, and never the key."""

import base64
import json
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from runtime.keyring import Keyring, KeyringRefused, new_key
from runtime.secrecy import weak
from runtime.settings import Settings
from tests.keys import TEST_KEYS, keys

GOOD = json.loads(keys("good"))["good"]
HIDDEN = "hiddenhiddenhiddenhiddenhidden!!"


def encoded(key: bytes) -> str:
    return base64.b64encode(key).decode()


def one(key: str, id_: str = "k1") -> str:
    return json.dumps({id_: key})


REFUSED = {
    "nothing": ("", None, "JSON"),
    "no-json": ("hidden", None, "JSON"),
    "a-list": ('["hidden"]', None, "JSON"),
    "no-key": ("{}", None, "one key or more"),
    "a-number": ('{"k1": 7}', None, "base64"),
    "not-base64": (one("hidden!"), None, "not base64"),
    "short": (one(encoded(b"\x01hidden")), None, "has 7 bytes, not 32"),
    "long": (one(encoded(bytes(range(33)))), None, "has 33 bytes, not 32"),
    "one-byte-over-and-over": (one(encoded(b"\x00" * 32)), None, "not random"),
    "counted-up": (one(encoded(bytes(range(32)))), None, "not random"),
    "counted-down": (one(encoded(bytes(range(200, 168, -1)))), None, "not random"),
    "a-piece-twice": (one(encoded(base64.b64decode(GOOD)[:16] * 2)), None, "not random"),
    "a-sentence": (one(encoded(HIDDEN.encode())), None, "not random"),
    "an-id-of-capitals": (one(GOOD, "K1"), None, "an id"),
    "an-id-with-a-space": (one(GOOD, "k 1"), None, "an id"),
    "an-empty-id": (one(GOOD, ""), None, "an id"),
    "a-long-id": (one(GOOD, "k" * 41), None, "an id"),
    "an-id-twice": (f'{{"k1": "{GOOD}", "k1": "{GOOD}"}}', None, "twice"),
    "a-key-under-two-ids": (f'{{"k1": "{GOOD}", "k2": "{GOOD}"}}', "k1", "the same key under two ids"),
    "several-and-none-active": (keys("k1", "k2"), None, "must say which"),
    "an-active-one-that-is-not-there": (keys("k1"), "k2", "names no key"),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_a_key_that_is_of_no_use_is_refused_in_words_without_it(case: str, tmp_path: Path) -> None:
    text, active, words = REFUSED[case]
    file = tmp_path / "keys.json"
    file.write_text(text)
    for source in ((text, None), (None, file)):
        with pytest.raises(KeyringRefused, match=words) as refused:
            Keyring.told(*source, active)
        sentence = str(refused.value)
        assert source[1] is None or "_FILE" in sentence or case == "several-and-none-active"
        assert "CASEWORK_ENCRYPTION_KEY" in sentence
        assert "hidden" not in sentence
        assert GOOD not in sentence


def test_keys_come_from_one_place(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text(TEST_KEYS)
    assert Keyring.told(None, file, None) == Keyring.told(TEST_KEYS, None, None)
    for keys_, file_ in ((None, None), (TEST_KEYS, file)):
        with pytest.raises(KeyringRefused, match="exactly one of the two"):
            Keyring.told(keys_, file_, None)
    with pytest.raises(KeyringRefused, match="FILE names cannot be read"):
        Keyring.told(None, tmp_path / "elsewhere.json", None)


def test_an_only_key_is_the_active_one_and_among_several_one_is_named() -> None:
    assert Keyring.told(keys("k1"), None, None).active == "k1"
    ring = Keyring.told(keys("k1", "k2"), None, "k2")
    assert (ring.active, set(ring.keys)) == ("k2", {"k1", "k2"})


def test_a_key_does_not_show() -> None:
    ring = Keyring.told(TEST_KEYS, None, None)
    key = ring.keys["test-1"]
    assert str(key) not in repr(ring) + str(ring)


def test_settings_that_are_refused_do_not_show_what_they_were_given() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(
            database_url=SecretStr("postgresql+asyncpg://u:hidden@x/x"),
            token_secret=SecretStr("hidden"),
            encryption_keys=SecretStr(one("hidden!")),
        )
    assert "hidden" not in str(refused.value)


def test_a_new_key_is_taken() -> None:
    made = {new_key() for _ in range(100)}
    assert len(made) == 100
    for key in made:
        assert Keyring.told(one(key), None, None).active == "k1"


def test_a_secret_that_could_be_guessed_is_weak() -> None:
    for secret in (
        "a" * 64,
        "abc" * 20,
        "changeme-0123456789-abcdefghijkl",
        "My_Password_of_the_database_2026",
        "0123456789" * 4,
    ):
        assert weak(secret.encode()), secret
    for secret in ("a-secret-that-is-only-for-tests-000", "3f9a1c07d2b84e65a0c1f7e2d9b3486c", new_key()):
        assert not weak(secret.encode()), secret


def test_a_machine_on_its_own_may_have_a_weak_token_secret_and_no_other() -> None:
    for local in (True, False):
        told = {"local": local, "database_url": "x", "token_secret": "a" * 40, "encryption_keys": TEST_KEYS}
        if local:
            assert Settings.model_validate(told).local
        else:
            with pytest.raises(ValidationError, match="easy to guess"):
                Settings.model_validate(told)
