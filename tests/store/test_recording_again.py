"""What is there already is not recorded twice, and what does not follow it is not recorded."""

import pytest

from store import timeline
from store.recording import GapInTimeline, TimelineDiffers
from store.sessions import Store
from tests.store.test_recording import REF, everything, life, recorded, registered


async def test_recording_again_changes_nothing(store: Store) -> None:
    await registered(store)
    entries = life()
    assert await recorded(store, entries) == len(entries)
    before = await everything(store)
    assert await recorded(store, entries) == len(entries)
    assert await recorded(store, entries[2:], 3) == len(entries)
    assert await everything(store) == before


async def test_a_batch_that_overlaps_what_is_there_adds_only_the_new(store: Store) -> None:
    await registered(store)
    entries = life()
    await recorded(store, entries[:3])
    assert await recorded(store, entries[1:], 2) == len(entries)
    async with store.reading() as db:
        assert [e.seq for e in await timeline.entries_of(db, REF)] == [1, 2, 3, 4, 5]


async def test_a_batch_that_does_not_follow_what_is_there_is_refused_and_not_left_out(store: Store) -> None:
    """As after a restore, where the engine counts from less than the store has."""
    await registered(store)
    entries = life()
    await recorded(store, entries[:3])
    before = await everything(store)
    other = entries[2].model_copy(update={"id": "another"})
    for batch in ([other], [other, *entries[3:]]):
        with pytest.raises(TimelineDiffers):
            await recorded(store, batch, 3)
    assert await everything(store) == before


async def test_a_gap_is_refused_and_leaves_everything_as_it_was(store: Store) -> None:
    await registered(store)
    with pytest.raises(GapInTimeline):
        await recorded(store, life()[1:], 2)
    async with store.reading() as db:
        assert await timeline.entries_of(db, REF) == []
