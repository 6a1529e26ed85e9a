"""What a mail server says of a letter that it could not deliver counts only where the letter was ours."""

from email.message import EmailMessage, Message
from uuid import uuid4

import pytest

from gateways.bounces import LARGEST, SEAL, Bounce, NotABounce, bounce_in, seal

KEY, BEFORE = b"the key of now", b"the key of before"
OURS = "landlord.invalid"
LETTER = str(uuid4())


def report(  # noqa: PLR0913, PLR0917 - each is what a forger would change
    status: str = "5.1.1",
    action: str = "failed",
    message_id: str = f"<{LETTER}@{OURS}>",
    sealed: str | None = None,
    returned: str = "text/rfc822-headers",
    kind: str = "delivery-status",
    recipient: str = "Final-Recipient: rfc822; rowan@example.org",
) -> bytes:
    """As Postfix makes one."""
    mark = seal(KEY, message_id) if sealed is None else sealed
    ends = f"From: noreply@{OURS}\r\nTo: Rowan Example <Rowan@example.org>\r\n"
    headers = f"{ends}Message-ID: {message_id}\r\n{SEAL}: {mark}\r\nSubject: Your letter\r\n"
    back = f"{headers}\r\nDear Rowan\r\n" if returned == "message/rfc822" else headers
    return (
        "From: MAILER-DAEMON@mx.invalid\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"\r\n'
        "MIME-Version: 1.0\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.invalid\r\n\r\n"
        f"{recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: {returned}\r\n\r\n{back}\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_letter_that_will_never_arrive_is_known_by_what_came_back(returned: str) -> None:
    assert bounce_in(report(returned=returned), OURS, [KEY]) == Bounce(LETTER, for_good=True)


def test_what_was_sealed_under_a_key_of_before_is_known_still() -> None:
    sealed = seal(BEFORE, f"<{LETTER}@{OURS}>")
    assert bounce_in(report(sealed=sealed), OURS, [KEY, BEFORE]).letter == LETTER


@pytest.mark.parametrize(("status", "action"), [("4.4.1", "delayed"), ("4.2.2", "failed"), ("2.0.0", "delivered")])
def test_what_is_still_tried_or_did_arrive_is_no_failure(status: str, action: str) -> None:
    assert not bounce_in(report(status, action), OURS, [KEY]).for_good


@pytest.mark.parametrize(
    "recipient",
    [
        "Final-Recipient: rfc822; ROWAN@Example.org",
        "Original-Recipient: rfc822;rowan@example.org\r\nFinal-Recipient: rfc822; mailbox-7@host.invalid",
        "X-Recipient: nobody knows",
    ],
)
def test_the_address_that_we_wrote_to_failed(recipient: str) -> None:
    assert bounce_in(report(recipient=recipient), OURS, [KEY]).for_good


FORGED = {
    "of where her mailbox passes mail on to": report(recipient="Final-Recipient: rfc822; old@example.net"),
    "without our seal": report(sealed=""),
    "with another's seal": report(sealed=seal(KEY, f"<{uuid4()}@{OURS}>")),
    "sealed by another": report(sealed=seal(b"another key", f"<{LETTER}@{OURS}>")),
    "of another domain": report(message_id=f"<{LETTER}@elsewhere.invalid>"),
    "of no letter": report(message_id=f"<hello@{OURS}>"),
    "two ids": report(
        message_id=f"<{LETTER}@{OURS}>\r\nMessage-ID: <{uuid4()}@{OURS}>", sealed=seal(KEY, f"<{LETTER}@{OURS}>")
    ),
    "a read receipt": report(kind="disposition-notification").replace(b"delivery-status\r\n", b"disposition\r\n"),
    "nothing came back": report(returned="text/plain"),
    "no mail": b"\x00\xff\xfe not mail",
    "empty": b"",
    "too large": report() + b" " * LARGEST,
    "in a strange alphabet": report(
        returned="text/rfc822-headers; charset=x-none\r\nContent-Transfer-Encoding: base64"
    ),
}


@pytest.mark.parametrize("name", list(FORGED))
def test_anything_else_is_refused_and_not_quoted(name: str) -> None:
    with pytest.raises(NotABounce) as refused:
        bounce_in(FORGED[name], OURS, [KEY])
    assert LETTER not in str(refused.value)
    assert "rowan" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_what_is_nested_very_deeply_costs_nothing() -> None:
    deep: Message = EmailMessage()
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(20_000)
    )
    head, _, rest = report().partition(b"\r\n\r\n")
    with pytest.raises(NotABounce):
        bounce_in(nested, OURS, [KEY])
    with pytest.raises(NotABounce):
        bounce_in(head + b"\r\n\r\n--b\r\n" + nested + rest, OURS, [KEY])
    assert not deep
