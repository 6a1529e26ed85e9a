"""Days of courts as rows: derived from their timelines, the same after a rebuild, found by day and not by case."""

from datetime import date, time, timedelta
from typing import Any

import pytest_asyncio
from sqlalchemy import select

from policy.facts.base import Fact
from policy.facts.hearings import HearingAdjourned, HearingListed, HearingVacated
from policy.legal_action import facts as legal
from policy.legal_action.action import LegalFile
from policy.legal_action.procedure import LEGAL_ACTION
from store import cases, hearings, procedures, recording, recording_beside
from store.hearings import Days, Held
from store.sessions import Store
from store.sittings import sittings
from tests.given import EDITION, empty_file, entry, london, report
from tests.store.test_procedures import BEGUN, CASE, entered
from tests.store.test_procedures import REF as ACTION

DAY = london(2023, 6, 5)
FIRST, SECOND = date(2023, 7, 3), date(2023, 8, 7)
ALL = Days(first=date(2023, 1, 1))


@pytest_asyncio.fixture(autouse=True)
async def begun(store: Store) -> None:
    """A case with a legal action beside it."""
    known = empty_file(DAY.date()).closure_days
    async with store.writing() as db:
        await cases.register(db, CASE, EDITION.ref, known, DAY)
        opening = LegalFile(ref=ACTION, case=CASE, edition=EDITION.ref, closure_days=known)
        await procedures.register(db, LEGAL_ACTION.name, opening)


async def recorded(store: Store, entries: list[Any], first: int = 1) -> None:
    async with store.writing() as db:
        await recording.record(db, CASE, first, entries, DAY)


def heard(*more: Fact) -> list[Any]:
    first = HearingListed(at=DAY, on=FIRST, hour=time(10, 30), court="A county court")
    return [entry(fact) for fact in (report(DAY), first, *more)]


async def shown(store: Store, days: Days = ALL) -> list[Held]:
    async with store.reading() as db:
        return list(await hearings.all_of(db, DAY, days, of_cases=True))


async def rows(store: Store) -> list[tuple[Any, ...]]:
    async with store.reading() as db:
        query = select(sittings).order_by(sittings.c.case_ref, sittings.c.first)
        return [tuple(row) for row in await db.connection.execute(query)]


async def test_a_day_stands_with_its_hour_and_court_and_moves(store: Store) -> None:
    await recorded(store, heard())
    (one,) = await shown(store)
    assert (one.on, one.hour, one.place, one.changes) == (FIRST, time(10, 30), "A county court", 0)
    await recorded(store, [entry(HearingAdjourned(at=DAY, matter="hearing-2", on=SECOND))], 3)
    (moved,) = await shown(store)
    assert (moved.name, moved.on, moved.hour, moved.changes) == (one.name, SECOND, None, 1)
    await recorded(store, [entry(HearingVacated(at=DAY, matter="hearing-2", reasons="Withdrawn."))], 4)
    assert [gone.off for gone in await shown(store)] == [True]


async def test_the_first_few_of_a_day_are_those_that_stand_first_among_all(store: Store) -> None:
    await recorded(store, heard(HearingListed(at=DAY, on=FIRST, court="Another court")))
    for backwards in (False, True):
        days = ALL.model_copy(update={"backwards": backwards})
        every = await shown(store, days)
        assert len(every) == 2
        assert await shown(store, days.model_copy(update={"most": 1})) == every[:1], backwards


async def test_a_rebuild_gives_what_was_there_of_a_case_and_beside_it(store: Store) -> None:
    await recorded(store, heard(HearingListed(at=DAY, on=SECOND, court="Another court")))
    before = await rows(store)
    assert len(before) == 2
    async with store.writing() as db:
        await recording.rebuild(db, CASE)
    assert await rows(store) == before


async def test_those_of_legal_actions_stand_under_their_own_reference(store: Store) -> None:
    listed = legal.CourtListed(at=BEGUN.fact.at, on=FIRST, hour=time(14))
    await entered(store, 1, BEGUN, BEGUN.model_copy(update={"id": "a-listing", "fact": listed}))
    assert [(row[0], row[1]) for row in await rows(store)] == [(ACTION, 2)]
    before = await rows(store)
    async with store.writing() as db:
        await recording_beside.rebuild(db, ACTION)
    assert await rows(store) == before


async def test_so_many_days_are_the_first_that_come_or_the_last_that_were(store: Store) -> None:
    more = [HearingListed(at=DAY, on=FIRST + timedelta(days=n), court="A court") for n in (1, 2, 3)]
    await recorded(store, heard(*more))
    first = await shown(store, Days(first=FIRST, most=2))
    assert [one.on.day for one in first] == [3, 4]
    last = await shown(store, Days(first=FIRST, last=FIRST + timedelta(days=2), most=2, backwards=True))
    assert [one.on.day for one in last] == [5, 4]
