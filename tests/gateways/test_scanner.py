"""clamd itself, with one signature of ours."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from gateways.scanner import Clamd, NotScanned, ScannerAway
from runtime.embedded.processes import LOOPBACK, free_port
from tests.clamav import CALLED, MOST, clamd, killed
from tests.evidence_samples import SAMPLES, TO_BE_FOUND


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with clamd(tmp_path_factory.mktemp("clamd")) as address:
        yield address


async def test_what_is_clean_is_clean_and_what_is_not_has_a_name(address: str) -> None:
    scanner = Clamd(address)
    assert await scanner.found_in(pieces(SAMPLES["image/jpeg"])) is None
    half = len(TO_BE_FOUND) // 2
    found = await scanner.found_in(pieces(b"hello ", TO_BE_FOUND[:half], b"", TO_BE_FOUND[half:]))
    assert found == f"{CALLED}.UNOFFICIAL"


@pytest.mark.parametrize("over", ["socket", "network"])
@pytest.mark.parametrize("times", [2, 6], ids=["looked at in part", "hung up on"])
async def test_what_is_too_large_for_it_is_not_taken_for_clean(tmp_path: Path, over: str, times: int) -> None:
    async with clamd(tmp_path, port=None if over == "socket" else free_port()) as address:
        for _ in range(5):
            with pytest.raises(NotScanned):
                await Clamd(address).found_in(pieces(*[b"x" * 100_000] * (times * MOST // 100_000)))


@pytest.mark.parametrize("over", ["socket", "network"])
async def test_a_scanner_that_dies_in_the_middle_is_away_and_says_nothing_of_the_file(
    tmp_path: Path, over: str
) -> None:
    async def dying() -> AsyncIterator[bytes]:
        yield b"x" * 100_000
        killed(tmp_path)
        await asyncio.sleep(0.2)
        for _ in range(20):
            yield b"x" * 100_000

    async with clamd(tmp_path, port=None if over == "socket" else free_port()) as address:
        with pytest.raises(ScannerAway):
            await Clamd(address).found_in(dying())


async def test_it_is_spoken_to_by_address_too(tmp_path: Path) -> None:
    async with clamd(tmp_path, port=free_port()) as address:
        assert await Clamd(address).found_in(pieces(b"hello")) is None


async def test_where_nobody_listens_it_is_away(tmp_path: Path) -> None:
    for nowhere in (f"{LOOPBACK}:{free_port()}", f"unix:{tmp_path}/none"):
        with pytest.raises(ScannerAway):
            await Clamd(nowhere).found_in(pieces(b"x"))


async def test_who_does_not_answer_in_time_or_says_something_else_is_away() -> None:
    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1)
        writer.close()

    async def something_else(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400\r\n")
        writer.close()

    for speaks in (silent, something_else):
        async with await asyncio.start_server(speaks, LOOPBACK, 0) as server:
            port = server.sockets[0].getsockname()[1]
            with pytest.raises(ScannerAway):
                await Clamd(f"{LOOPBACK}:{port}", seconds=0.2).found_in(pieces(b"x"))
