"""Many rows in one statement: as they are, and each once."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from policy.facts import SYSTEM, Entry
from policy.facts.contact import ContactMade
from store import at_once
from store.away import StoreRefused
from store.imported import imported_cases
from store.sessions import Store
from store.timeline import START, content, links, timeline

AT = datetime(2026, 3, 29, 1, 30, 0, 7, tzinfo=UTC)
ROWS = [
    {"key": str(UUID(int=number)), "case_ref": f"CW-2653-{number:06d}", "digest": "", "imported_at": at}
    for number, at in ((1, None), (2, AT))
]
SAID = Entry(id="told", by=SYSTEM, recorded_at=AT, fact=ContactMade(at=AT, means="phone", words='É "\\x00" {}\n'))


async def test_rows_are_kept_as_they_are_told(working_store: Store) -> None:
    told = links("CW-2653-000003", 1, START, [SAID])
    async with working_store.writing() as db:
        await at_once.enter(db, imported_cases, ROWS)
        await at_once.enter(db, timeline, told.rows)
        await at_once.enter(db, content, told.contents)
    columns = [imported_cases.c[name] for name in ROWS[0]]
    async with working_store.reading() as db:
        kept = await db.connection.execute(select(*columns).order_by(imported_cases.c.key))
        entries = await db.connection.execute(select(timeline))
        said = await db.connection.execute(select(content))
    assert [row._asdict() for row in kept] == ROWS
    assert [row._asdict() for row in entries] == told.rows
    assert [row._asdict() for row in said] == told.contents


async def test_one_that_is_there_stays_where_that_was_asked_for_and_else_nothing_is_entered(
    working_store: Store,
) -> None:
    async with working_store.writing() as db:
        await at_once.enter(db, imported_cases, ROWS[:1])
    with pytest.raises(StoreRefused):
        async with working_store.writing() as db:
            await at_once.enter(db, imported_cases, [{**row, "digest": "another"} for row in ROWS])
    async with working_store.writing() as db:
        await at_once.enter(db, imported_cases, [{**row, "digest": "later"} for row in ROWS], unless_there=True)
    async with working_store.reading() as db:
        kept = await db.connection.scalars(select(imported_cases.c.digest).order_by(imported_cases.c.key))
        assert kept.all() == ["", "later"]
