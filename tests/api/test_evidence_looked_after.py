"""Files are scanned, copied, removed and swept up by themselves, with clamd itself."""

import asyncio
import os
from datetime import datetime
from pathlib import Path

import pytest

from gateways.evidence_files import FileMissing, StoredFiles, opened
from gateways.scanner import Clamd
from policy.retention.facts import HoldPlaced, HoldReason
from store.evidence_files import FileState, shared_key
from store.sessions import Store
from tests.api.product import until
from tests.api.stored_files import erase, found, kept, piece, put
from tests.clamav import CALLED, MOST, clamd
from tests.evidence_samples import TO_BE_FOUND, photo
from tests.store.erasing import (
    OVER,
    approved,
    carried_out,
    decided,
    everything_of_somebody,
    objection_days_are_over,
)
from tests.store.test_evidence_kept import added
from workers import evidence
from workers.evidence import Caretaker


@pytest.fixture
def files(tmp_path: Path) -> StoredFiles:
    return opened((tmp_path / "evidence").as_uri())


async def test_a_scanner_that_comes_back_clears_the_quarantine_by_itself(
    working_store: Store, store: Store, files: StoredFiles, tmp_path: Path
) -> None:
    clean = await kept(store, files, photo())
    bad = await kept(store, files, photo() + TO_BE_FOUND)
    scanner = Clamd(f"unix:{tmp_path}/clamd/clamd.sock")
    stopping = asyncio.Event()
    caring = asyncio.create_task(Caretaker(working_store, files, scanner, 0.1).run(stopping))
    await asyncio.sleep(0.5)
    assert (await found(store, clean))[0].state is FileState.QUARANTINED

    async def none_waits() -> bool:
        return all([(await found(store, one))[0].state is not FileState.QUARANTINED for one in (clean, bad)])

    async with clamd(tmp_path / "clamd"):
        await until(none_waits)
    stopping.set()
    await caring
    line, custody = await found(store, clean)
    assert line.state is FileState.CLEAN
    assert [(one.what, one.found, one.by_id) for one in custody[1:]] == [("scanned", "clean", "casework")]
    line, custody = await found(store, bad)
    assert line.state is FileState.INFECTED
    assert [(one.what, one.found) for one in custody[1:]] == [("scanned", f"{CALLED}.UNOFFICIAL")]
    assert line.shared_sha256 is None


async def test_what_was_not_scanned_is_once_there_is_a_scanner_and_what_is_too_large_for_it_waits(
    working_store: Store, store: Store, files: StoredFiles, tmp_path: Path
) -> None:
    unscanned = await kept(store, files, photo(), FileState.NOT_SCANNED)
    large = await kept(store, files, photo() + os.urandom(2 * MOST))
    last = await kept(store, files, photo())
    async with clamd(tmp_path / "clamd") as address:
        await Caretaker(working_store, files, Clamd(address), 0.1).look()
    states = {one: (await found(store, one))[0].state for one in (unscanned, large, last)}
    assert states == {unscanned: FileState.CLEAN, large: FileState.QUARANTINED, last: FileState.CLEAN}


async def test_a_copy_is_made_of_what_is_clean(working_store: Store, store: Store, files: StoredFiles) -> None:
    id_ = await kept(store, files, photo(), FileState.CLEAN)
    broken = await kept(store, files, photo()[:50], FileState.CLEAN)
    await put(files, shared_key(id_), b"left behind by a worker that died")
    await Caretaker(working_store, files, None, 0.1).look()
    line, _ = await found(store, id_)
    copy = b"".join([piece async for piece in await files.read(shared_key(id_))])
    assert line.shared_size == len(copy)
    assert copy.startswith(b"\xff\xd8\xff")
    assert (await found(store, broken))[0].not_stripped == "not_readable"


async def test_what_is_erased_goes_from_storage_too_and_what_is_held_stays(
    working_store: Store, store: Store, files: StoredFiles
) -> None:
    held = await everything_of_somebody(store)
    id_ = await kept(store, files, photo(), FileState.CLEAN, held.case)
    caretaker = Caretaker(working_store, files, None, 0.1)
    await caretaker.look()
    await approved(store, held.case)
    hold = await decided(store, held.case, HoldPlaced(at=OVER, reason=HoldReason.COURT))
    assert hold
    await objection_days_are_over(store)
    assert await carried_out(working_store, held.case) is None
    await caretaker.look()
    assert await files.read(id_)
    await erase(store)
    await caretaker.look()
    for key in (id_, shared_key(id_)):
        with pytest.raises(FileMissing):
            await files.read(key)
    _, custody = await found(store, id_)
    assert [one.what for one in custody] == ["added", "removed"]
    assert await caretaker.look() == 0


async def test_what_was_broken_off_is_swept_up_and_what_has_a_row_stays(
    working_store: Store, store: Store, files: StoredFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await added(store, None)
    for id_ in (whole.id, "11111111-1111-4111-8111-111111111111"):
        await files.take_in(id_, piece(photo()))
        await files.keep(id_)
    caretaker = Caretaker(working_store, files, None, 0.1)
    await caretaker.sweep()
    assert await files.read("11111111-1111-4111-8111-111111111111")
    monkeypatch.setattr(evidence, "BROKEN_OFF", -evidence.BROKEN_OFF)
    await caretaker.sweep()
    assert await files.read(whole.id)
    with pytest.raises(FileMissing):
        await files.read("11111111-1111-4111-8111-111111111111")
    assert await files.incoming(datetime.max.replace(tzinfo=OVER.tzinfo)) == []


async def test_what_somebody_else_put_there_ends_no_worker_and_stays(
    working_store: Store, files: StoredFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker's end is that of every case that it carries on."""
    await files.take_in("notes.txt", piece(b"Whose are these?"))
    monkeypatch.setattr(evidence, "BROKEN_OFF", -evidence.BROKEN_OFF)
    stopping = asyncio.Event()
    caring = asyncio.create_task(Caretaker(working_store, files, None, 0.1).run(stopping))
    done, _ = await asyncio.wait({caring}, timeout=1)
    stopping.set()
    assert not done, caring.exception()
    await caring
    assert await files.read("incoming/notes.txt")
