"""new-cases-daily: a day's new cases, each on the list of the day on which it came, with what is owed on it."""

from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from policy.facts import CaseFact
from policy.facts.reviewing import CaseAllocated
from store import cases, new_cases, recording
from store.relations import is_in_teams
from store.sessions import Store
from tests.given import EDITION, OFFICER, empty_file, entry, london, report

DAY = date(2025, 10, 26)
"""It has twenty-five hours."""


async def came(store: Store, number: int, told_at: datetime, recorded_at: datetime, *facts: CaseFact) -> str:
    ref = f"CW-2612-1{number:05d}"
    first = entry(report(told_at), recorded_at=recorded_at)
    more = [entry(fact, recorded_at=recorded_at) for fact in facts]
    async with store.writing() as db:
        await cases.register(db, ref, EDITION.ref, empty_file(told_at.date()).closure_days, told_at, OFFICER.id)
        await recording.record(db, ref, 1, [first, *more], recorded_at)
    return ref


async def test_each_case_is_on_the_list_of_the_day_on_which_it_came(store: Store) -> None:
    morning, night = london(2025, 10, 26, 0, 10), london(2025, 10, 26, 23, 50)
    first = await came(store, 1, morning, morning)
    late = await came(store, 2, london(2025, 10, 20), night)
    await came(store, 3, london(2025, 10, 27, 0, 5), london(2025, 10, 27, 0, 5))
    await came(store, 4, london(2025, 10, 25, 23, 55), london(2025, 10, 25, 23, 55))
    async with store.reading() as db:
        found = await new_cases.of_day(db, DAY)
        assert [one.ref for one in found] == [first, late], "one that was told six days ago came on that day, too"
        assert await new_cases.how_many(db, DAY) == 2
        assert [one.ref for one in await new_cases.of_day(db, DAY, skip=1)] == [late]
        assert await new_cases.how_many(db, DAY + timedelta(days=9)) == 0


async def test_it_says_to_whom_it_was_given_and_when_contact_is_due(store: Store) -> None:
    at = london(2025, 10, 26, 10)
    async with store.writing() as db:
        await is_in_teams(db, OFFICER.id, ["north"])
        await is_in_teams(db, "officer-4", ["south", "west"])
    await came(store, 1, at, at)
    await came(store, 2, at, at, CaseAllocated(at=at, officer="officer-4"))
    async with store.reading() as db:
        nobodys, given = await new_cases.of_day(db, DAY)
    assert (nobodys.officer, nobodys.teams) == (None, ("north",)), "whoever took the report"
    assert (given.officer, set(given.teams)) == ("officer-4", {"south", "west"})
    owed = {one.owed: one.due for one in given.owed}
    assert owed["Contact the complainant"] == london(2025, 10, 31, 17)
    assert [one.due for one in given.owed] == sorted(one.due for one in given.owed)


async def test_a_day_s_cases_are_found_by_index_however_many_came_before(store: Store) -> None:
    asked = new_cases.came_on(DAY).compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    async with store.reading() as db:
        await db.connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join((await db.connection.scalars(text(f"EXPLAIN {asked}"))).all())
    assert "timeline_began_idx" in plan
