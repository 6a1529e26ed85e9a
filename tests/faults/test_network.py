"""Each way of cutting a line does what its name says, to real connections."""

import asyncio
from collections.abc import AsyncIterator
from typing import Self

import pytest
import pytest_asyncio

from runtime.embedded.processes import LOOPBACK
from tests.faults.network import Line

SOON = 0.2
WORD = b"12345"


@pytest_asyncio.fixture(loop_scope="session")
async def line() -> AsyncIterator[Line]:
    """To somebody who says whatever is said to them."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(1000):
            writer.write(said)
        writer.close()

    server = await asyncio.start_server(echo, LOOPBACK)
    line = Line(server.sockets[0].getsockname()[1])
    await line.listen()
    yield line
    await line.close()
    server.close()


class Caller:
    def __init__(self, line: Line) -> None:
        self.line = line

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection(LOOPBACK, self.line.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.transport.abort()

    async def hears(self, within: float = 10) -> bytes:
        self.writer.write(WORD)
        return await asyncio.wait_for(self.reader.readexactly(len(WORD)), within)


async def test_a_line_passes_on_what_is_said_and_that_no_more_is(line: Line) -> None:
    async with Caller(line) as caller:
        assert await caller.hears() == WORD
        caller.writer.write_eof()
        assert await caller.reader.read() == b""


async def test_a_line_that_refuses_cuts_off_and_lets_nobody_in_until_it_is_mended(line: Line) -> None:
    async with Caller(line) as caller:
        assert await caller.hears() == WORD
        await line.refuse()
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await caller.hears()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(LOOPBACK, line.port)
    await line.mend()
    async with Caller(line) as caller:
        assert await caller.hears() == WORD


async def test_what_is_said_on_a_line_that_holds_arrives_when_it_is_mended(line: Line) -> None:
    async with Caller(line) as caller:
        line.hold()
        with pytest.raises(TimeoutError):
            await caller.hears(SOON)
        await line.mend()
        assert await caller.reader.readexactly(len(WORD)) == WORD


async def test_a_forgotten_connection_never_says_anything_again_and_a_new_one_does(line: Line) -> None:
    async with Caller(line) as caller:
        assert await caller.hears() == WORD
        line.forget()
        await line.mend()
        with pytest.raises(TimeoutError):
            await caller.hears(SOON)
        async with Caller(line) as new:
            assert await new.hears() == WORD


async def test_a_line_is_reset_in_the_middle_of_a_message(line: Line) -> None:
    async with Caller(line) as caller:
        assert await caller.hears() == WORD
        line.reset(after=len(WORD) + 2)
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await caller.hears()
    async with Caller(line) as caller:
        assert await caller.hears() == WORD


async def test_a_delay_is_there_for_each_piece_until_it_is_mended(line: Line) -> None:
    async with Caller(line) as caller:
        line.delay = 5 * SOON
        with pytest.raises(TimeoutError):
            await caller.hears(SOON)
        await line.mend()
        assert await caller.reader.readexactly(len(WORD)) == WORD


async def test_of_all_connections_the_first_alone_is_carried_on_until_the_line_is_mended(line: Line) -> None:
    async with Caller(line) as first, Caller(line) as second:
        assert await first.hears() == await second.hears() == WORD
        line.only_the_first()
        assert await first.hears() == WORD
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await second.hears()
        async with Caller(line) as late:
            with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
                await late.hears()
        await line.mend()
        async with Caller(line) as late:
            assert await late.hears() == WORD
