"""What the engine is given to keep is encrypted before it leaves the process: AES-256-GCM under the active key."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec

from runtime.keyring import Keyring

ENCRYPTED: Final = b"binary/encrypted"
KEY: Final = "casework-key"
"""The name under which a payload says which key it is written under."""

_VERSION: Final = b"1"
_NONCE_BYTES: Final = 12


class PayloadUnreadable(RuntimeError):
    """Names the key and nothing of the content. A workflow's task fails of it, and is tried again until the key is
    back; the workflow itself only waits.
    """


class Encryption(PayloadCodec):
    """A payload is bound to its version, its key's id and its namespace: taken elsewhere, it is not read. What is
    not encrypted passes through, as histories do that are kept for tests.
    """

    def __init__(self, keyring: Keyring, namespace: str) -> None:
        self._active = keyring.active.encode()
        self._ciphers = {id_.encode(): AESGCM(key) for id_, key in keyring.keys.items()}
        self._namespace = namespace.encode()

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._encrypted(payload) for payload in payloads]

    async def decode(self, payloads: Iterable[Payload]) -> list[Payload]:
        """Raises PayloadUnreadable."""
        return [
            self._decrypted(payload) if payload.metadata.get("encoding") == ENCRYPTED else payload
            for payload in payloads
        ]

    def _encrypted(self, payload: Payload) -> Payload:
        nonce = os.urandom(_NONCE_BYTES)
        bound = self._bound_to(_VERSION, self._active)
        told = self._ciphers[self._active].encrypt(nonce, payload.SerializeToString(), bound)
        metadata = {"encoding": ENCRYPTED, "casework-version": _VERSION, KEY: self._active}
        return Payload(metadata=metadata, data=nonce + told)

    def _decrypted(self, payload: Payload) -> Payload:
        version, key = payload.metadata.get("casework-version", b""), payload.metadata.get(KEY, b"")
        if version != _VERSION:
            raise PayloadUnreadable(f"a payload is encrypted in another way than {_VERSION.decode()}")
        if (cipher := self._ciphers.get(key)) is None:
            raise PayloadUnreadable(f"a payload is under the key {_named(key)}, which is not among our keys")
        nonce, told = payload.data[:_NONCE_BYTES], payload.data[_NONCE_BYTES:]
        try:
            return Payload.FromString(cipher.decrypt(nonce, told, self._bound_to(version, key)))
        except (InvalidTag, ValueError):
            raise PayloadUnreadable(
                f"a payload under the key {_named(key)} was changed, or is of another namespace or key"
            ) from None

    def _bound_to(self, version: bytes, key: bytes) -> bytes:
        return b"\0".join((b"casework", version, key, self._namespace))


def data_converter(keyring: Keyring, namespace: str) -> DataConverter:
    """How clients, workers and the replayer write and read; the words of failures are encrypted, too."""
    return DataConverter(
        payload_converter_class=PydanticPayloadConverter,
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
        payload_codec=Encryption(keyring, namespace),
    )


def payloads_in(message: Message) -> Iterator[Payload]:
    """Every payload, however deep: those of failures, headers, memos and search attributes, too."""
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.type != field.TYPE_MESSAGE:
            continue
        if not field.is_repeated:
            yield from payloads_in(value)
            continue
        for one in value.values() if hasattr(value, "values") else value:
            if isinstance(one, Message):
                yield from payloads_in(one)


def keys_in(message: Message) -> set[str]:
    """The ids of the keys under which anything in it is encrypted."""
    return {_named(payload.metadata[KEY]) for payload in payloads_in(message) if KEY in payload.metadata}


def _named(key: bytes) -> str:
    """As it stands in the payload, which anybody may have written who reaches the engine."""
    return ascii(key.decode(errors="replace")[:40])[1:-1]
