"""The keys under which the engine's payloads are encrypted: AES-256, by id, one of them active."""

import base64
import binascii
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from runtime.secrecy import weak

KEYS: Final = "CASEWORK_ENCRYPTION_KEYS"
KEYS_FILE: Final = "CASEWORK_ENCRYPTION_KEYS_FILE"
ACTIVE: Final = "CASEWORK_ENCRYPTION_KEY"

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_BYTES: Final = 32


class KeyringRefused(ValueError):
    """It cannot be used; the sentence names the setting and never quotes a key."""


@dataclass(frozen=True)
class Keyring:
    """New payloads are written under `active`; all of `keys` are read. Ids are no secret: the engine has them."""

    active: str
    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def told(cls, keys: str | None, file: Path | None, active: str | None) -> Self:
        """From the settings. Raises KeyringRefused."""
        if (keys is None) == (file is None):
            raise KeyringRefused(
                f"set {KEYS} (JSON: each key's id and 32 random bytes as base64) or, with the name of a file that "
                f"holds the same, {KEYS_FILE}; exactly one of the two"
            )
        name, text = (KEYS, keys) if keys is not None else (KEYS_FILE, _read(file))
        found = _keys(name, text or "")
        if active is None and len(found) > 1:
            raise KeyringRefused(f"{ACTIVE} must say which of the keys is the active one: there are {len(found)}")
        if active is not None and active not in found:
            raise KeyringRefused(f"{ACTIVE} names no key of {name}")
        return cls(active or next(iter(found)), found)


def new_key() -> str:
    """As base64, the way the settings have it."""
    return base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def _read(file: Path | None) -> str:
    try:
        return (file or Path()).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KeyringRefused(f"the file that {KEYS_FILE} names cannot be read") from error


def _keys(name: str, text: str) -> dict[str, bytes]:
    try:
        pairs = json.loads(text, object_pairs_hook=list)
    except ValueError:
        pairs = None
    if not isinstance(pairs, list) or not pairs or not all(isinstance(pair, tuple) for pair in pairs):
        raise KeyringRefused(f'{name} is JSON like {{"2026-11": "32 random bytes as base64"}}, one key or more')
    keys = dict[str, bytes]()
    for id_, encoded in pairs:
        if not _ID.fullmatch(id_):
            raise KeyringRefused(
                f"{name} has an id that is none: up to 40 small letters, digits, dots, hyphens and underscores"
            )
        if id_ in keys:
            raise KeyringRefused(f"{name} has the id {id_} twice")
        keys[id_] = _key(name, id_, encoded)
    if len(set(keys.values())) < len(keys):
        raise KeyringRefused(f"{name} has the same key under two ids")
    return keys


def _key(name: str, id_: str, encoded: object) -> bytes:
    try:
        key = base64.b64decode(str(encoded), validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyringRefused(f"{name}: the key {id_} is not base64") from error
    if len(key) != _BYTES:
        raise KeyringRefused(f"{name}: the key {id_} has {len(key)} bytes, not {_BYTES}: openssl rand -base64 32")
    if weak(key) or all(32 <= byte < 127 for byte in key):  # noqa: PLR2004 - what a keyboard types
        raise KeyringRefused(f"{name}: the key {id_} is not random. Make one: openssl rand -base64 32")
    return key
