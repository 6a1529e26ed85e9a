"""A letter is composed once and sent once, and what became of it is told truthfully."""

import asyncio

import pytest
from temporalio.testing import ActivityEnvironment

from activities.post import Letter, Post
from gateways.delivery import DeliveryUnavailable
from policy.duties import Outcome
from policy.facts.people import Means, Party, Person
from runtime.embedded.processes import free_port
from store import letters as kept
from store import recording
from store.letters import LetterLine
from store.sessions import Store
from tests.activities.conftest import MakePost, acknowledgement, letters_of
from tests.gateways.mail_servers import Postbox, Talk, behaving, misbehaving
from tests.given import BY_POST, a_moment_ago, entry, report
from tests.policy.happenings import left, told_off


async def sent(post: Post, letter: Letter) -> Outcome:
    """As a worker runs it, at the first attempt."""
    return await ActivityEnvironment().run(post.send, letter)


async def kept_letter(store: Store, ref: str) -> LetterLine:
    async with store.reading() as db:
        (line,) = await kept.of_case(db, ref)
    return line


async def test_a_letter_goes_once_however_often_it_is_asked_for(
    post: MakePost, letter: Letter, store: Store
) -> None:
    postbox = Postbox()
    async with behaving(postbox) as port:
        outcomes = [await sent(post(port), letter) for _ in range(3)]
    assert outcomes == [Outcome.SENT] * 3
    mail = postbox.only()
    line = await kept_letter(store, letter.ref)
    assert mail["Message-ID"] == f"<{line.id}@landlord.invalid>"
    (attached,) = mail.iter_attachments()
    async with store.reading() as db:
        composed = await kept.by_id(db, letter.ref, line.id)
    assert composed is not None
    assert attached.get_content() == composed.pdf
    assert line.state == "sent"


async def test_two_attempts_at_once_send_one_letter(post: MakePost, letter: Letter) -> None:
    """An attempt that the engine has given up may still be under way when the next one begins."""
    postbox = Postbox()
    async with behaving(postbox) as port:
        outcomes = await asyncio.gather(*(sent(post(port), letter) for _ in range(5)))
    assert postbox.only()
    assert Outcome.SENT in outcomes
    assert set(outcomes) <= {Outcome.SENT, Outcome.IN_DOUBT}


async def test_with_the_mail_server_away_it_is_tried_again_and_goes_once(
    post: MakePost, letter: Letter, store: Store
) -> None:
    for _ in range(2):
        with pytest.raises(DeliveryUnavailable):
            await sent(post(free_port()), letter)
        assert (await kept_letter(store, letter.ref)).state == "composed"
    first = await kept_letter(store, letter.ref)
    postbox = Postbox()
    async with behaving(postbox) as port:
        assert await sent(post(port), letter) is Outcome.SENT
    assert postbox.only()
    assert (await kept_letter(store, letter.ref)).sha256 == first.sha256


async def test_a_server_that_says_not_now_is_away(post: MakePost, letter: Letter) -> None:
    postbox = Postbox(answers={"RCPT": "450 busy"})
    async with behaving(postbox) as port:
        with pytest.raises(DeliveryUnavailable):
            await sent(post(port), letter)
        postbox.answers.clear()
        assert await sent(post(port), letter) is Outcome.SENT
    assert postbox.only()


async def test_a_refused_address_is_not_tried_again(post: MakePost, letter: Letter) -> None:
    postbox = Postbox(answers={"RCPT": "550 no such person"})
    async with behaving(postbox) as port:
        assert await sent(post(port), letter) is Outcome.REFUSED
        postbox.answers.clear()
        assert await sent(post(port), letter) is Outcome.REFUSED
    assert postbox.taken == []


