"""The gateway of a machine on its own: it keeps what is sent and passes nothing on."""

import secrets
from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from gateways.delivery import DeliveryRefused, DeliveryUnavailable
from gateways.text_message import HttpTextMessages, OutgoingText
from runtime.embedded.texts import Texts, start_texts

SECRET = secrets.token_urlsafe()
MESSAGE = OutgoingText(reference="one", to="07700900002", text="Please ring us: £1.")


@pytest.fixture
async def texts(tmp_path: Path) -> AsyncIterator[Texts]:
    texts = await start_texts(tmp_path / "texts", SECRET)
    yield texts
    await texts.stop()


def gateway(texts: Texts, secret: str = SECRET) -> HttpTextMessages:
    here = (ip_network("127.0.0.1/32"),)
    return HttpTextMessages(5, without_tls=True, private=here, url=texts.url, secret=secret)


async def test_what_is_sent_is_kept_once_and_for_nobody_else_to_read(texts: Texts) -> None:
    for _ in range(2):
        await gateway(texts).send(MESSAGE)
    assert texts.messages() == [{"to": MESSAGE.to, "text": MESSAGE.text, "reference": "one"}]
    (file,) = texts.folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


async def test_who_has_another_secret_is_turned_away(texts: Texts) -> None:
    with pytest.raises(DeliveryUnavailable, match="401"):
        await gateway(texts, "other").send(MESSAGE)
    assert texts.messages() == []


async def test_what_is_no_message_is_refused(texts: Texts) -> None:
    headers = {"authorization": f"Bearer {SECRET}"}
    for body in (b"", b"[]", b'{"to": 1}', b"\xff"):
        assert await gateway(texts).post(texts.url, body, headers) == 400
    with pytest.raises(DeliveryRefused):
        await gateway(texts).send(OutgoingText(reference="two", to="nobody", text="x"))
    assert texts.messages() == []
