"""focus-areas: places that stand out in the register are proposed, once, by whom it is not decided on yet."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from activities.focusing import Focusing, Found
from policy.focus_areas.facts import CameOfFocus
from policy.focus_areas.file import DECISION, FocusAreaFile, State
from policy.journal import BesideFact, Note
from store import focus_areas, journal
from store.away import StoreRefused
from store.focus_areas import FocusAreaFilter, FocusAreaNotKnown
from store.sessions import Store
from tests.given import london
from tests.policy.focusing import SAFETY, accepted, ended, proposed, reckoning, refused
from tests.store.new_cases import Some, a_cluster, a_past, there_were

NOW = london(2026, 11, 2, 6)
DAY = NOW.date()
WARDS = [f"Ward {number}" for number in range(20)]


@pytest.fixture
async def clustered(store: Store) -> Store:
    """Twenty wards with twenty a year each, and forty more in one of them of late."""
    await there_were(store, [*a_past(DAY, WARDS, 20), a_cluster(DAY, "Ward 3", 40)])
    return store


async def look(store: Store, days: int = 0) -> Found:
    return await Focusing(store, {}).look(NOW + timedelta(days=days))


async def areas(store: Store) -> list[FocusAreaFile]:
    async with store.reading() as db:
        return await focus_areas.page(db, FocusAreaFilter(), 50)


async def tell(store: Store, area: str, fact: BesideFact) -> int:
    note = Note(id=str(uuid4()), by=SAFETY, recorded_at=fact.at, fact=fact, digest="x")
    async with store.writing() as db:
        return await focus_areas.record(db, area, note, reckoning(fact.at))


async def test_a_place_that_stands_out_is_proposed_with_its_numbers(
    clustered: Store, working_store: Store
) -> None:
    assert await look(working_store) == Found(standing_out=1, proposed=1)
    (area,) = await areas(clustered)
    told = area.numbers
    assert told is not None
    assert (area.state, told.place, told.kind) == (State.PROPOSED, "Ward 3", "all")
    assert (told.first, told.last) == (DAY - timedelta(days=91), DAY - timedelta(days=1))
    assert told.observed == 44
    assert 4 < told.expected < 6
    assert told.low > 5
    assert told.false_share < 0.001
    assert area.owed[DECISION].due == london(2026, 11, 16, 17)
    async with clustered.reading() as db:
        (line,) = await journal.history(db, area.id)
    assert (line.fact, line.by_role, line.seq) == ("focus_area_proposed", "system", 1)
    assert line.content["observed"] == 44


async def test_looking_again_proposes_nothing_that_is_known(clustered: Store, working_store: Store) -> None:
    looks = [await look(working_store), await look(working_store), await look(working_store, days=3)]
    assert [one.proposed for one in looks] == [1, 0, 0]
    assert [one.standing_out for one in looks] == [1, 1, 1]
    assert len(await areas(clustered)) == 1


async def test_who_looks_at_once_proposes_once(clustered: Store, working_store: Store) -> None:
    looks = await asyncio.gather(*(look(working_store, days) for days in (0, 0, 1, 1)))
    assert sum(one.proposed for one in looks) == 1
    assert len(await areas(clustered)) == 1


async def test_a_refused_place_comes_again_once_there_are_half_as_many_again(
    clustered: Store, working_store: Store
) -> None:
    await look(working_store)
    (area,) = await areas(clustered)
    await tell(clustered, area.id, refused(NOW))
    await there_were(clustered, [a_cluster(DAY, "Ward 3", 20)])
    assert (await look(working_store)).proposed == 0
    await there_were(clustered, [a_cluster(DAY, "Ward 3", 5)])
    assert (await look(working_store, days=1)).proposed == 1
    assert [one.state for one in await areas(clustered)] == [State.PROPOSED, State.REFUSED]


async def test_a_refused_kind_hides_no_other(clustered: Store, working_store: Store) -> None:
    """Noise is refused, which would be the least likely still, and drugs are proposed in the same place."""
    await there_were(clustered, [one._replace(category="drugs") for one in a_past(DAY, WARDS, 20)])
    at = london(2026, 10, 30)
    numbers = {"place": "Ward 3", "kind": "noise", "observed": 44, "first": DAY - timedelta(days=94)}
    async with clustered.writing() as db:
        await focus_areas.propose(db, [proposed(at, **numbers, last=DAY - timedelta(days=4))], reckoning(at))
    (area,) = await areas(clustered)
    await tell(clustered, area.id, refused(at))
    assert await look(working_store) == Found(standing_out=1, proposed=0)
    await there_were(clustered, [a_cluster(DAY, "Ward 3", 20)._replace(category="drugs")])
    assert await look(working_store) == Found(standing_out=1, proposed=1)
    told = [one.numbers.kind for one in await areas(clustered) if one.numbers and one.state is State.PROPOSED]
    assert told == ["drugs"]


async def test_one_that_ended_comes_again_from_other_days(clustered: Store, working_store: Store) -> None:
    await look(working_store)
    (area,) = await areas(clustered)
    await tell(clustered, area.id, accepted(NOW))
    await tell(clustered, area.id, ended(NOW, CameOfFocus.QUIETER))
    assert (await look(working_store, days=1)).proposed == 0
    later = DAY + timedelta(days=95)
    await there_were(clustered, [Some(9, ward, DAY, later - timedelta(days=1)) for ward in WARDS])
    await there_were(clustered, [a_cluster(later, "Ward 3", 60)])
    assert (await look(working_store, days=95)).proposed == 1


async def test_without_a_cluster_or_without_cases_nothing_is_proposed(store: Store, working_store: Store) -> None:
    assert await look(working_store) == Found(standing_out=0, proposed=0)
    await there_were(store, a_past(DAY, WARDS, 20))
    assert await look(working_store) == Found(standing_out=0, proposed=0)


async def by_somebody(store: Store) -> None:
    """A proposal that a person is said to have made."""
    note = Note(id=str(uuid4()), by=SAFETY, recorded_at=NOW, fact=proposed(NOW), digest="x")
    async with store.writing() as db:
        await journal.append(db, str(uuid4()), 1, note)


async def test_a_worker_proposes_and_decides_nothing(clustered: Store, working_store: Store) -> None:
    """PostgreSQL itself keeps it from that."""
    await look(working_store)
    (area,) = await areas(clustered)
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        await tell(working_store, area.id, accepted(NOW))
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        await by_somebody(working_store)


async def test_what_there_is_not_is_not_decided_on(store: Store) -> None:
    with pytest.raises(FocusAreaNotKnown):
        await tell(store, str(uuid4()), accepted(NOW))
