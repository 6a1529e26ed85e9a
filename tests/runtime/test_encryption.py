"""What the engine is given to keep: nobody reads or moves it without the key."""

import json
from collections.abc import Callable

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import (
    ActivitySerializationContext,
    NexusSerializationContext,
    WorkflowSerializationContext,
)
from temporalio.exceptions import ApplicationError

from policy.refusals import Refusal
from runtime.encryption import (
    ENCRYPTED,
    KEY,
    OF_THE_SERVER,
    WORKFLOW,
    Encryption,
    PayloadUnreadable,
    data_converter,
)
from runtime.keyring import Keyring
from tests.keys import keys

WORDS = "Rowan Example of 2 Invented Row heard it."
PLAIN = Payload(metadata={"encoding": b"json/plain"}, data=json.dumps(WORDS).encode())


def ring(*ids: str, active: str | None = None) -> Keyring:
    return Keyring.told(keys(*ids), None, active or ids[0])


def codec(keyring: Keyring | None = None, namespace: str = "here", workflow: str = "case/1") -> Encryption:
    """As the SDK has it for that workflow."""
    return Encryption(keyring or ring("k1"), namespace).with_context(
        WorkflowSerializationContext("whatever the SDK says", workflow)
    )


async def encrypted(keyring: Keyring | None = None, workflow: str = "case/1") -> Payload:
    (payload,) = await codec(keyring, workflow=workflow).encode([PLAIN])
    return payload


def refused(payload: Payload) -> str:
    """Why; no converter takes it."""
    assert payload.data == b""
    with pytest.raises(KeyError) as error:
        data_converter(ring("k1"), "here").payload_converter.from_payload(payload, str)
    return str(error.value)


async def test_what_is_encrypted_says_only_its_version_key_and_workflow_and_is_read_again() -> None:
    payload = await encrypted()
    said = {"encoding": ENCRYPTED, "casework-version": b"1", KEY: b"k1", WORKFLOW: b"case/1"}
    assert dict(payload.metadata) == said
    assert b"Rowan" not in payload.SerializeToString()
    assert b"json/plain" not in payload.SerializeToString()
    assert await codec().decode([payload]) == [PLAIN]
    assert Encryption(ring("k1"), "here").read(payload) == PLAIN, "for the codec server"


async def test_the_same_is_never_written_twice_in_the_same_way() -> None:
    assert len({(await encrypted()).data[:12] for _ in range(200)}) == 200


async def test_what_is_not_encrypted_is_refused_and_told_apart_from_what_is() -> None:
    empty = Payload(metadata={"encoding": b"binary/null"})
    *plain, told = await codec().decode([PLAIN, empty, Payload(), await encrypted()])
    for one in plain:
        assert "a payload is not encrypted" in refused(one)
    assert told == PLAIN


async def test_of_what_is_not_encrypted_only_the_server_s_own_words_are_taken_to_the_letter() -> None:
    longer = Payload(metadata=OF_THE_SERVER.metadata, data=OF_THE_SERVER.data + b" ")
    also = Payload(metadata={**OF_THE_SERVER.metadata, "more": b""}, data=OF_THE_SERVER.data)
    taken, *others = await codec().decode([OF_THE_SERVER, longer, also])
    assert taken == OF_THE_SERVER
    for one in others:
        assert "a payload is not encrypted" in refused(one)


async def test_what_is_for_another_workflow_is_refused_even_under_a_key_that_is_not_there() -> None:
    """So a night goes on that is given what a night came to under a key that was dropped since."""
    for ours in (codec(workflow="case/2"), codec(ring("k2"), workflow="case/2")):
        (payload,) = await ours.decode([await encrypted()])
        assert "a payload is for another workflow" in refused(payload)


async def test_what_a_later_version_wrote_is_not_refused_but_waited_for() -> None:
    payload = await encrypted()
    payload.metadata["casework-version"] = b"2"
    with pytest.raises(PayloadUnreadable, match="in another way than 1"):
        await codec(workflow="case/2").decode([payload])


async def test_what_an_activity_does_is_for_its_workflow() -> None:
    fields = dict.fromkeys(("activity_id", "activity_type", "activity_task_queue", "workflow_type"))
    context = ActivitySerializationContext(namespace="x", workflow_id="case/1", is_local=False, **fields)
    assert await Encryption(ring("k1"), "here").with_context(context).decode([await encrypted()]) == [PLAIN]


NOWHERE = NexusSerializationContext(endpoint="x", service="x", operation="x")


@pytest.mark.parametrize("of_no_workflow", [Encryption(ring("k1"), "here"), codec().with_context(NOWHERE)])
async def test_where_nobody_says_for_which_workflow_nothing_is_written_or_taken(
    of_no_workflow: Encryption,
) -> None:
    with pytest.raises(RuntimeError, match="for no workflow is not written"):
        await of_no_workflow.encode([PLAIN])
    (payload,) = await of_no_workflow.decode([await encrypted()])
    assert "a payload is for another workflow" in refused(payload)


async def test_a_payload_is_read_under_any_key_of_the_ring_and_written_under_the_active_one() -> None:
    both = ring("k1", "k2", active="k2")
    assert await codec(both).decode([await encrypted()]) == [PLAIN]
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


def under_another_s_name(payload: Payload) -> None:
    payload.metadata[WORKFLOW] = b"case/2"


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
    under_another_s_name,
]


@pytest.mark.parametrize("tamper", TAMPERED)
async def test_what_was_tampered_with_is_not_taken(tamper: Callable[[Payload], None]) -> None:
    payload = await encrypted()
    tamper(payload)
    with pytest.raises(PayloadUnreadable) as unreadable:
        await codec(ring("k1", "k2"), workflow=payload.metadata[WORKFLOW].decode()).decode([payload])
    assert "\n" not in str(unreadable.value)
    assert len(str(unreadable.value)) < 400


async def test_what_belongs_to_another_namespace_is_not_taken() -> None:
    with pytest.raises(PayloadUnreadable, match="the key k1 was changed, or is of another namespace"):
        await codec(namespace="there").decode([await encrypted()])


async def test_a_key_that_is_not_there_is_named() -> None:
    with pytest.raises(PayloadUnreadable, match="under the key k1, which is not among our keys"):
        await codec(ring("k2")).decode([await encrypted()])


async def test_the_words_the_trace_and_the_details_of_a_failure_are_encrypted() -> None:
    converter = data_converter(ring("k1"), "here").with_context(WorkflowSerializationContext("here", "case/1"))
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
