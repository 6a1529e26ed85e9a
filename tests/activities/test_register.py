"""What a case has accepted is entered once, in order, and whoever waits is told."""

import asyncio
from datetime import UTC, datetime

import pytest

from activities.post import Letter
from activities.register import Batch, Register
from policy.facts import Entry
from runtime.database import dsn
from store import timeline
from store.notices import Notices
from store.recording import CaseNotRegistered, GapInTimeline
from store.sessions import Store
from tests.given import contact, entry


def contacts(count: int) -> tuple[Entry, ...]:
    return tuple(entry(contact(datetime.now(UTC))) for _ in range(count))


async def ids(store: Store, ref: str) -> list[str]:
    async with store.reading() as db:
        return [line.fact_id for line in await timeline.entries_of(db, ref)]


async def test_a_batch_that_is_entered_twice_is_there_once(store: Store, letter: Letter) -> None:
    batch = Batch(ref=letter.ref, first=2, entries=contacts(3))
    assert await Register(store).enter(batch) == 3
    assert await Register(store).enter(batch) == 3
    assert (await ids(store, letter.ref))[1:] == [one.id for one in batch.entries]


async def test_a_batch_that_was_entered_in_part_is_completed(store: Store, letter: Letter) -> None:
    one, two, three = contacts(3)
    await Register(store).enter(Batch(ref=letter.ref, first=2, entries=(one, two)))
    await Register(store).enter(Batch(ref=letter.ref, first=2, entries=(one, two, three)))
    assert (await ids(store, letter.ref))[1:] == [one.id, two.id, three.id]


async def test_two_workers_at_once_enter_a_batch_once(store: Store, letter: Letter) -> None:
    batch = Batch(ref=letter.ref, first=2, entries=contacts(3))
    await asyncio.gather(*(Register(store).enter(batch) for _ in range(4)))
    assert (await ids(store, letter.ref))[1:] == [one.id for one in batch.entries]


async def test_no_hole_is_left(store: Store, letter: Letter) -> None:
    with pytest.raises(GapInTimeline):
        await Register(store).enter(Batch(ref=letter.ref, first=3, entries=contacts(1)))
    with pytest.raises(CaseNotRegistered):
        await Register(store).enter(Batch(ref="CW-2026-999999", first=1, entries=contacts(1)))
    assert len(await ids(store, letter.ref)) == 1


async def test_who_waits_is_told(store: Store, letter: Letter, app_url: str) -> None:
    async with Notices(dsn(app_url)).listening() as notices:
        with notices.about(letter.ref) as told, notices.about("CW-2026-999999") as other:
            await asyncio.wait_for(told.wait(), 5)  # as soon as it listens, in case something was missed
            told.clear()
            other.clear()
            await Register(store).enter(Batch(ref=letter.ref, first=2, entries=contacts(1)))
            await asyncio.wait_for(told.wait(), 2)
            assert not other.is_set()
        assert notices.waiting == 0
