"""A great many historic cases, put into the tables by SQL: twenty years of them."""

from datetime import UTC, datetime
from typing import Final

from activities.counting import Counting
from benchmarks.caseload import build, lived
from benchmarks.servers import Bench
from runtime.database import working_engine
from store.sessions import EVERYTHING, Store

YEARS: Final = 20
_LIVES: Final = 100
_OPEN: Final = 500
_AGAIN: Final = """CREATE TEMP TABLE again AS
    SELECT *, 'CW-1999-' || lpad((row_number() OVER (ORDER BY earlier DESC))::text, 7, '0') AS name
    FROM (SELECT ref, (round * 7919 % (365 * {years})) * interval '1 day' AS earlier,
            'Ward ' || round % 30 AS ward, 'officer-' || round % 40 AS officer
        FROM cases, generate_series(1, {times}) AS round WHERE closed_at IS NOT NULL AND counted = seq) each
    ORDER BY name"""
"""The oldest first: as they would have come."""
_EARLIER: Final = "t.{0} - again.earlier"
_OTHERWISE: Final = {
    "cases": {
        "ref": "again.name",
        "ward": "again.ward",
        "officer": "again.officer",
        "next_due": "NULL",
        **{name: _EARLIER.format(name) for name in ("reported_at", "closed_at")},
    },
    "counted": {
        "case_ref": "again.name",
        **{name: f"(t.{name} - again.earlier)::date" for name in ("first", "until")},
    },
    "counted_cases": {
        "case_ref": "again.name",
        "parties": "ARRAY[md5(again.name)]",
        "by": "t.by || jsonb_build_object('ward', ARRAY[again.ward], 'officer', ARRAY[again.officer])",
        **{name: _EARLIER.format(name) for name in ("recorded_at", "reported_at", "closed_at")},
    },
}
"""Each copy of a case is some days earlier, in another ward, another officer's, and about somebody of its own."""
_INDEXES: Final = """SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made FROM pg_index
    WHERE indrelid = $1::text::regclass AND NOT indisunique"""
"""Made once all rows are there, which takes a part of the time."""


async def historic(bench: Bench, number: int) -> None:
    """So many closed cases, counted, and some that are open. Of the closed ones there is neither timeline nor
    ledger, but the register and what they count.
    """
    opened, closed = lived(datetime.now(UTC))
    await build(bench.settings, opened, min(_OPEN, number))
    await build(bench.settings, closed, min(_LIVES, number))
    database = working_engine(bench.settings)
    await Counting(Store(database, EVERYTHING)).bring_up_to_date()
    await database.dispose()
    await bench.records.execute(_AGAIN.format(times=number // min(_LIVES, number), years=YEARS))
    await bench.records.execute("ANALYZE again")
    for table, otherwise in _OTHERWISE.items():
        indexes = await bench.records.fetch(_INDEXES, table)
        for index in indexes:
            await bench.records.execute(f"DROP INDEX {index['name']}")
        query = "SELECT column_name FROM information_schema.columns WHERE table_name = $1"
        columns = [row[0] for row in await bench.records.fetch(query, table)]
        told = ", ".join(otherwise.get(column, f't."{column}"') for column in columns)
        into, ref = ", ".join(f'"{column}"' for column in columns), "ref" if table == "cases" else "case_ref"
        copy = f"INSERT INTO {table} ({into}) SELECT {told} FROM {table} t JOIN again ON again.ref = t.{ref}"  # noqa: S608 - our own names
        await bench.records.execute(copy)
        for index in indexes:
            await bench.records.execute(index["made"])
    for table in _OTHERWISE:
        await bench.records.execute(f"VACUUM ANALYZE {table}")
