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
async def test_the_application_deletes_only_what_it_can_make_anew(store: Store, table: str) -> None:
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        async with store.writing() as db:
            await db.connection.execute(text(f"DELETE FROM {table}"))


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
