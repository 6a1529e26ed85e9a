import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest
from structlog.testing import capture_logs

from runtime.embedded.mailbox import Mailbox, kept_mail, listed, printed, start_mailbox


@pytest.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[Mailbox]:
    mailbox = await start_mailbox(tmp_path / "mail")
    yield mailbox
    await mailbox.stop()


def letter(to: str = "k@example.org", message_id: str = "<letter-1@casework>") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "casework@landlord.example"
    message["To"] = to
    message["Subject"] = "Your report: the café"
    message["Date"] = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    message["Message-ID"] = message_id
    message.set_content("Dear Ms K\n.\nwe wrote this down.\n")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="plan.pdf")
    return message


async def post(mailbox: Mailbox, message: EmailMessage, recipients: list[str] | None = None) -> None:
    await aiosmtplib.send(
        message, recipients=recipients, hostname=mailbox.host, port=mailbox.port, start_tls=False
    )


async def test_a_letter_arrives_whole(mailbox: Mailbox) -> None:
    await post(mailbox, letter())
    [mail] = mailbox.messages()
    assert mail.to == ("k@example.org",)
    assert mail.subject == "Your report: the café"
    assert mail.dated == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert mail.attachments == ("plan.pdf",)
    assert (mail.message_id, mail.copy) == ("<letter-1@casework>", 1)
    assert b"Dear Ms K\r\n.\r\nwe wrote" in mail.file.read_bytes()
    assert mail.file.stat().st_mode & 0o777 == 0o600


async def test_a_letter_sent_twice_is_kept_twice_and_seen_to_be_the_same(mailbox: Mailbox) -> None:
    for message_id in ("<a@casework>", "<b@casework>", "<a@casework>"):
        await post(mailbox, letter(message_id=message_id))
    assert [(mail.message_id, mail.copy) for mail in kept_mail(mailbox.folder)] == [
        ("<a@casework>", 1),
        ("<b@casework>", 1),
        ("<a@casework>", 2),
    ]


async def test_a_hidden_copy_shows_who_got_it(mailbox: Mailbox) -> None:
    await post(mailbox, letter(), ["k@example.org", "team@landlord.example"])
    assert mailbox.messages()[0].to == ("k@example.org", "team@landlord.example")


async def test_neither_file_names_nor_logs_name_anybody(
    mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with capture_logs() as logs:
        await post(mailbox, letter())
    [mail] = mailbox.messages()
    assert [entry["event"] for entry in logs] == ["mail_received"]
    assert "example.org" not in mail.file.name + str(logs) + caplog.text


async def test_mail_without_id_date_or_subject_is_kept_too(mailbox: Mailbox) -> None:
    async with aiosmtplib.SMTP(hostname=mailbox.host, port=mailbox.port, start_tls=False) as client:
        await client.sendmail("a@example.org", ["b@example.org"], b"no headers at all\r\n")
    [mail] = mailbox.messages()
    assert (mail.message_id, mail.subject, mail.dated, mail.attachments) == ("", "", None, ())


async def test_it_stops_although_somebody_is_connected(tmp_path: Path) -> None:
    mailbox = await start_mailbox(tmp_path / "mail")
    reader, writer = await asyncio.open_connection(mailbox.host, mailbox.port)
    assert (await reader.readline()).startswith(b"220")
    async with asyncio.timeout(20):
        await mailbox.stop()
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(mailbox.host, mailbox.port)


async def test_a_letter_is_listed_by_its_place_and_printed_as_somebody_reads_it(mailbox: Mailbox) -> None:
    message = letter()
    message.clear_content()
    link = f"http://127.0.0.1:8080/l/{'x' * 120}"
    message.set_content(f"Dear Ms K, the café\n\n{link}\n\nOr ask (http://127.0.0.1:8080/our-policy).\n")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="plan.pdf")
    await post(mailbox, message)
    [mail] = mailbox.messages()
    assert listed(7, mail) == "  7  2026-03-02 09:30  to k@example.org  Your report: the café  (plan.pdf)"
    assert printed(mail) == (
        "To: k@example.org\nSubject: Your report: the café\nAttached: plan.pdf\n\n"
        f"Dear Ms K, the café\n\n{link}\n\nOr ask (http://127.0.0.1:8080/our-policy).\n\n"
        f"Links:\n{link}\nhttp://127.0.0.1:8080/our-policy"
    )
