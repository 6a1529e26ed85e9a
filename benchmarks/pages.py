"""What pages for staff cost on two thousand open cases, and what closed ones add: one request at a time."""

import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from statistics import median

from api.browser import SIGNED_IN
from benchmarks.caseload import build, lived, more_closed, with_hearings
from benchmarks.http import Connection
from benchmarks.servers import Bench
from runtime.database import engine
from store import sign_ins
from store.sessions import EVERYTHING, Store

_LIMITS = sign_ins.Limits(idle=timedelta(hours=1), longest=timedelta(hours=12))
_CLOSED = 200
_PLAIN = "SELECT ref, stage, officer, next_due FROM cases WHERE closed_at IS NULL ORDER BY next_due LIMIT 100"
"""What pages are compared with: the hundred open cases that are due first, asked of PostgreSQL alone."""

Figures = dict[str, list[str]]
Cost = tuple[float, float]
"""Milliseconds: until the answer is there, at the median, and of processor time of API and PostgreSQL."""


async def page_figures(bench: Bench, open_cases: int, seconds: float) -> Figures:
    """Medians in milliseconds, processor time, and ratios to the plain query: with a tenth as many closed
    cases as open ones, and with ten times as many.
    """
    opened, closed = lived(datetime.now(UTC), open_cases)
    began = time.perf_counter()
    made = await build(bench.settings, opened, open_cases)
    await with_hearings(bench.settings, [ref for ref, officer in made if officer != "officer-1"][::5])
    sys.stderr.write(f"{open_cases} open cases in {time.perf_counter() - began:.0f} s\n")
    each = min(_CLOSED, max(1, open_cases // 10))
    await build(bench.settings, closed, each)
    await bench.records.execute("ANALYZE")
    mine = cycle([ref for ref, officer in made if officer == "officer-1"] or [made[0][0]])
    officer, supervisor = [await _signed_in(bench, who) for who in ("officer-1", "supervisor-1")]
    acts = _acts(bench, officer, supervisor, mine)
    few = {name: await _cost(bench, act, seconds) for name, act in acts.items()}
    began = time.perf_counter()
    await more_closed(bench.records, each, open_cases * 10 // each)
    sys.stderr.write(f"{open_cases * 10} closed cases in {time.perf_counter() - began:.0f} s\n")
    many = {name: await _cost(bench, act, seconds) for name, act in acts.items()}
    officer.close()
    supervisor.close()
    return {name: _row(name, few, many) for name in acts}


def _row(name: str, few: dict[str, Cost], many: dict[str, Cost]) -> list[str]:
    [plain, *_] = few
    figures: list[str] = []
    for measured in (few, many):
        took, cpu = measured[name]
        figures += [f"{took:.1f}", f"{cpu:.1f}", f"{took / measured[plain][0]:.0f}"]
    return figures


def _acts(
    bench: Bench, officer: Connection, supervisor: Connection, mine: Iterator[str]
) -> dict[str, Callable[[], Awaitable[object]]]:
    return {
        "a plain query": lambda: bench.records.fetch(_PLAIN),
        "Today, an officer's": lambda: officer.page("/today"),
        "Today, a supervisor's": lambda: supervisor.page("/today"),
        "Case": lambda: officer.page(f"/cases/{next(mine)}"),
        "Board": lambda: supervisor.page("/board"),
        "Cases": lambda: supervisor.page("/cases"),
        "Hearings": lambda: supervisor.page("/safety/hearings"),
        "Hate cases": lambda: supervisor.page("/safety/hate"),
        "Agencies": lambda: supervisor.page("/safety/partners"),
    }


async def _signed_in(bench: Bench, subject: str) -> Connection:
    database = engine(bench.settings)
    secret = f"a-sign-in-of-{subject}-for-one-run"
    person = sign_ins.Entering(subject, None, frozenset({subject.rpartition("-")[0]}), None)
    async with Store(database, EVERYTHING).writing() as db:
        await sign_ins.enter(db, person, secret, _LIMITS, datetime.now(UTC))
    await database.dispose()
    return Connection(bench.settings.api_port, "", f"{SIGNED_IN.name(bench.settings)}={secret}")


async def _cost(bench: Bench, act: Callable[[], Awaitable[object]], seconds: float) -> Cost:
    spent: list[float] = []
    for _ in range(3):
        await act()
    used, until = _used(bench), time.perf_counter() + seconds
    while (began := time.perf_counter()) < until or not spent:
        await act()
        spent.append(time.perf_counter() - began)
    return median(spent) * 1000, (_used(bench) - used) * 1000 / len(spent)


def _used(bench: Bench) -> float:
    seconds = bench.processes.cpu_seconds()
    return seconds["api"] + seconds["postgres"]