async def test_after_a_refusal_the_same_letter_can_be_posted(post: MakePost, store: Store) -> None:
    letter = await acknowledgement(store, Person(name="R", email="not-an-address", address=("2 Invented Row",)))
    by_email = letter.model_copy(update={"duty": letter.duty.model_copy(update={"means": Means.EMAIL})})
    async with behaving(Postbox()) as port:
        assert await sent(post(port), by_email) is Outcome.REFUSED
    composed = await kept_letter(store, letter.ref)
    by_post = letter.model_copy(update={"duty": letter.duty.model_copy(update={"means": Means.POST})})
    assert await sent(post(free_port()), by_post) is Outcome.READY_TO_POST
    line = await kept_letter(store, letter.ref)
    assert (line.state, line.means, line.sha256) == ("to_post", "post", composed.sha256)


async def test_who_asked_for_post_is_written_to_by_post(post: MakePost, store: Store) -> None:
    letter = await acknowledgement(store, BY_POST)
    postbox = Postbox()
    async with behaving(postbox) as port:
        assert await sent(post(port), letter) is Outcome.READY_TO_POST
        assert await sent(post(port), letter) is Outcome.READY_TO_POST
    assert postbox.taken == []


async def test_a_letter_to_somebody_else_is_addressed_to_them_and_says_nothing_of_the_complainant(
    post: MakePost, store: Store
) -> None:
    neighbour = Party(name="Pat Sample", address=("3 Invented Row", "Sevenoaks"))
    now = a_moment_ago()
    letters = await letters_of(store, report(now, about=neighbour), told_off(now))
    (letter,) = [one for one in letters if one.duty.to == "perpetrator-1"]
    assert await sent(post(free_port()), letter) is Outcome.READY_TO_POST
    async with store.reading() as db:
        written = await kept.by_key(db, letter.ref, letter.duty.key)
    assert written is not None
    assert "Pat Sample" in written.body
    assert "Shouting at night." in written.body
    assert "Rowan" not in written.body
    assert "Told us so." not in written.body


async def test_a_letter_in_doubt_is_never_sent_again(post: MakePost, letter: Letter, store: Store) -> None:
    connections = 0

    async def hangs_up_without_an_answer(talk: Talk) -> None:
        nonlocal connections
        connections += 1
        await talk.to_the_dot()
        talk.reset()

    async with misbehaving(hangs_up_without_an_answer) as port:
        for _ in range(3):
            assert await sent(post(port), letter) is Outcome.IN_DOUBT
    assert connections == 1
    assert (await kept_letter(store, letter.ref)).state == "in_doubt"


async def test_killed_between_sending_and_the_answer_it_is_in_doubt(
    post: MakePost, letter: Letter, store: Store
) -> None:
    handed_over = asyncio.Event()

    async def says_nothing(talk: Talk) -> None:
        await talk.to_the_dot()
        handed_over.set()
        await talk.reader.read()

    async with misbehaving(says_nothing) as port:
        attempt = asyncio.create_task(sent(post(port), letter))
        await handed_over.wait()
        attempt.cancel()
        await asyncio.gather(attempt, return_exceptions=True)
    assert (await kept_letter(store, letter.ref)).state == "sending"
    postbox = Postbox()
    async with behaving(postbox) as port:
        assert await sent(post(port), letter) is Outcome.IN_DOUBT
        assert await sent(post(port), letter) is Outcome.IN_DOUBT
    assert postbox.taken == []
    assert (await kept_letter(store, letter.ref)).state == "in_doubt"


async def test_a_case_that_is_not_there_has_nobody_to_write_to(post: MakePost, letter: Letter) -> None:
    with pytest.raises(LookupError):
        await sent(post(free_port()), letter.model_copy(update={"ref": "CW-2026-999999"}))


async def test_a_letter_that_is_not_owed_any_more_is_not_made_out(post: MakePost, store: Store) -> None:
    """Whom it accuses has left meanwhile."""
    now = a_moment_ago()
    letters = await letters_of(store, report(now, about=Party(address=("3 Invented Row",))), told_off(now))
    (letter,) = [one for one in letters if one.duty.to == "perpetrator-1"]
    async with store.writing() as db:
        gone = entry(left(now, "perpetrator-1"))
        await recording.record(db, letter.ref, 3, [gone], now)
    with pytest.raises(LookupError):
        await sent(post(free_port()), letter)
    async with store.reading() as db:
        assert await kept.of_case(db, letter.ref) == []
