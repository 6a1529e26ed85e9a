"""An e-mail as the resident's mail program gets it, from a real server."""

import datetime as dt
import ssl
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from mail_servers import Postbox, behaving

from gateways.delivery import DeliveryRefused, DeliveryUnavailable
from gateways.mail import Attachment, Encryption, Mail, Mailbox, OutgoingMail, SmtpMail
from tests.certificates import Authority

LANDLORD = Mailbox("Weald & Downs Homes", "hello@weald-and-downs.example")
MESSAGE = OutgoingMail(
    message_id="<CW-2026-000123.acknowledgement.1@weald-and-downs.example>",
    date=dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC),
    to=Mailbox("Kerry Adeyemi", "kerry@resident.example"),
    subject="Your reference CW-2026-000123",
    text="Dear Kerry\n\nWe have your report.\n",
    attachment=Attachment("CW-2026-000123", b"%PDF-1.7 \x00\xff\r\n.\r\n"),
)


def mail_by(port: int, *, encryption: Encryption = Encryption.NONE, password: str | None = None) -> Mail:
    username = "casework" if password else None
    return SmtpMail("localhost", port, LANDLORD, encryption, timeout=5, username=username, password=password)


async def received(message: OutgoingMail) -> EmailMessage:
    postbox = Postbox()
    async with behaving(postbox) as port:
        await mail_by(port).send(message)
    return postbox.only()


def words_of(mail: EmailMessage) -> str:
    body = mail.get_body()
    assert body is not None
    text = body.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


async def test_a_letter_arrives_as_it_was_written() -> None:
    mail = await received(MESSAGE)
    assert mail["From"] == "Weald & Downs Homes <hello@weald-and-downs.example>"
    assert mail["To"] == "Kerry Adeyemi <kerry@resident.example>"
    assert mail["Subject"] == "Your reference CW-2026-000123"
    assert mail["Date"] == "Tue, 24 Nov 2026 09:30:00 +0000"
    assert mail["Message-ID"] == MESSAGE.message_id
    assert words_of(mail) == MESSAGE.text
    (pdf,) = mail.iter_attachments()
    assert MESSAGE.attachment is not None
    assert (pdf.get_content_type(), pdf.get_filename()) == ("application/pdf", "CW-2026-000123.pdf")
    assert pdf.get_content() == MESSAGE.attachment.pdf


async def test_it_says_that_a_machine_sent_it_so_that_no_machine_answers() -> None:
    assert (await received(MESSAGE))["Auto-Submitted"] == "auto-generated"


async def test_a_message_without_an_attachment_is_plain_text() -> None:
    mail = await received(replace(MESSAGE, attachment=None))
    assert mail.get_content_type() == "text/plain"
    assert words_of(mail) == MESSAGE.text


async def test_sending_again_sends_the_same_bytes() -> None:
    postbox = Postbox()
    async with behaving(postbox) as port:
        await mail_by(port).send(MESSAGE)
        await mail_by(port).send(MESSAGE)
    first, second = postbox.taken
    assert first == second


async def test_names_and_words_of_all_languages_arrive() -> None:
    text = "Dzień dobry Łukaszu\n\nनमस्ते 王小明 😀\n"
    mail = await received(replace(MESSAGE, to=Mailbox("Łukasz 王", "kerry@resident.example"), text=text))
    assert mail["To"].addresses[0].display_name == "Łukasz 王"
    assert words_of(mail) == text


async def test_lines_of_dots_and_very_long_lines_arrive() -> None:
    text = ".\n..\n.hidden\n" + "word " * 800 + "\n" + "x" * 3000 + "\nFrom here\n"
    mail = await received(replace(MESSAGE, text=text, attachment=None))
    assert words_of(mail) == text


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r", "\x00", "\x0b", "\x85", "\u2028", "\r\n "])
async def test_a_name_or_subject_cannot_begin_a_header_of_its_own(newline: str) -> None:
    hostile = f"Kerry{newline}Bcc: everybody@else.example{newline}{newline}Hello"
    mail = await received(replace(MESSAGE, to=Mailbox(hostile, "kerry@resident.example"), subject=hostile))
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Kerry Bcc: everybody@else.example Hello"
    (addressee,) = mail["To"].addresses
    assert addressee.addr_spec == "kerry@resident.example"
    assert addressee.display_name == "Kerry Bcc: everybody@else.example Hello"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kerry",
        "@resident.example",
        "kerry@",
        "kerry@resident@example",
        "kerry@resident.example\r\nRCPT TO:<else@else.example>",
        "kerry@resident.example\x00",
        "kerry@resident.example> SIZE=1",
        "a@a.example, b@b.example",
    ],
)
async def test_what_is_no_address_is_refused_before_any_server_is_asked(address: str) -> None:
    with pytest.raises(DeliveryRefused):
        await mail_by(1).send(replace(MESSAGE, to=Mailbox("Kerry", address)))


