"""A text message is sent once, like a letter, and says nothing of what it is about."""

import asyncio

import pytest
from temporalio.testing import ActivityEnvironment

from activities.post import Letter, Post
from gateways.delivery import DeliveryUnavailable
from policy.duties import Outcome
from policy.facts.people import Means, Person
from store import letters as kept
from store.letters import KeptLetter, letter_id
from store.sessions import Store
from tests.activities.conftest import MakePost, letters_of
from tests.gateways.webhook_receiver import Talk, TextGateway, misbehaving, receiving
from tests.given import a_moment_ago, report

JO = Person(name="Jo Invented", phone="07700 900 002")


async def text_to(store: Store, complainant: Person = JO) -> Letter:
    letters = await letters_of(store, report(a_moment_ago(), complainant=complainant), texts=True)
    (text,) = [one for one in letters if one.duty.means is Means.TEXT]
    return text


async def sent(post: Post, text: Letter) -> Outcome:
    """As a worker runs it, at the first attempt."""
    return await ActivityEnvironment().run(post.send, text)


async def kept_text(store: Store, text: Letter) -> KeptLetter:
    async with store.reading() as db:
        found = await kept.by_key(db, text.ref, text.duty.key)
    assert found is not None
    return found


async def test_it_goes_once_however_often_it_is_asked_for(post: MakePost, store: Store) -> None:
    text, gateway = await text_to(store), TextGateway()
    async with receiving(gateway) as url:
        for _ in range(3):
            assert await sent(post(gateway=url), text) is Outcome.SENT
    assert gateway.asked == 1
    ((reference, message),) = gateway.taken.items()
    assert reference == message["reference"] == letter_id(text.ref, "acknowledgement:text")
    assert message["to"] == "07700900002"
    assert text.ref in message["text"]
    assert "Jo" not in message["text"]
    found = await kept_text(store, text)
    assert (found.state, found.means, found.body, found.pdf) == ("sent", Means.TEXT, message["text"], b"")


async def test_with_the_gateway_away_it_is_tried_again_and_goes_once(post: MakePost, store: Store) -> None:
    text, gateway = await text_to(store), TextGateway(says=[503, 429, 401])
    async with receiving(gateway) as url:
        for _ in range(3):
            with pytest.raises(DeliveryUnavailable):
                await sent(post(gateway=url), text)
            assert (await kept_text(store, text)).state == "composed"
        assert await sent(post(gateway=url), text) is Outcome.SENT
    assert len(gateway.taken) == 1


async def test_where_the_gateway_was_given_up_it_is_held_up(post: MakePost, store: Store) -> None:
    with pytest.raises(DeliveryUnavailable):
        await sent(post(), await text_to(store))


async def test_a_refused_number_is_not_tried_again(post: MakePost, store: Store) -> None:
    text, gateway = await text_to(store), TextGateway(says=[422])
    async with receiving(gateway) as url:
        for _ in range(2):
            assert await sent(post(gateway=url), text) is Outcome.REFUSED
    assert gateway.asked == 1


async def test_without_an_answer_it_is_in_doubt_and_never_sent_again(post: MakePost, store: Store) -> None:
    text, calls = await text_to(store), 0

    async def leaves_without_an_answer(talk: Talk) -> None:
        nonlocal calls
        calls += 1
        await talk.hear()

    async with misbehaving(leaves_without_an_answer) as url:
        for _ in range(3):
            assert await sent(post(gateway=url), text) is Outcome.IN_DOUBT
    assert calls == 1
    assert (await kept_text(store, text)).state == "in_doubt"


async def test_killed_between_sending_and_the_answer_it_is_in_doubt(post: MakePost, store: Store) -> None:
    text, handed_over = await text_to(store), asyncio.Event()

    async def says_nothing(talk: Talk) -> None:
        await talk.hear()
        handed_over.set()
        await talk.reader.read()

    async with misbehaving(says_nothing) as url:
        attempt = asyncio.create_task(sent(post(gateway=url), text))
        await handed_over.wait()
        attempt.cancel()
        await asyncio.gather(attempt, return_exceptions=True)
    assert (await kept_text(store, text)).state == "sending"
    gateway = TextGateway()
    async with receiving(gateway) as url:
        for _ in range(2):
            assert await sent(post(gateway=url), text) is Outcome.IN_DOUBT
    assert gateway.asked == 0


async def test_a_letter_that_comes_is_announced_without_what_it_says(post: MakePost, store: Store) -> None:
    prefers = JO.model_copy(update={"address": ("2 Invented Row",), "prefers": Means.TEXT})
    text, gateway = await text_to(store, prefers), TextGateway()
    async with receiving(gateway) as url:
        assert await sent(post(gateway=url), text) is Outcome.SENT
    (message,) = gateway.taken.values()
    assert "we are writing to you" in message["text"]
