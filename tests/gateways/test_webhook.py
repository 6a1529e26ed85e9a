"""A message to an agency's own system: signed, known again, and what is known of it told truthfully."""

import asyncio
import json
import ssl
import time
from dataclasses import replace

import pytest
from webhook_receiver import HERE, SECRET, Agency, Script, Talk, genuine, misbehaving, receiving

from gateways.delivery import DeliveryFailed, DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable
from gateways.webhook import HttpWebhook, OutgoingWebhook, Receiver, Webhook, signature
from runtime.embedded.processes import free_port

SAID = {"type": "referral.made", "data": {"what": "Zażółć, twice a week."}}
MESSAGE = OutgoingWebhook("8d1f0f5e-5a44-4c0c-9e0c-0f5d5d2b8a11", json.dumps(SAID).encode())
LARGE = replace(MESSAGE, body=b" " * 30_000_000)
PUBLISHED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def webhook(seconds: float = 5) -> Webhook:
    return HttpWebhook(seconds, without_tls=True, private=HERE)


async def send(address: str, message: OutgoingWebhook = MESSAGE, seconds: float = 5) -> None:
    await webhook(seconds).send(message, Receiver(address, SECRET))


def test_a_message_is_signed_as_the_standard_s_own_example() -> None:
    example = OutgoingWebhook("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}')
    signed = signature(example, 1614265330, PUBLISHED)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_a_message_arrives_as_it_was_written_and_proves_who_sent_it() -> None:
    agency = Agency()
    async with receiving(agency) as address:
        await send(address)
    assert agency.taken == {MESSAGE.id: SAID}
    assert agency.headers[0]["content-type"] == "application/json"


async def test_who_sends_it_again_under_its_id_is_known_again() -> None:
    agency = Agency(says=[503])
    async with receiving(agency) as address:
        with pytest.raises(DeliveryUnavailable):
            await send(address)
        await send(address)
        await send(address)
    assert (agency.asked, len(agency.taken)) == (3, 1)


async def test_a_receiver_with_another_secret_or_an_old_message_refuses_it() -> None:
    agency = Agency()
    async with receiving(agency) as address:
        with pytest.raises(DeliveryRefused, match="401"):
            await webhook().send(MESSAGE, Receiver(address, PUBLISHED))
        late = HttpWebhook(5, without_tls=True, private=HERE, now=lambda: time.time() - 600)
        with pytest.raises(DeliveryRefused, match="401"):
            await late.send(MESSAGE, Receiver(address, SECRET))
    assert agency.taken == {}


def test_a_message_that_somebody_changed_on_its_way_is_not_genuine() -> None:
    now = int(time.time())
    signed = {"webhook-id": MESSAGE.id, "webhook-timestamp": str(now)}
    signed["webhook-signature"] = signature(MESSAGE, now, SECRET)
    assert genuine(signed, MESSAGE.body)
    assert not genuine(signed, MESSAGE.body + b" ")
    assert not genuine(signed | {"webhook-id": "another"}, MESSAGE.body)
    assert not genuine(signed | {"webhook-timestamp": str(now + 1)}, MESSAGE.body)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 301, 302, 307, 308])
async def test_what_is_refused_is_never_taken(status: int) -> None:
    agency = Agency(says=[status])
    async with receiving(agency) as address:
        with pytest.raises(DeliveryRefused, match=str(status)):
            await send(address)
    assert agency.asked == 1, "nor is it sent on to where a redirect leads"


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_who_says_not_now_may_be_asked_later(status: int) -> None:
    async with receiving(Agency(says=[status])) as address:
        with pytest.raises(DeliveryUnavailable, match=str(status)):
            await send(address)


async def test_nobody_there_is_unavailable() -> None:
    with pytest.raises(DeliveryUnavailable):
        await send(f"http://127.0.0.1:{free_port()}/")


async def hangs_up_at_once(talk: Talk) -> None:
    talk.reset()


async def reads_a_little_and_breaks(talk: Talk) -> None:
    await talk.reader.readexactly(1_000_000)
    talk.reset()


async def never_reads(talk: Talk) -> None:
    talk.writer.transport.pause_reading()  # type: ignore[attr-defined] # a reading transport, typed as any
    await asyncio.sleep(3)


@pytest.mark.parametrize("script", [hangs_up_at_once, reads_a_little_and_breaks])
async def test_what_breaks_on_its_way_is_never_taken_for_sent(script: Script) -> None:
    async with misbehaving(script) as address:
        with pytest.raises((DeliveryUnavailable, DeliveryInDoubt)):
            await send(address, LARGE, seconds=0.5)