@pytest.mark.parametrize("message_id", ["no-brackets@x", "<a b@x>", "<a@x>\r\nBcc: b@x", "<a@x", "<é@x>"])
def test_a_message_id_that_is_none_is_refused(message_id: str) -> None:
    with pytest.raises(ValueError, match="message id"):
        replace(MESSAGE, message_id=message_id)


async def test_a_long_message_id_arrives_whole() -> None:
    long_id = f"<{'a-' * 60}@weald-and-downs.example>"
    assert (await received(replace(MESSAGE, message_id=long_id)))["Message-ID"].strip() == long_id


def test_a_date_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(MESSAGE, date=dt.datetime(2026, 11, 24))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize("reference", ["", "Kerry Adeyemi", "../CW-1", 'CW"1', "CW-1\r\n"])
def test_an_attachment_is_named_by_a_reference_and_nothing_else(reference: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        Attachment(reference, b"%PDF")


def test_a_sender_without_an_address_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="sender"):
        SmtpMail("localhost", 25, Mailbox("Us", "us"), Encryption.NONE, timeout=1)


def test_the_password_is_not_shown() -> None:
    assert "hush" not in repr(mail_by(25, password="hush"))  # noqa: S106 - invented


async def test_an_address_in_other_letters_is_written_to_where_the_server_can() -> None:
    postbox = Postbox()
    async with behaving(postbox) as port:
        await mail_by(port).send(replace(MESSAGE, to=Mailbox("Zoë", "zoë@résident.example")))
    assert postbox.taken[0][0] == ["zoë@résident.example"]


async def test_an_address_in_other_letters_is_refused_where_the_server_cannot() -> None:
    async with behaving(Postbox(), utf8=False) as port:
        with pytest.raises(DeliveryRefused):
            await mail_by(port).send(replace(MESSAGE, to=Mailbox("Zoë", "zoë@resident.example")))


async def test_encrypted_from_the_start(certified: ssl.SSLContext) -> None:
    postbox = Postbox()
    async with behaving(postbox, tls=certified) as port:
        await mail_by(port, encryption=Encryption.TLS).send(MESSAGE)
    assert len(postbox.taken) == 1


async def test_encrypted_after_the_greeting(certified: ssl.SSLContext) -> None:
    postbox = Postbox()
    async with behaving(postbox, starttls=certified) as port:
        await mail_by(port, encryption=Encryption.STARTTLS).send(MESSAGE)
        with pytest.raises(DeliveryUnavailable, match="530"):
            await mail_by(port, encryption=Encryption.NONE).send(MESSAGE)
    assert len(postbox.taken) == 1


async def test_signing_in_with_a_password(certified: ssl.SSLContext) -> None:
    postbox = Postbox()
    async with behaving(postbox, starttls=certified, password="right") as port:  # noqa: S106 - invented
        await mail_by(port, encryption=Encryption.STARTTLS, password="right").send(MESSAGE)  # noqa: S106 - invented
        with pytest.raises(DeliveryUnavailable, match="535"):
            await mail_by(port, encryption=Encryption.STARTTLS, password="wrong").send(MESSAGE)  # noqa: S106 - invented
    assert len(postbox.taken) == 1


@pytest.mark.parametrize("encryption", [Encryption.TLS, Encryption.STARTTLS])
async def test_a_server_with_a_strange_certificate_gets_nothing(
    encryption: Encryption, certified: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    postbox = Postbox()
    tls, starttls = (certified, None) if encryption is Encryption.TLS else (None, certified)
    async with behaving(postbox, tls=tls, starttls=starttls) as port:
        with pytest.raises(DeliveryUnavailable):
            await mail_by(port, encryption=encryption).send(MESSAGE)
    assert postbox.taken == []


async def test_a_server_that_cannot_encrypt_gets_nothing_where_encryption_is_asked_for() -> None:
    postbox = Postbox()
    async with behaving(postbox) as port:
        with pytest.raises(DeliveryUnavailable):
            await mail_by(port, encryption=Encryption.STARTTLS).send(MESSAGE)
    assert postbox.taken == []


@pytest.mark.parametrize("encryption", [Encryption.TLS, Encryption.STARTTLS])
async def test_a_server_is_known_by_an_authority_of_our_own_and_no_other(
    encryption: Encryption, tmp_path: Path
) -> None:
    ours, foreign = Authority(tmp_path, "ours"), Authority(tmp_path, "foreign")
    context = ours.vouches_for("localhost").serving()
    tls, starttls = (context, None) if encryption is Encryption.TLS else (None, context)
    postbox = Postbox()
    async with behaving(postbox, tls=tls, starttls=starttls) as port:
        await SmtpMail("localhost", port, LANDLORD, encryption, timeout=5, ca=ours.file).send(MESSAGE)
        assert len(postbox.taken) == 1
        for ca in (foreign.file, None):
            with pytest.raises(DeliveryUnavailable):
                await SmtpMail("localhost", port, LANDLORD, encryption, timeout=5, ca=ca).send(MESSAGE)
    assert len(postbox.taken) == 1
