"""Refused, unavailable or in doubt: told apart against servers that really fail so."""

import asyncio
import datetime as dt
import socket
from dataclasses import replace

import pytest
from mail_servers import Postbox, Script, Talk, behaving, misbehaving

from gateways.delivery import DeliveryFailed, DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable
from gateways.mail import Attachment, Encryption, Mailbox, OutgoingMail, SmtpMail

MESSAGE = OutgoingMail(
    message_id="<CW-2026-000123.1@weald-and-downs.example>",
    date=dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC),
    to=Mailbox("Kerry Adeyemi", "kerry@resident.example"),
    subject="Your reference CW-2026-000123",
    text="Dear Kerry\n",
    attachment=None,
)
LARGE = replace(MESSAGE, attachment=Attachment("CW-2026-000123", bytes(24_000_000)))


async def send(port: int, message: OutgoingMail = MESSAGE, *, timeout: float = 5) -> None:  # noqa: ASYNC109 - the mail's own setting
    sender = Mailbox("Weald & Downs Homes", "hello@weald-and-downs.example")
    await SmtpMail("127.0.0.1", port, sender, Encryption.NONE, timeout=timeout).send(message)


@pytest.mark.parametrize(
    ("command", "answer", "failure"),
    [
        ("RCPT", "550 5.1.1 <kerry@resident.example>: no such mailbox", DeliveryRefused),
        ("RCPT", "450 4.2.1 <kerry@resident.example> is busy", DeliveryUnavailable),
        ("RCPT", "421 4.3.2 kerry@resident.example: closing", DeliveryUnavailable),
        ("DATA", "554 5.7.1 we take kerry@resident.example for spam", DeliveryRefused),
        ("DATA", "452 4.3.1 no room for kerry@resident.example", DeliveryUnavailable),
    ],
)
async def test_a_servers_no_is_taken_at_its_word_and_names_nobody(
    command: str, answer: str, failure: type[DeliveryFailed]
) -> None:
    postbox = Postbox(answers={command: answer})
    async with behaving(postbox) as port:
        with pytest.raises(DeliveryFailed) as failed:
            await send(port)
    assert type(failed.value) is failure
    assert str(failed.value) == f"The mail server said {answer[:9]}."
    assert failed.value.__cause__ is None
    assert postbox.taken == []


async def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(DeliveryUnavailable):
        await send(port)


async def says_nothing(talk: Talk) -> None:
    await talk.reader.read()


async def greets_with_a_refusal(talk: Talk) -> None:
    await talk.say("554 5.3.2 not today")


async def speaks_no_smtp(talk: Talk) -> None:
    await talk.say("HTTP/1.1 400 Bad Request")


async def leaves_after_greeting(talk: Talk) -> None:
    await talk.say("220 mail.example ESMTP")
    await talk.hear("EHLO")


async def refuses_the_sender(talk: Talk) -> None:
    await talk.say("220 mail.example ESMTP")
    await talk.hear("EHLO")
    await talk.say("250 mail.example")
    await talk.hear("MAIL")
    await talk.say("553 5.7.1 not your address")


async def leaves_at_data(talk: Talk) -> None:
    await talk.up_to_data()


async def stalls_at_data(talk: Talk) -> None:
    await talk.up_to_data()
    await talk.reader.read()


async def refuses_data_for_now(talk: Talk) -> None:
    await talk.up_to_data()
    await talk.say("451 4.3.0 not now")


@pytest.mark.parametrize(
    "script",
    [
        says_nothing,
        greets_with_a_refusal,
        speaks_no_smtp,
        leaves_after_greeting,
        refuses_the_sender,
        leaves_at_data,
        stalls_at_data,
        refuses_data_for_now,
    ],
)
async def test_a_server_that_never_saw_the_message_is_unavailable(script: Script) -> None:
    async with misbehaving(script) as port:
        with pytest.raises(DeliveryUnavailable):
            await send(port, timeout=0.5)


async def test_a_connection_that_breaks_before_the_final_dot_is_unavailable() -> None:
    async def breaks_in_the_middle(talk: Talk) -> None:
        await talk.up_to_data()
        await talk.say("354 Go on")
        await talk.reader.readexactly(1_000_000)
        talk.reset()

    async with misbehaving(breaks_in_the_middle) as port:
        with pytest.raises(DeliveryUnavailable):
            await send(port, LARGE)


async def test_a_server_that_stops_reading_before_the_final_dot_is_unavailable() -> None:
    over = asyncio.Event()

    async def stops_reading(talk: Talk) -> None:
        await talk.up_to_data()
        await talk.say("354 Go on")
        talk.writer.transport.pause_reading()  # type: ignore[attr-defined] # a reading transport, typed as any
        await over.wait()

    async with misbehaving(stops_reading) as port:
        with pytest.raises(DeliveryUnavailable):
            await send(port, LARGE, timeout=1)
        over.set()


async def leaves_without_an_answer(talk: Talk) -> None:
    await talk.to_the_dot()


async def resets_without_an_answer(talk: Talk) -> None:
    await talk.to_the_dot()
    talk.reset()


async def never_answers(talk: Talk) -> None:
    await talk.to_the_dot()
    await talk.reader.read()


async def answers_nonsense(talk: Talk) -> None:
    await talk.to_the_dot()
    await talk.say("yes, thank you")


async def answers_with_half_a_line(talk: Talk) -> None:
    await talk.to_the_dot()
    talk.writer.write(b"250")
    await talk.writer.drain()


async def answers_something_that_is_neither_yes_nor_no(talk: Talk) -> None:
    await talk.to_the_dot()
    await talk.say("354 Go on")


@pytest.mark.parametrize(
    "script",
    [
        leaves_without_an_answer,
        resets_without_an_answer,
        never_answers,
        answers_nonsense,
        answers_with_half_a_line,
        answers_something_that_is_neither_yes_nor_no,
    ],
)
async def test_no_answer_to_the_final_dot_leaves_it_in_doubt(script: Script) -> None:
    async with misbehaving(script) as port:
        with pytest.raises(DeliveryInDoubt):
            await send(port, timeout=0.5)


async def test_a_server_that_says_yes_and_breaks_has_the_message() -> None:
    async def takes_and_breaks(talk: Talk) -> None:
        await talk.to_the_dot()
        await talk.say("250 Taken")
        talk.reset()

    async with misbehaving(takes_and_breaks) as port:
        await send(port)


async def test_a_server_that_says_yes_and_hangs_keeps_nobody_waiting() -> None:
    async def takes_and_hangs(talk: Talk) -> None:
        await talk.to_the_dot()
        await talk.say("250 Taken")
        await talk.hear("QUIT")
        await talk.reader.read()

    async with misbehaving(takes_and_hangs) as port:
        async with asyncio.timeout(1):
            await send(port, timeout=5)


async def test_a_large_letter_arrives_whole() -> None:
    postbox = Postbox()
    async with behaving(postbox) as port:
        await send(port, replace(LARGE, attachment=Attachment("CW-2026-000123", bytes(2_000_000))))
    (pdf,) = postbox.only().iter_attachments()
    assert pdf.get_content() == bytes(2_000_000)
