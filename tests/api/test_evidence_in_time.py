"""A file has the time that a slow line needs for it, and no more."""

import asyncio
import os
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from api import arriving
from api.arriving import in_time
from tests.api.product import Product
from tests.api.sent_files import in_storage, listed, new_case, taken
from tests.evidence_samples import SAMPLES, photo


@pytest.fixture
async def ref(door: Product) -> str:
    return await new_case(door)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "START_SECONDS", 0.5)
    monkeypatch.setattr(arriving, "SLOWEST", 2_000)


async def dripped(door: Product, ref: str, first: bytes) -> bytes:
    """What is answered to a film of which a byte comes now and then."""
    host, port = door.base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    said = door.officer.headers() | {"Idempotency-Key": str(uuid4()), "Content-Length": "9000000", "Host": "x"}
    head = f"POST /api/cases/{ref}/evidence HTTP/1.1\r\n"
    writer.write((head + "".join(f"{name}: {value}\r\n" for name, value in said.items()) + "\r\n").encode())
    writer.write(first)
    answered = asyncio.create_task(reader.read(4096))
    for _ in range(100):
        if answered.done():
            break
        writer.write(b"\0")
        await asyncio.sleep(0.05)
    writer.close()
    return await answered if answered.done() else b""


@pytest.mark.parametrize("first", [b"", SAMPLES["video/mp4"] + b"\0" * 4096], ids=["at once", "once it is known"])
async def test_what_drips_in_is_refused_and_nothing_of_it_is_kept(door: Product, ref: str, first: bytes) -> None:
    before = in_storage(door)
    answer = await dripped(door, ref, first)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"nothing of it was kept" in answer
    assert await listed(door.officer, ref) == []
    assert in_storage(door) == before


async def test_a_slow_line_that_goes_on_is_waited_for(door: Product, ref: str) -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield photo()
        for _ in range(20):
            await asyncio.sleep(0.1)
            yield os.urandom(1_000)

    assert (await taken(door.officer, ref, slow()))["size"] == len(photo()) + 20_000


async def test_how_slow_we_are_ourselves_is_not_the_sender_s() -> None:
    async def at_once() -> AsyncIterator[bytes]:
        for _ in range(3):
            await asyncio.sleep(0)
            yield b"x"

    came = []
    async for piece in in_time(at_once()):
        came.append(piece)
        await asyncio.sleep(0.4)
    assert came == [b"x"] * 3


def test_the_longest_film_over_a_bad_line_of_a_telephone_comes_in_time(
    door: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """3G sends 32 kB a second where it is bad: that is twice as fast as need be."""
    monkeypatch.undo()
    longest = max(door.settings.evidence_sizes.values())
    assert longest / (32 * 1024) * 1.5 < arriving.START_SECONDS + longest / arriving.SLOWEST
