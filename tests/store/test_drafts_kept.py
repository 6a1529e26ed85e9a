"""What staff begin to type goes with its case, with its person, and by itself after its days."""

import asyncio
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from activities.retention import Keeper, Turn
from gateways.evidence_files import opened
from policy.refusals.retention import AlreadyErased
from store import drafts
from store.away import StoreAway, StoreRefused
from store.drafts import KEPT, Draft, Place
from store.sessions import Store, Viewer, Writing
from tests.store.erasing import (
    DAY,
    NAME,
    OVER,
    REPORTED,
    Held,
    approved,
    carried_out,
    everything_of_somebody,
    found,
    places_of,
)
from tests.store.test_erasing_together import resident

WRITER = "officer-71"


@pytest.fixture
async def held(store: Store) -> Held:
    return await everything_of_somebody(store)


@pytest.fixture
def writing(app_store: Store) -> Store:
    """As they have it who write it."""
    return app_store.seen_by(Viewer(WRITER, (), ("*",)))


async def kept(db: Writing, place: Place, words: str = NAME) -> str:
    key = str(uuid4())
    assert await drafts.keep(db, WRITER, place, Draft(key=key, said={"words": [words]}, began_at=OVER), OVER)
    return key


async def test_what_is_typed_while_a_record_is_erased_goes_with_it(
    store: Store, working_store: Store, writing: Store, held: Held
) -> None:
    await approved(store, held.case)
    begun = asyncio.Event()

    async def typing(place: Place) -> None:
        async with writing.writing() as db:
            await kept(db, place)
            begun.set()
            await asyncio.sleep(0.2)

    adding = asyncio.create_task(typing(places_of(held.case, held.action, held.person)[1]))
    await begun.wait()
    assert await carried_out(working_store, held.case)
    await adding
    assert await found(store, NAME) == set()


async def test_of_what_is_erased_nothing_is_kept(
    store: Store, working_store: Store, writing: Store, held: Held
) -> None:
    await approved(store, held.case)
    assert await carried_out(working_store, held.case)
    for place in places_of(held.case, held.action, held.person):
        with pytest.raises((AlreadyErased, StoreRefused)):
            async with writing.writing() as db:
                await kept(db, place)
    assert await found(store, NAME) == set()


async def test_many_that_type_while_it_is_erased_neither_keep_it_up_nor_stay(
    store: Store, working_store: Store, writing: Store, held: Held
) -> None:
    await approved(store, held.case)
    places = places_of(held.case, held.action, held.person)

    async def typing(place: Place) -> None:
        try:
            async with writing.writing() as db:
                await kept(db, place)
        except (AlreadyErased, StoreRefused, StoreAway):
            return

    erased, *_ = await asyncio.gather(carried_out(working_store, held.case), *map(typing, places * 5))
    assert erased
    assert await found(store, NAME) == set()


async def test_it_goes_with_the_person_whom_it_is_about(
    store: Store, working_store: Store, writing: Store
) -> None:
    person = await resident(store, date(2016, 7, 1))
    async with writing.writing() as db:
        await kept(db, places_of("", "", person)[-1])
    await approved(store, person)
    assert await carried_out(working_store, person)
    assert await found(store, NAME) == set()


async def test_the_night_deletes_what_nobody_went_on_with_and_reads_none(
    store: Store, working_store: Store, writing: Store, tmp_path: Path
) -> None:
    places = [Place(address=f"/reports/new/{number}", fact="report_received") for number in range(3)]
    async with writing.writing() as db:
        given_up = await kept(db, places[0])
        await drafts.over(db, WRITER, given_up, OVER)
        await kept(db, places[1])
        fresh = Draft(key=str(uuid4()), said={"words": [NAME]}, began_at=OVER)
        await drafts.keep(db, WRITER, places[2], fresh, OVER + DAY)
    night = OVER + KEPT + DAY / 2
    async with writing.reading() as db:
        assert [one.address for one in await drafts.begun(db, WRITER, night)] == [places[2].address]
        assert await drafts.find(db, WRITER, places[1].address, night) is None, "also before it is deleted"
    await Keeper(working_store, opened(tmp_path.as_uri())).erase(Turn(at=night))
    async with store.reading() as db:
        assert list(await db.connection.scalars(select(drafts.drafts.c.key))) == [fresh.key]
    with pytest.raises(StoreRefused):
        async with working_store.reading() as db:
            await db.connection.execute(select(drafts.drafts.c.said))


async def test_of_what_its_writer_may_not_see_any_more_they_are_shown_none_and_can_be_rid_of_it(
    store: Store, writing: Store, held: Held
) -> None:
    """As where recording it shut the case to them."""
    places = places_of(held.case, held.action, held.person)[:2]
    async with writing.writing() as db:
        keys = [await kept(db, place) for place in places]
        assert len(await drafts.begun(db, WRITER, OVER)) == len(places)
    shut = writing.seen_by(Viewer(WRITER, (), ()))
    async with shut.writing() as db:
        assert await drafts.begun(db, WRITER, OVER) == []
        assert [await drafts.find(db, WRITER, place.address, OVER) for place in places] == [None, None]
        for key in keys:
            await drafts.over(db, WRITER, key, OVER)
    async with store.reading() as db:
        mine = select(drafts.drafts.c.said).where(drafts.drafts.c.writer == WRITER)
        assert list(await db.connection.scalars(mine)) == [None, None]


async def test_of_two_tabs_that_keep_at_once_one_waits_for_the_other(store: Store, writing: Store) -> None:
    place = Place(address="/reports/new/noise", fact="report_received")

    async def second() -> None:
        async with writing.writing() as db:
            await kept(db, place, "The second.")

    async with writing.writing() as db:
        await kept(db, place, "The first.")
        waiting = asyncio.create_task(second())
        await asyncio.wait([waiting], timeout=0.2)
        assert not waiting.done()
    await waiting
    async with store.reading() as db:
        assert list(await db.connection.scalars(select(drafts.drafts.c.said))) == [{"words": ["The second."]}]


async def test_what_is_over_holds_no_word_and_stays_over(store: Store, writing: Store) -> None:
    place = Place(address="/reports/new/noise", fact="report_received")
    async with writing.writing() as db:
        key = await kept(db, place)
    async with writing.writing() as db:
        await drafts.over(db, WRITER, key, OVER)
        await drafts.over(db, WRITER, key, OVER)
        late = Draft(key=key, said={"words": [NAME]}, began_at=OVER)
        assert not await drafts.keep(db, WRITER, place, late, OVER)
    assert await found(store, NAME) == set()
    async with writing.reading() as db:
        assert await drafts.begun(db, WRITER, REPORTED) == []
