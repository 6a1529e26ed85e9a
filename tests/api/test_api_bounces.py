"""What a mail server tells of a letter that came back, over HTTP and by its pipe."""

import asyncio
import base64
import os
import sys
from email import message_from_bytes
from pathlib import Path

import httpx2

from gateways.bounces import SEAL
from tests.api.product import Caller, Product, problem, until
from tests.keys import TEST_KEYS

BOTH = {"name": "Rowan Example", "email": "rowan@example.org", "prefers": "email", "address": ["2 Invented Row"]}


async def sent(product: Product) -> tuple[str, bytes]:
    """A case, and the headers of its acknowledgement as its reader has them."""
    assert product.mailbox is not None
    ref = await product.officer.reported(complainant=BOTH)
    mailbox = product.mailbox

    async def gone() -> bytes:
        found = [
            one.read_bytes() for one in sorted(mailbox.folder.rglob("*.eml")) if ref.encode() in one.read_bytes()
        ]
        return found[0] if found else b""

    raw: bytes = await until(gone)
    mail = message_from_bytes(raw)
    await until(lambda: recorded(product, ref, "letter_sent"))
    return ref, f"To: {mail['To']}\r\nMessage-ID: {mail['Message-ID']}\r\n{SEAL}: {mail[SEAL]}\r\n".encode()


async def recorded(product: Product, ref: str, fact: str) -> int:
    lines = (await product.officer.get(f"/api/cases/{ref}/timeline", limit=200)).json()["entries"]
    return [one["content"]["fact"] for one in lines].count(fact)


def bounce(headers: bytes, status: bytes = b"5.1.1", action: bytes = b"failed") -> bytes:
    return (
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.invalid\r\n\r\n"
        b"Final-Recipient: rfc822; rowan@example.org\r\nAction: " + action + b"\r\nStatus: " + status + b"\r\n\r\n"
        b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n" + headers + b"\r\n--b--\r\n"
    )


async def told(by: Caller, message: bytes) -> httpx2.Response:
    return await by.post("/api/mail/bounces", {"message": base64.b64encode(message).decode()})


async def test_a_letter_that_came_back_is_recorded_once_and_made_out_for_the_post(product: Product) -> None:
    ref, headers = await sent(product)
    assert (await told(product.ops, bounce(headers, b"4.4.7", b"delayed"))).json() == {"came_of": "delayed"}
    assert (await told(product.ops, bounce(headers))).json() == {"came_of": "recorded"}
    await until(lambda: recorded(product, ref, "letter_ready_to_post"))
    assert (await told(product.ops, bounce(headers))).json() == {"came_of": "known"}
    assert await recorded(product, ref, "letter_came_back") == 1


async def test_a_forged_one_and_one_of_somebody_else_change_nothing(product: Product) -> None:
    ref, headers = await sent(product)
    forged = headers.partition(SEAL.encode())[0] + f"{SEAL}: {'0' * 32}\r\n".encode()
    problem(await told(product.ops, bounce(forged)), 422, "not-a-bounce")
    problem(await told(product.officer, bounce(headers)), 403, "not-yours-to-do")
    problem(await told(product.public, bounce(headers)), 401, "not-signed-in")
    assert await recorded(product, ref, "letter_came_back") == 0


async def test_what_is_no_base64_is_not_understood(product: Product) -> None:
    for message in ("not base64", "bréf", "\U0001f4a9"):
        problem(await product.ops.post("/api/mail/bounces", {"message": message}), 422, "not-a-bounce")


async def test_a_mail_server_s_pipe_says_what_came_of_it_by_its_exit_code(product: Product) -> None:
    ref, headers = await sent(product)
    assert await piped(product, bounce(headers)) == os.EX_OK
    assert await until(lambda: recorded(product, ref, "letter_came_back")) == 1
    assert await piped(product, b"hello") == os.EX_DATAERR
    assert await piped(product, bounce(headers), temporal="127.0.0.1:9") in {os.EX_OK, os.EX_TEMPFAIL}
    _, others = await sent(product)
    assert await piped(product, bounce(others), temporal="127.0.0.1:9") == os.EX_TEMPFAIL


async def piped(product: Product, message: bytes, temporal: str | None = None) -> int:
    wanted = product.settings
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "CASEWORK_DATABASE_URL": (wanted.worker_database_url or wanted.database_url).get_secret_value(),
        "CASEWORK_TEMPORAL_ADDRESS": temporal or wanted.temporal_address,
        "CASEWORK_TEMPORAL_NAMESPACE": wanted.temporal_namespace,
        "CASEWORK_TASK_QUEUE": wanted.task_queue,
        "CASEWORK_TOKEN_SECRET": wanted.token_secret.get_secret_value(),
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
        "CASEWORK_EVIDENCE_URL": wanted.evidence_url,
    }
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "cli.main", "bounce", env=environment, stdin=-1, stdout=-1, stderr=-1
    )
    out, err = await started.communicate(message)
    assert b"rowan" not in out + err
    assert started.returncode is not None
    return started.returncode
