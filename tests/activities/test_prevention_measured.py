"""Prevention work in figures: what began in a time, as it was known, and what came of it."""

from datetime import UTC, datetime, timedelta

from measured_again import planned, recorded_beside

from activities.measuring import Measuring
from policy.measures.period import Period
from policy.prevention import PreventionEnded, PreventionKind, Result
from store.sessions import Store
from tests.given import london

OCTOBER = Period.month(2023, 10)
MONDAY = london(2023, 10, 2)
LATER = datetime(2060, 1, 1, tzinfo=UTC)


async def test_what_began_is_counted_by_kind_by_what_came_of_it_and_by_ward(store: Store) -> None:
    first = await planned(store, PreventionKind.CAMPAIGN, OCTOBER.first, "North")
    await planned(store, PreventionKind.CAMPAIGN, OCTOBER.last)
    await planned(store, PreventionKind.FUNDING_BID, OCTOBER.last + timedelta(days=1))
    ended = MONDAY + timedelta(days=30)
    await recorded_beside(store, first, PreventionEnded(at=ended, result=Result.WORKED, words="C."))
    measuring = Measuring(store)
    found = await measuring.measured(OCTOBER, LATER, ["prevention"], ["work", "result"])
    assert {of: one.value for of, one in found.figures["prevention"].items()} == {
        (): 2,
        ("campaign", "worked"): 1,
        ("campaign", "not_told_yet"): 1,
    }
    by_ward = await measuring.measured(OCTOBER, LATER, ["prevention"], ["ward"])
    assert {of: one.value for of, one in by_ward.figures["prevention"].items()} == {(): 2, ("North",): 1}


async def test_what_was_told_later_is_not_known_before(store: Store) -> None:
    about = await planned(store, PreventionKind.CAMPAIGN, OCTOBER.first)
    ended = MONDAY + timedelta(days=30)
    await recorded_beside(store, about, PreventionEnded(at=ended, result=Result.WORKED, words="C."))
    measuring = Measuring(store)

    async def known(at: datetime) -> set[tuple[str, ...]]:
        found = await measuring.measured(OCTOBER, at, ["prevention"], ["result"])
        return {of for of in found.figures["prevention"] if of}

    assert await known(MONDAY - timedelta(hours=1)) == set()
    assert await known(ended - timedelta(days=1)) == {("not_told_yet",)}
    assert await known(ended) == {("worked",)}
