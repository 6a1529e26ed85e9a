"""A text message through a gateway: who may send, known again, and what is known of it told truthfully."""

from dataclasses import replace

import pytest
from webhook_receiver import HERE, TEXT_SECRET, Script, Talk, TextGateway, misbehaving, receiving

from gateways.delivery import DeliveryFailed, DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable
from gateways.text_message import HttpTextMessages, OutgoingText
from runtime.embedded.processes import free_port

MESSAGE = OutgoingText(
    reference="8d1f0f5e-5a44-4c0c-9e0c-0f5d5d2b8a11", to="07700 900 002", text="Please ring us: £1."
)


async def send(
    url: str, message: OutgoingText = MESSAGE, *, secret: str = TEXT_SECRET, seconds: float = 5
) -> None:
    await HttpTextMessages(seconds, without_tls=True, private=HERE, url=url, secret=secret).send(message)


async def test_a_text_arrives_as_it_was_written_and_is_known_again() -> None:
    gateway = TextGateway(says=[503])
    async with receiving(gateway) as url:
        with pytest.raises(DeliveryUnavailable):
            await send(url)
        await send(url)
        await send(url)
    sent = {"to": "07700900002", "text": MESSAGE.text, "reference": MESSAGE.reference}
    assert gateway.taken == {MESSAGE.reference: sent}
    assert gateway.asked == 3


@pytest.mark.parametrize("status", [400, 410, 413, 422, 451])
async def test_a_number_that_is_refused_is_never_taken(status: int) -> None:
    async with receiving(TextGateway(says=[status])) as url:
        with pytest.raises(DeliveryRefused, match=str(status)):
            await send(url)


@pytest.mark.parametrize("number", ["12345", "01632 960 002 ask for Jo", "+", "0" * 16, "(01632)-"])
async def test_what_is_no_number_is_refused_before_anybody_is_asked(number: str) -> None:
    gateway = TextGateway()
    async with receiving(gateway) as url:
        with pytest.raises(DeliveryRefused):
            await send(url, replace(MESSAGE, to=number))
    assert gateway.asked == 0


@pytest.mark.parametrize("status", [301, 307, 401, 402, 403, 404, 405, 407, 408, 425, 429, 500, 502, 503, 504])
async def test_what_is_wrong_with_us_or_with_the_gateway_says_nothing_of_the_number(status: int) -> None:
    gateway = TextGateway(says=[status])
    async with receiving(gateway) as url:
        with pytest.raises(DeliveryUnavailable, match=str(status)):
            await send(url)
    assert gateway.asked == 1, "nor is it sent on to where a redirect leads"


async def test_another_secret_is_our_fault() -> None:
    gateway = TextGateway()
    async with receiving(gateway) as url:
        with pytest.raises(DeliveryUnavailable, match="401"):
            await send(url, secret="not" + TEXT_SECRET)
    assert gateway.taken == {}


async def test_nobody_there_or_nowhere_that_it_may_go_is_unavailable() -> None:
    with pytest.raises(DeliveryUnavailable):
        await send(f"http://127.0.0.1:{free_port()}/")
    gateway = TextGateway()
    async with receiving(gateway) as url:
        for unsafe in ({"without_tls": False, "private": HERE}, {"without_tls": True, "private": ()}):
            with pytest.raises(DeliveryUnavailable):
                await HttpTextMessages(5, url=url, secret=TEXT_SECRET, **unsafe).send(MESSAGE)
    assert gateway.asked == 0


async def leaves_without_an_answer(talk: Talk) -> None:
    await talk.hear()


async def never_answers(talk: Talk) -> None:
    await talk.hear()
    await talk.reader.read()


async def is_busy_with_it(talk: Talk) -> None:
    await talk.hear()
    await talk.say(409)


@pytest.mark.parametrize("script", [leaves_without_an_answer, never_answers, is_busy_with_it])
async def test_no_answer_to_the_whole_message_leaves_it_in_doubt(script: Script) -> None:
    async with misbehaving(script) as url:
        with pytest.raises(DeliveryInDoubt):
            await send(url, seconds=0.5)


async def test_no_failure_and_nothing_shown_says_what_was_sent_or_to_whom() -> None:
    for status in (400, 409, 500):
        async with receiving(TextGateway(says=[status])) as url:
            with pytest.raises(DeliveryFailed) as failed:
                await send(url)
        assert not any(word in str(failed.value) for word in ("07700", "ring", "localhost"))
    gateway = HttpTextMessages(1, url="https://texts.example", secret=TEXT_SECRET)
    assert not any(word in repr((MESSAGE, gateway)) for word in ("07700", "ring us", TEXT_SECRET))
