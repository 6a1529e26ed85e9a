"""What figures cost over a million historic cases: put into the tables by SQL, twenty years of them."""

import sys
import time
from datetime import UTC, date, datetime
from typing import Final

from activities.counting import Counting
from activities.measuring import Measuring
from benchmarks.caseload import build, lived
from benchmarks.servers import Bench
from policy.measures.period import Period
from policy.working_days import london_day
from runtime.database import working_engine
from store.sessions import EVERYTHING, Store

_LIVES: Final = 100
_YEARS: Final = 20
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
_SORTED: Final = {"all": (), "by ward": ("ward",), "by officer and category": ("officer", "category")}


async def historic(bench: Bench, number: int) -> None:
    """So many closed cases, counted: register and what is counted. They have neither timeline nor ledger."""
    _, closed = lived(datetime.now(UTC))
    await build(bench.settings, closed, min(_LIVES, number))
    database = working_engine(bench.settings)
    await Counting(Store(database, EVERYTHING)).bring_up_to_date()
    await database.dispose()
    await bench.records.execute(_AGAIN.format(times=number // min(_LIVES, number), years=_YEARS))
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


async def figure_seconds(bench: Bench, number: int) -> dict[str, list[str]]:
    """By what is asked for, seconds of a month, a year, and all twenty; all measures at once."""
    began = time.perf_counter()
    await historic(bench, number)
    sys.stderr.write(f"{number:,} historic cases in {time.perf_counter() - began:.0f} s\n")
    now = datetime.now(UTC)
    today = london_day(now)
    periods = (
        Period.month(today.year - 1, 10),
        Period.months(date(today.year - 1, 1, 1), 12),
        Period(first=date(today.year - _YEARS - 1, 1, 1), last=today),
    )
    database = working_engine(bench.settings)
    measuring, found = Measuring(Store(database, EVERYTHING)), dict[str, list[str]]()
    for name, by in _SORTED.items():
        found[name] = []
        for period in periods:
            began = time.perf_counter()
            await measuring.measured(period, now, by=by)
            found[name].append(f"{time.perf_counter() - began:.2f}")
        sys.stderr.write(f"figures, {name}: {', '.join(found[name])} s\n")
    await database.dispose()
    return found
