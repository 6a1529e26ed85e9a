"""The making of a pack. `make histories` keeps its history too."""

import asyncio
from datetime import timedelta

import pytest

from activities import packing as of_packing
from activities.packing import Packing
from store import packs
from tests.replay.breaking import Broken
from tests.replay.keeping import replayed_and_kept
from tests.store.erasing import asked_for_a_pack
from tests.workflows.running import Cases
from workflows.packing import PREFIX
from workflows.packing_door import have_made


async def test_a_pack_that_is_asked_for_twice_is_made_once(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.until_recorded(2)
    async with case.store.writing() as db:
        id_ = (await asked_for_a_pack(db, case.ref, "supervisor-1")).id
    for _ in range(2):
        await have_made(case.door, id_)
    async with asyncio.timeout(20):
        await case.door.client.get_workflow_handle(f"{PREFIX}{id_}").result()
    async with case.store.reading() as db:
        made = await packs.by_id(db, case.ref, id_)
        pdf = await packs.pdf_of(db, id_)
    assert made is not None
    assert made.state is packs.PackState.MADE
    assert pdf is not None
    assert pdf.startswith(b"%PDF")
    assert await replayed_and_kept(case, "pack", f"{PREFIX}{id_}") == Packing(id=id_)


async def test_one_that_cannot_be_made_says_so_in_the_end(
    cases_here: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the reason, and without a word of it."""
    case = await cases_here.open()
    await case.until_recorded(2)
    broken = Broken()
    monkeypatch.setattr(of_packing, "made", broken)
    async with case.store.writing() as db:
        id_ = (await asked_for_a_pack(db, case.ref, "supervisor-1")).id
    await have_made(case.door, id_)
    handle = case.door.client.get_workflow_handle(f"{PREFIX}{id_}")
    await case.env.fast_forward(handle, timedelta(hours=7))
    async with asyncio.timeout(30):
        await handle.result()
    assert broken.times > 2
    async with case.store.reading() as db:
        line = await packs.by_id(db, case.ref, id_)
    assert line is not None
    assert line.state is packs.PackState.FAILED
