"""What is encrypted in tests, and reading it again where a test looks at what the engine keeps."""

from typing import Final

from google.protobuf.message import Message
from temporalio.converter import DataConverter

from runtime.encryption import data_converter, payloads_in
from runtime.keyring import Keyring
from tests.keys import TEST_KEYS

NAMESPACE: Final = "default"
TEST_CONVERTER: Final = data_converter(Keyring.told(TEST_KEYS, None, None), NAMESPACE)


async def decrypt(message: Message, converter: DataConverter = TEST_CONVERTER) -> None:
    """In place."""
    assert converter.payload_codec is not None
    for payload in payloads_in(message):
        (plain,) = await converter.payload_codec.decode([payload])
        payload.CopyFrom(plain)