async def test_a_receiver_that_never_saw_the_end_of_it_is_unavailable() -> None:
    async with misbehaving(never_reads) as address:
        with pytest.raises(DeliveryUnavailable):
            await send(address, LARGE, seconds=0.5)


async def leaves_without_an_answer(talk: Talk) -> None:
    await talk.hear()


async def resets_without_an_answer(talk: Talk) -> None:
    await talk.hear()
    talk.reset()


async def never_answers(talk: Talk) -> None:
    await talk.hear()
    await talk.reader.read()


async def answers_nonsense(talk: Talk) -> None:
    await talk.hear()
    talk.writer.write(b"yes, thank you\r\n\r\n")
    await talk.writer.drain()


async def answers_letter_by_letter(talk: Talk) -> None:
    await talk.hear()
    for letter in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: " + b"x" * 99:
        talk.writer.write(bytes([letter]))
        await talk.writer.drain()
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    "script",
    [
        leaves_without_an_answer,
        resets_without_an_answer,
        never_answers,
        answers_nonsense,
        answers_letter_by_letter,
    ],
)
async def test_no_answer_to_the_whole_message_leaves_it_in_doubt(script: Script) -> None:
    async with misbehaving(script) as address:
        async with asyncio.timeout(2):
            with pytest.raises(DeliveryInDoubt):
                await send(address, seconds=0.5)


async def test_who_takes_it_and_then_says_much_keeps_nobody_waiting() -> None:
    async def takes_and_talks(talk: Talk) -> None:
        await talk.hear()
        talk.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nThank you.")
        await talk.writer.drain()
        await talk.reader.read()

    async with misbehaving(takes_and_talks) as address, asyncio.timeout(2):
        await send(address)


@pytest.mark.parametrize("address", ["http://agency.example/", "ftp://agency.example/", "agency.example", ""])
async def test_without_encryption_nothing_is_sent(address: str) -> None:
    with pytest.raises(DeliveryRefused, match="https"):
        await HttpWebhook(1, private=HERE).send(MESSAGE, Receiver(address, SECRET))


@pytest.mark.parametrize("address", ["https://", "https://a b/", "https://agency.example:port/"])
async def test_what_is_no_address_is_refused_or_reaches_nobody(address: str) -> None:
    with pytest.raises((DeliveryRefused, DeliveryUnavailable)):
        await HttpWebhook(1, private=HERE).send(MESSAGE, Receiver(address, SECRET))


async def test_an_encrypted_message_arrives(certified: ssl.SSLContext) -> None:
    agency = Agency()
    async with receiving(agency, certified) as address:
        await HttpWebhook(5, private=HERE).send(MESSAGE, Receiver(address, SECRET))
    assert agency.only() == SAID


async def test_a_receiver_with_a_strange_certificate_gets_nothing(
    certified: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    agency = Agency()
    async with receiving(agency, certified) as address:
        with pytest.raises(DeliveryUnavailable):
            await HttpWebhook(5, private=HERE).send(MESSAGE, Receiver(address, SECRET))
    assert agency.asked == 0


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_?", SECRET[6:], f"whsec_{'A' * 200}"])
def test_a_weak_or_misspelt_secret_is_refused_without_being_shown(secret: str) -> None:
    with pytest.raises(ValueError, match="24 to 64 bytes") as refused:
        Receiver("https://agency.example", secret)
    assert secret in {"", "whsec_"} or secret not in str(refused.value)
    assert "whsec_" not in repr(Receiver("https://agency.example", SECRET))


def test_an_id_that_could_be_read_in_two_ways_is_refused() -> None:
    with pytest.raises(ValueError, match="full stops"):
        OutgoingWebhook("a.1", b"{}")


async def test_no_failure_says_what_was_sent_or_to_whom() -> None:
    found: list[DeliveryFailed] = []
    for script in (hangs_up_at_once, never_answers):
        async with misbehaving(script) as address:
            with pytest.raises(DeliveryFailed) as failed:
                await send(address, seconds=0.3)
            found.append(failed.value)
    async with receiving(Agency(says=[500])) as address:
        with pytest.raises(DeliveryFailed) as failed:
            await send(address)
        found.append(failed.value)
    for one in found:
        assert "localhost" not in str(one)
        assert "Za" not in str(one)
