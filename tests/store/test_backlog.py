"""The office's own numbers are those of the rows that there are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Table, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import create_async_engine

from policy.facts.base import SYSTEM
from runtime.embedded.processes import free_port
from store import backlog
from store.cases import cases
from store.deadlines import deadlines
from store.evidence_files import evidence_files
from store.letters import letters
from store.made_reports import made_reports
from store.procedures import procedures
from store.reports import reports
from store.sendings import sendings
from store.sessions import Store
from workers.backlog import Backlog

NOW: Final = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
REF: Final = "CW-2638-000001"
CONTACT: Final = "contact-5-working-days"
NOTHING: Final = {str: "", bool: False, int: 1, bytes: b"", list: [], dict: {}, datetime: NOW, date: NOW.date()}


def row(table: Table, **said: Any) -> tuple[Table, dict[str, Any]]:
    """With something in each column that must have it."""
    wanted = [one for one in table.columns if not one.nullable and one.identity is None]
    return table, {one.name: filled(one.type) for one in wanted} | said


def filled(kind: Any) -> Any:
    if isinstance(kind, JSONB):
        return {}
    return str(uuid4()) if kind.__visit_name__ == "uuid" else NOTHING[kind.python_type]


def lived() -> Iterator[tuple[Table, dict[str, Any]]]:
    yield row(cases, ref=REF, serious=False, reported_at=NOW - 3 * HOUR)
    yield row(cases, ref="CW-2638-000002", serious=True, reported_at=NOW - 2 * HOUR)
    yield row(cases, ref="CW-2638-000003", serious=True, reported_at=NOW - 9 * HOUR, closed_at=NOW)
    yield row(deadlines, case_ref=REF, key="a", row=CONTACT, due=NOW - HOUR, noticed_at=NOW)
    yield row(deadlines, case_ref=REF, key="b", row=CONTACT, due=NOW - 2 * HOUR)
    yield row(deadlines, case_ref=REF, key="c", row=CONTACT, due=NOW - 3 * HOUR, ending="kept")
    yield row(deadlines, case_ref=REF, key="promise-7", row="promise-ledger", due=NOW + HOUR)
    for state in ("composed", "sending", "sent", "to_post", "in_doubt"):
        at = {"composed_at": NOW - HOUR, "changed_at": NOW - HOUR}
        yield row(letters, case_ref=REF, key=state, state=state, **at)
    yield row(reports, received_at=NOW - HOUR)
    yield row(reports, received_at=NOW - 2 * HOUR, settled_at=NOW)
    yield row(procedures, ref="RF-1")
    yield row(sendings, ref="RF-1", key="1", state="in_doubt")
    yield row(sendings, ref="RF-1", key="2", state="sent")
    yield row(evidence_files, state="clean", added_at=NOW - 4 * HOUR)
    yield row(evidence_files, state="quarantined", matter="diary-2", added_at=NOW - 5 * HOUR)
    yield row(evidence_files, state="erased", added_at=NOW - 6 * HOUR)
    of_the_clock = {"kind": "new-cases", "by_id": SYSTEM.id}
    yield row(made_reports, **of_the_clock, last=date(2026, 11, 29), made_at=NOW - 2 * HOUR)
    yield row(made_reports, **of_the_clock, last=date(2026, 11, 28), made_at=NOW - HOUR)
    yield row(made_reports, **of_the_clock, last=NOW.date())
    yield row(made_reports, kind="new-cases", by_id="supervisor-1", last=NOW.date(), made_at=NOW)


async def test_each_number_is_of_the_rows_that_it_speaks_of(store: Store, working_store: Store) -> None:
    async with store.writing() as db:
        for table, values in lived():
            await db.connection.execute(insert(table).values(**values))
    async with working_store.reading() as db:
        found = await backlog.numbers(db, NOW)
    assert {(one.name, one.about): (one.number, one.since and (NOW - one.since) / HOUR) for one in found} == {
        ("late", CONTACT): (2, 2.0),
        ("unnoticed", ""): (1, 2.0),
        ("promises", ""): (1, -1.0),
        ("cases", "ordinary"): (1, 3.0),
        ("cases", "serious"): (1, 2.0),
        ("relay", "reports"): (1, 1.0),
        ("relay", "applications"): (0, None),
        ("relay", "imported"): (0, None),
        ("letters", "to_send"): (2, 1.0),
        ("letters", "to_post"): (1, 1.0),
        ("in_doubt", "letters"): (1, 1.0),
        ("in_doubt", "referrals"): (1, 0.0),
        ("evidence", "a_case"): (1, 4.0),
        ("evidence", "the_scanner"): (1, 5.0),
        ("reports", "new-cases"): (2, 12.0),
    }


async def test_postgresql_is_not_asked_each_time_that_somebody_looks(store: Store, working_store: Store) -> None:
    told, first = Backlog(working_store), b'casework_cases_open{seriousness="ordinary"} 1.0'
    async with store.writing() as db:
        table, values = row(cases, ref=REF, serious=False, reported_at=NOW)
        await db.connection.execute(insert(table).values(**values))
    assert first in await told.told()
    async with store.writing() as db:
        await db.connection.execute(insert(table).values(**values | {"ref": "CW-2638-000002"}))
    assert first in await told.told()
    assert b'casework_cases_open{seriousness="ordinary"} 2.0' in await Backlog(working_store).told()


async def test_while_the_store_is_away_no_number_looks_new() -> None:
    nowhere = create_async_engine(f"postgresql+asyncpg://nobody@127.0.0.1:{free_port()}/none")
    assert await Backlog(Store(nowhere)).told() == b""
    await nowhere.dispose()


async def test_nor_before_the_tables_are_there(store: Store, working_store: Store) -> None:
    async with store.writing() as db:
        await db.connection.execute(text("ALTER TABLE made_reports RENAME TO later"))
    assert await Backlog(working_store).told() == b""
