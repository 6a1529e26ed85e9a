"""What is encrypted in tests, and reading it again where a test looks at what the engine keeps."""

from collections.abc import Iterator
from typing import Final

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.converter import DataConverter

from runtime.encryption import data_converter
from runtime.keyring import Keyring
from tests.keys import TEST_KEYS

NAMESPACE: Final = "default"
TEST_CONVERTER: Final = data_converter(Keyring.told(TEST_KEYS, None, None), NAMESPACE)


def payloads_in(message: Message) -> Iterator[Payload]:
    """Every payload, however deep: those of failures, headers, memos and search attributes, too."""
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.type != field.TYPE_MESSAGE:
            continue
        if field.message_type.GetOptions().map_entry:
            if field.message_type.fields_by_name["value"].type == field.TYPE_MESSAGE:
                for key in value:
                    yield from payloads_in(value[key])
        elif field.is_repeated:
            for one in value:
                yield from payloads_in(one)
        else:
            yield from payloads_in(value)


async def decrypt(message: Message, converter: DataConverter = TEST_CONVERTER) -> None:
    """In place."""
    assert converter.payload_codec is not None
    for payload in payloads_in(message):
        (plain,) = await converter.payload_codec.decode([payload])
        payload.CopyFrom(plain)
