"""What the engine is given to keep: nobody reads or moves it without the key."""

import json
from collections.abc import Callable

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from policy.refusals import Refusal
from runtime.encryption import ENCRYPTED, KEY, Encryption, PayloadUnreadable, data_converter
from runtime.keyring import Keyring
from tests.keys import keys

WORDS = "Rowan Example of 2 Invented Row heard it."
PLAIN = Payload(metadata={"encoding": b"json/plain"}, data=json.dumps(WORDS).encode())


def ring(*ids: str, active: str | None = None) -> Keyring:
    return Keyring.told(keys(*ids), None, active or ids[0])


async def encrypted(keyring: Keyring | None = None) -> Payload:
    (payload,) = await Encryption(keyring or ring("k1"), "here").encode([PLAIN])
    return payload


async def test_what_is_encrypted_says_only_its_version_and_key_and_is_read_again() -> None:
    payload = await encrypted()
    assert dict(payload.metadata) == {"encoding": ENCRYPTED, "casework-version": b"1", KEY: b"k1"}
    assert b"Rowan" not in payload.SerializeToString()
    assert b"json/plain" not in payload.SerializeToString()
    assert await Encryption(ring("k1"), "here").decode([payload, PLAIN]) == [PLAIN, PLAIN]


async def test_the_same_is_never_written_twice_in_the_same_way() -> None:
    assert len({(await encrypted()).data[:12] for _ in range(200)}) == 200


async def test_what_is_not_encrypted_is_left_as_it_is() -> None:
    empty = Payload(metadata={"encoding": b"binary/null"})
    assert await Encryption(ring("k1"), "here").decode([PLAIN, empty]) == [PLAIN, empty]


async def test_a_payload_is_read_under_any_key_of_the_ring_and_written_under_the_active_one() -> None:
    both = ring("k1", "k2", active="k2")
    assert await Encryption(both, "here").decode([await encrypted()]) == [PLAIN]
    assert (await encrypted(both)).metadata[KEY] == b"k2"


def relabelled(payload: Payload) -> None:
    payload.metadata[KEY] = b"k2"


def cut_off(payload: Payload) -> None:
    payload.data = payload.data[:20]


def emptied(payload: Payload) -> None:
    payload.data = b""


def flipped(payload: Payload) -> None:
    payload.data = payload.data[:-1] + bytes([payload.data[-1] ^ 1])


def another_nonce(payload: Payload) -> None:
    payload.data = bytes([payload.data[0] ^ 1]) + payload.data[1:]


def of_another_version(payload: Payload) -> None:
    payload.metadata["casework-version"] = b"2"


def of_no_version(payload: Payload) -> None:
    del payload.metadata["casework-version"]


def of_no_key(payload: Payload) -> None:
    del payload.metadata[KEY]


def of_an_odd_key(payload: Payload) -> None:
    payload.metadata[KEY] = b"\x00\xff\nRowan" * 40


TAMPERED = [
    relabelled,
    cut_off,
    emptied,
    flipped,
    another_nonce,
    of_another_version,
    of_no_version,
    of_no_key,
    of_an_odd_key,
]


@pytest.mark.parametrize("tamper", TAMPERED)
async def test_what_was_tampered_with_is_not_taken(tamper: Callable[[Payload], None]) -> None:
    payload = await encrypted()
    tamper(payload)
    with pytest.raises(PayloadUnreadable) as unreadable:
        await Encryption(ring("k1", "k2"), "here").decode([payload])
    assert "\n" not in str(unreadable.value)
    assert len(str(unreadable.value)) < 400


async def test_what_belongs_to_another_namespace_is_not_taken() -> None:
    with pytest.raises(PayloadUnreadable, match="the key k1 was changed, or is of another namespace"):
        await Encryption(ring("k1"), "there").decode([await encrypted()])


async def test_a_key_that_is_not_there_is_named() -> None:
    with pytest.raises(PayloadUnreadable, match="under the key k1, which is not among our keys"):
        await Encryption(ring("k2"), "here").decode([await encrypted()])


async def test_the_words_the_trace_and_the_details_of_a_failure_are_encrypted() -> None:
    converter = data_converter(ring("k1"), "here")
    refusal = Refusal(refused="NotYet", row="closing-letter", section="9", sentence=WORDS)
    failure = Failure()
    try:
        raise ApplicationError(WORDS, refusal, type="NotYet") from ValueError(WORDS)
    except ApplicationError as error:
        await converter.encode_failure(error, failure)
    for told in (b"Rowan", b"closing-letter", b"ValueError(", b"in test_"):
        assert told not in failure.SerializeToString()
    read = await converter.decode_failure(failure)
    assert isinstance(read, ApplicationError)
    assert (read.message, read.type) == (WORDS, "NotYet")
    assert Refusal.model_validate(read.details[0]) == refusal
    assert str(read.cause) == f"ValueError: {WORDS}"
