"""What the engine is given to keep is encrypted before it leaves the process: AES-256-GCM under the active key."""

import os
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import cache
from typing import Final, Self, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
)

from runtime.keyring import Keyring

ENCRYPTED: Final = b"binary/encrypted"
KEY: Final = "casework-key"
"""The name under which a payload says which key it is written under."""
WORKFLOW: Final = "casework-workflow"
"""The same for the id of the workflow that it is for."""

OF_THE_SERVER: Final = Payload(metadata={"encoding": b"json/plain"}, data=b'"ACTIVITY_ID_NOT_STARTED"')
"""The one payload that Temporal's server writes itself into what a workflow is told: of an activity that was
cancelled while none was at work on it. As a fact it is none, whoever sends it.
"""

_VERSION: Final = b"1"
_NONCE_BYTES: Final = 12


class PayloadUnreadable(RuntimeError):
    """Names the key and nothing of the content. A workflow's task fails of it, and is tried again until the key is
    back; the workflow itself only waits.
    """


class PayloadRefused(PayloadUnreadable):
    """What no key would make ours: it is not encrypted, or says itself that it is for another workflow."""


class Encryption(PayloadCodec, WithSerializationContext):
    """A payload is bound to its version, its key's id, its namespace and the workflow that it is for: taken
    elsewhere, it is not read. The SDK says which workflow (`with_context`); without, nothing is written or read.
    """

    def __init__(self, keyring: Keyring, namespace: str) -> None:
        self._active = keyring.active.encode()
        self._ciphers = {id_.encode(): AESGCM(key) for id_, key in keyring.keys.items()}
        self._namespace = namespace.encode()
        self._workflow = b""

    def with_context(self, context: SerializationContext) -> Self:
        """For that workflow, whichever namespace the SDK names: a replay is in none."""
        bound = copy(self)
        bound._workflow = (getattr(context, "workflow_id", None) or "").encode()  # noqa: SLF001 - of its own kind
        return bound

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Raises RuntimeError where the SDK does not say for which workflow."""
        if not self._workflow:
            raise RuntimeError("a payload that is for no workflow is not written")
        return [self._encrypted(payload) for payload in payloads]

    async def decode(self, payloads: Iterable[Payload]) -> list[Payload]:
        """What is refused comes back as a payload that no converter takes: a signal of it is left out, an update
        turned away, and the workflow goes on. Raises PayloadUnreadable of anything else.
        """
        return [self._taken(payload) for payload in payloads]

    def read(self, payload: Payload) -> Payload:
        """Whichever workflow it says it is for. Raises PayloadUnreadable."""
        return self._read(payload, payload.metadata.get(WORKFLOW, b""))

    def _read(self, payload: Payload, workflow: bytes) -> Payload:
        if payload.metadata.get("encoding") != ENCRYPTED:
            raise PayloadRefused("a payload is not encrypted")
        version, key = payload.metadata.get("casework-version", b""), payload.metadata.get(KEY, b"")
        if version != _VERSION:
            raise PayloadUnreadable(f"a payload is encrypted in another way than {_VERSION.decode()}")
        if payload.metadata.get(WORKFLOW, b"") != workflow:
            raise PayloadRefused("a payload is for another workflow")
        if (cipher := self._ciphers.get(key)) is None:
            raise PayloadUnreadable(f"a payload is under the key {_named(key)}, which is not among our keys")
        nonce, told = payload.data[:_NONCE_BYTES], payload.data[_NONCE_BYTES:]
        try:
            return Payload.FromString(cipher.decrypt(nonce, told, self._bound_to(key, workflow)))
        except (InvalidTag, ValueError):
            raise PayloadUnreadable(
                f"a payload under the key {_named(key)} was changed, or is of another namespace, workflow or key"
            ) from None

    def _encrypted(self, payload: Payload) -> Payload:
        nonce = os.urandom(_NONCE_BYTES)
        bound = self._bound_to(self._active, self._workflow)
        told = self._ciphers[self._active].encrypt(nonce, payload.SerializeToString(), bound)
        metadata = {
            "encoding": ENCRYPTED,
            "casework-version": _VERSION,
            KEY: self._active,
            WORKFLOW: self._workflow,
        }
        return Payload(metadata=metadata, data=nonce + told)

    def _taken(self, payload: Payload) -> Payload:
        try:
            return self._read(payload, self._workflow)
        except PayloadRefused as refused:
            if payload == OF_THE_SERVER:
                return payload
            return Payload(metadata={"encoding": f"none that is taken: {refused}".encode()})

    def _bound_to(self, key: bytes, workflow: bytes) -> bytes:
        return b"\0".join((b"casework", _VERSION, key, self._namespace, workflow))


@cache
def _shared() -> PydanticPayloadConverter:
    """The SDK makes one for every call and every workflow, and what it worked out of our types is lost with it."""
    return PydanticPayloadConverter()


class _Converter(DataConverter):
    def with_context(self, context: SerializationContext) -> Self:
        """The SDK asks twice for each task and once for each call, and makes anew what none of them changes."""
        bound = copy(self)
        if isinstance(self.payload_codec, WithSerializationContext):
            object.__setattr__(bound, "payload_codec", self.payload_codec.with_context(context))
        return bound


def data_converter(keyring: Keyring, namespace: str) -> DataConverter:
    """How clients, workers and the replayer write and read; the words of failures are encrypted, too."""
    return _Converter(
        payload_converter_class=cast("type[PydanticPayloadConverter]", _shared),
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
