"""What is encrypted in tests, and reading it again where a test looks at what the engine keeps."""

from typing import Final

from google.protobuf.message import Message
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes

from runtime.encryption import ENCRYPTED, Encryption, data_converter, payloads_in
from runtime.keyring import Keyring
from tests.keys import TEST_KEYS

NAMESPACE: Final = "default"
TEST_KEYRING: Final = Keyring.told(TEST_KEYS, None, None)
TEST_CONVERTER: Final = data_converter(TEST_KEYRING, NAMESPACE)
PLAIN_CONVERTER: Final = DataConverter(
    payload_converter_class=PydanticPayloadConverter,
    failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
)
"""For histories that are kept readable, and for what somebody else may write at the engine's port."""


def decrypt(message: Message, keyring: Keyring = TEST_KEYRING) -> None:
    """In place; search attributes are never encrypted."""
    encryption = Encryption(keyring, NAMESPACE)
    for payload in payloads_in(message):
        if payload.metadata["encoding"] == ENCRYPTED:
            payload.CopyFrom(encryption.read(payload))
