"""Two workers on one file, and scanners and workers that die: the first word stands, and nothing is left over."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from gateways.evidence_files import StoredFiles, opened
from gateways.scanner import Clamd
from runtime.embedded.processes import LOOPBACK
from store.evidence_files import FileState, shared_key
from store.sessions import Store
from tests.api.stored_files import erase, found, in_storage, kept, piece
from tests.clamav import CALLED, clamd, killed
from tests.evidence_samples import TO_BE_FOUND, photo
from workers import evidence
from workers.evidence import Caretaker


@pytest.fixture
def files(tmp_path: Path) -> StoredFiles:
    return opened((tmp_path / "evidence").as_uri())


@dataclass(frozen=True)
class _Between(StoredFiles):
    """Something happens in the middle of reading a file, or once a copy of one has come in or is kept."""

    reading: Callable[[], Awaitable[object]] | None = None
    come_in: Callable[[], Awaitable[object]] | None = None
    kept: Callable[[], Awaitable[object]] | None = None

    async def read(self, key: str) -> AsyncIterator[bytes]:
        return self._read(await super().read(key))

    async def _read(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for one in pieces:
            yield one
            if self.reading is not None:
                await self.reading()

    async def take_in(self, key: str, pieces: AsyncIterator[bytes]) -> None:
        await super().take_in(key, pieces)
        if self.come_in is not None:
            await self.come_in()

    async def keep(self, key: str) -> None:
        await super().keep(key)
        if self.kept is not None:
            await self.kept()


@pytest.fixture
def taken_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one worker has, another takes for left behind, as after ten minutes."""
    monkeypatch.setattr(evidence, "OURS", timedelta(0))


@pytest.mark.usefixtures("taken_at_once")
async def test_of_two_workers_on_one_file_the_first_verdict_stands(
    working_store: Store, store: Store, files: StoredFiles, tmp_path: Path
) -> None:
    """The scanner of the slow one does not know that malware yet."""
    bad = await kept(store, files, photo() + TO_BE_FOUND)
    async with clamd(tmp_path / "new") as new, clamd(tmp_path / "old", knows=b"something else") as old:
        first = Caretaker(working_store, files, Clamd(new), 0.1)
        slow = Caretaker(working_store, _Between(files.store, reading=first.look), Clamd(old), 0.1)
        await slow.look()
    line, custody = await found(store, bad)
    assert line.state is FileState.INFECTED
    assert [(one.what, one.found) for one in custody[1:]] == [("scanned", f"{CALLED}.UNOFFICIAL")]


async def test_a_scanner_that_dies_over_a_file_looks_at_it_again_once_it_is_back(
    working_store: Store, store: Store, files: StoredFiles, tmp_path: Path
) -> None:
    one, other = [await kept(store, files, photo() + os.urandom(400_000)) for _ in range(2)]

    async def dies() -> None:
        killed(tmp_path)

    async with clamd(tmp_path) as address:
        scanner = Clamd(address)
        assert await Caretaker(working_store, _Between(files.store, reading=dies), scanner, 0.1).look() == 0
    for id_ in (one, other):
        assert (await found(store, id_))[0].state is FileState.QUARANTINED
    async with clamd(tmp_path):
        await Caretaker(working_store, files, scanner, 0.1).look()
    for id_ in (one, other):
        assert (await found(store, id_))[0].state is FileState.CLEAN


async def test_one_file_by_which_the_scanner_dies_keeps_no_other_waiting(
    working_store: Store, store: Store, files: StoredFiles
) -> None:
    async def fragile(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"M\0")
        said = b""
        while length := int.from_bytes(await reader.readexactly(4)):
            said += await reader.readexactly(length)
        writer.write(b"" if b"deadly" in said else b"stream: OK\0")
        writer.close()

    deadly = await kept(store, files, b"deadly")
    others = [await kept(store, files, b"harmless") for _ in range(3)]
    async with await asyncio.start_server(fragile, LOOPBACK, 0) as server:
        port = server.sockets[0].getsockname()[1]
        caretaker = Caretaker(working_store, files, Clamd(f"{LOOPBACK}:{port}"), 0.1)
        for _ in range(2):
            await caretaker.look()
    for other in others:
        assert (await found(store, other))[0].state is FileState.CLEAN
    assert (await found(store, deadly))[0].state is FileState.QUARANTINED


class _Died(BaseException):
    pass


async def _dies() -> None:
    raise _Died


@pytest.mark.usefixtures("taken_at_once")
async def test_a_copy_whose_worker_died_goes_although_its_file_was_removed_before_it_came(
    working_store: Store, store: Store, files: StoredFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await kept(store, files, photo(), FileState.CLEAN)
    others = Caretaker(working_store, files, None, 0.1)

    async def erased_and_removed() -> None:
        await erase(store)
        await others.look()
        await files.take_in(shared_key(id_), piece(photo()))
        raise _Died

    dying = Caretaker(working_store, _Between(files.store, come_in=erased_and_removed), None, 0.1)
    with pytest.raises(_Died):
        await dying.look()
    monkeypatch.setattr(evidence, "BROKEN_OFF", -evidence.BROKEN_OFF)
    await others.sweep()
    assert await in_storage(files, id_, shared_key(id_)) == set()


async def test_a_copy_whose_worker_died_before_it_was_written_down_goes_with_its_file(
    working_store: Store, store: Store, files: StoredFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await kept(store, files, photo(), FileState.CLEAN)
    with pytest.raises(_Died):
        await Caretaker(working_store, _Between(files.store, kept=_dies), None, 0.1).look()
    assert (await found(store, id_))[0].shared_sha256 is None
    assert await in_storage(files, id_, shared_key(id_)) == {id_, shared_key(id_)}
    async with store.writing() as db:
        await db.connection.execute(
            text("UPDATE evidence_files SET state = 'erased', sha256 = '', name = '', removed_at = now()")
        )
    await files.remove(id_)
    monkeypatch.setattr(evidence, "BROKEN_OFF", -evidence.BROKEN_OFF)
    await Caretaker(working_store, files, None, 0.1).sweep()
    assert await in_storage(files, id_, shared_key(id_)) == set()


@pytest.mark.usefixtures("taken_at_once")
async def test_what_is_erased_while_its_copy_is_made_has_none(
    working_store: Store, store: Store, files: StoredFiles
) -> None:
    id_ = await kept(store, files, photo(), FileState.CLEAN)
    others = Caretaker(working_store, files, None, 0.1)

    async def erased_and_removed() -> None:
        await erase(store)
        await others.look()

    await Caretaker(working_store, _Between(files.store, come_in=erased_and_removed), None, 0.1).look()
    assert await in_storage(files, id_, shared_key(id_)) == set()


@pytest.mark.usefixtures("taken_at_once")
async def test_of_two_workers_that_make_a_copy_the_one_that_is_written_down_stays(
    working_store: Store, store: Store, files: StoredFiles
) -> None:
    id_ = await kept(store, files, photo(), FileState.CLEAN)
    others = Caretaker(working_store, files, None, 0.1)

    async def another_one() -> None:
        await others.look()
        await files.take_in(shared_key(id_), piece(b"made by another version"))

    await Caretaker(working_store, _Between(files.store, come_in=another_one), None, 0.1).look()
    copy = b"".join([piece async for piece in await files.read(shared_key(id_))])
    assert (await found(store, id_))[0].shared_sha256 == hashlib.sha256(copy).hexdigest()
