"""What a transaction sees, what the application may do, and what its lists are found by."""

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from store import cases
from store.away import StoreRefused
from store.cases import Filter
from store.sessions import Store
from tests.given import EDITION, empty_file, london

REF = "CW-2023-000001"
DAY = london(2023, 5, 25)


async def registered(store: Store) -> None:
    async with store.writing() as db:
        await cases.register(db, REF, EDITION.ref, empty_file(DAY.date()).closure_days, DAY)


async def test_all_that_is_read_together_stood_there_at_the_same_moment(store: Store) -> None:
    async with store.reading() as db:
        assert await cases.file_of(db, REF) is None
        await registered(store)
        assert await cases.file_of(db, REF) is None
    async with store.reading() as db:
        assert await cases.file_of(db, REF) is not None


async def test_who_reads_cannot_write(store: Store) -> None:
    with pytest.raises(StoreRefused, match="ReadOnly"):
        async with store.reading() as db:
            await db.connection.execute(text("DELETE FROM deadlines"))


@pytest.mark.parametrize("table", ["cases", "reports", "letters", "timeline", "timeline_content"])
async def test_api_and_worker_delete_only_what_they_can_make_anew(
    app_store: Store, working_store: Store, table: str
) -> None:
    for theirs in (app_store, working_store):
        with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
            async with theirs.writing() as db:
                await db.connection.execute(text(f"DELETE FROM {table}"))


@pytest.mark.parametrize("table", ["timeline", "timeline_content", "deadlines", "letters", "mentions", "links"])
async def test_the_api_writes_nothing_that_follows_from_what_is_recorded(app_store: Store, table: str) -> None:
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        async with app_store.writing() as db:
            await db.connection.execute(text(f"INSERT INTO {table} DEFAULT VALUES"))


@pytest.mark.parametrize("table", ["people", "tenancies", "journal", "places", "lettings_checks", "team_members"])
async def test_a_worker_writes_nothing_that_people_keep(working_store: Store, table: str) -> None:
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        async with working_store.writing() as db:
            await db.connection.execute(text(f"INSERT INTO {table} DEFAULT VALUES"))


async def as_reporting(store: Store, asked: str) -> object:
    async with store.writing() as db:
        await db.connection.execute(text("SET LOCAL ROLE casework_reporting"))
        return await db.connection.scalar(text(asked))


@pytest.mark.parametrize(
    "what",
    [
        "file FROM cases",
        "* FROM timeline_content",
        "* FROM people",
        "* FROM letters",
        "words FROM prevention_work",
    ],
)
async def test_reports_see_numbers_and_nobody(store: Store, what: str) -> None:
    await registered(store)
    assert await as_reporting(store, "SELECT count(stage) FROM cases") == 1
    assert await as_reporting(store, "SELECT count(cost) FROM prevention_work") == 0
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        await as_reporting(store, f"SELECT {what}")


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Filter(officer="officer-1"), "cases_officer_reported_at_ref_idx"),
        (Filter(late=True), "cases_next_due_idx"),
        (Filter(), "cases_reported_at_ref_idx"),
    ],
)
async def test_a_list_is_found_by_its_index(store: Store, wanted: Filter, index: str) -> None:
    query = cases.query(wanted, DAY, 50)
    asked = str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
    async with store.reading() as db:
        await db.connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join((await db.connection.scalars(text(f"EXPLAIN {asked}"))).all())
    assert index in plan
