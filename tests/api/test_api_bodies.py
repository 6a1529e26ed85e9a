"""Every route that reads a body stops at the same size and waits no longer for it, whoever sends it."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from api import arriving, border
from tests.api.product import Caller, Product

NAMES = {"ref": "CW-2026-999999", "id_": str(uuid4()), "finding": f"{uuid4()}-1", "link": "nonsense"}
NOT_READ = {"/api/answers/{link}", "/api/cases/{ref}/evidence"}
"""Whoever has no good link, or names no case that there is, is told so before a body is read."""
FILES = "/api/evidence"
"""As large as a film: tests/api/test_api_evidence.py"""
DECODES = "/api/temporal/decode"
"""Takes more: tests/api/test_api_codec.py"""
BOUNCES = "/api/mail/bounces"
"""As above: a whole letter."""
HEADERS_TOO_MANY = 5_000


async def writes(door: Product) -> list[str]:
    paths = (await door.http.get("/api/openapi.json")).json()["paths"]
    found = [
        path for path, item in paths.items() if item.keys() & {"post", "put", "patch"} and path not in NOT_READ
    ]
    assert len(found) > 15
    return found


def where(door: Product, path: str) -> tuple[str, Caller]:
    """Filled in, and somebody who may write there."""
    ref = "CW-2026-999999-1" if path.startswith(("/api/legal", "/api/referrals", "/api/case-reviews/")) else ""
    filled = path.format(**NAMES | ({"ref": ref} if ref else {}))
    if path in {DECODES, BOUNCES}:
        return filled, door.ops
    return filled, door.lettings if "lettings" in path else door.as_("manager")


async def test_each_stops_at_the_same_size_also_when_nobody_said_how_much_comes(door: Product) -> None:
    large = json.dumps({"words": "x" * 70_000}).encode()

    async def in_pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 4096):
            yield large[start : start + 4096]

    for path in set(await writes(door)) - {DECODES, BOUNCES, FILES}:
        filled, who = where(door, path)
        headers = who.headers() | {"Idempotency-Key": str(uuid4())}
        for content in (large, in_pieces()):
            answer = await door.http.post(filled, content=content, headers=headers)
            assert answer.status_code == 413, (path, answer.text)


async def test_none_waits_for_a_body_that_does_not_come(door: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(border, "BODY_SECONDS", 0.2)
    monkeypatch.setattr(arriving, "PIECE_SECONDS", 0.2)

    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(2)  # the client looks for an answer only then

    async def asked(path: str) -> tuple[str, int]:
        filled, who = where(door, path)
        headers = who.headers() | {"Idempotency-Key": str(uuid4())}
        answer = await door.http.post(filled, content=never(), headers=headers)
        return path, answer.status_code

    async with asyncio.timeout(60):
        answers = await asyncio.gather(*map(asked, await writes(door)))
    assert {path for path, status in answers if status != 408} == set()


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([f"X-{number}: {'x' * 20}" for number in range(HEADERS_TOO_MANY)], id="many"),
        pytest.param([f"X-Long: {'x' * 200_000}"], id="long"),
        pytest.param([f"Authorization: Bearer {'x' * 60_000}"], id="a long token"),
    ],
)
async def test_a_head_that_is_too_large_is_turned_away_and_the_next_caller_served(
    door: Product, lines: list[str]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.base.rpartition(":")[2]))
    writer.write("\r\n".join(["GET /api/cases HTTP/1.1", "Host: x", *lines, "", ""]).encode())
    async with asyncio.timeout(30):
        answered = await reader.read(200)
    assert int(answered.split()[1]) in {400, 401, 431}
    writer.close()
    assert (await door.http.get("/health/live")).status_code == 204


async def test_without_a_good_link_no_body_is_read(door: Product) -> None:
    assert (await door.public.post_raw("/api/answers/nonsense", b"x" * 70_000)).status_code == 404
