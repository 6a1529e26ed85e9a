"""What reports, lists and the board cost over a great many historic cases."""

import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any, Final

from activities.measuring import Measuring
from activities.report_figures import ReportFigures
from benchmarks.historic import YEARS, historic
from benchmarks.servers import Bench
from policy.facts.base import Role
from policy.measures.period import Period
from policy.permissions import Action, relations
from policy.reports.kinds import KINDS
from policy.working_days import london_day
from runtime.database import engine, working_engine
from store import board, cases, tasks
from store.board import Until
from store.cases import Filter
from store.sessions import EVERYTHING, Reading, Store, Viewer

_TIMES: Final = 3
_PAGE: Final = 50
_DAY: Final = timedelta(days=1)
_TEAMS: Final = "INSERT INTO team_members SELECT 'officer-' || n, 'team-' || n % 5 FROM generate_series(0, 40) n"
Asks = Callable[[], Awaitable[Any]]


async def figures_over(bench: Bench, number: int) -> dict[str, list[str]]:
    """Of each report as it is made, and of what lists and the board ask: seconds, and those of our processors and
    PostgreSQL's; of several tries the median.
    """
    began = time.perf_counter()
    await historic(bench, number)
    sys.stderr.write(f"{number:,} historic cases in {time.perf_counter() - began:.0f} s\n")
    await bench.records.execute(_TEAMS)
    worker, api = working_engine(bench.settings), engine(bench.settings)
    sees = tuple(relations(Role.SUPERVISOR, Action.SEE_CASE))
    supervisor = Store(api, Viewer("supervisor-1", ("team-1",), sees))
    named = tuple(relations(Role.DATA_PROTECTION, Action.SEE_CASE))
    of_few = _lists(Store(api, Viewer("dpo-1", (), named)))
    asked = {**_reports(Store(worker, EVERYTHING)), **_lists(supervisor)}
    asked |= {
        f"{name}, for somebody who sees none": of_few[name]
        for name in ("The newest cases", "The newest that are open")
    }
    found = {name: await _measured(bench, ask) for name, ask in asked.items()}
    await worker.dispose()
    await api.dispose()
    return found


async def _measured(bench: Bench, ask: Asks) -> list[str]:
    await ask()
    took, used = [], []
    for _ in range(_TIMES):
        began, before = time.perf_counter(), _used(bench)
        await ask()
        took.append(time.perf_counter() - began)
        used.append(_used(bench) - before)
    return [f"{median(took):.3f}", f"{median(used):.2f}"]


def _used(bench: Bench) -> float:
    spent = bench.processes.cpu_seconds()
    return spent["client"] + spent["postgres"]


def _reports(store: Store) -> Mapping[str, Asks]:
    """Each of the last whole time that it is of, and all measures of all years."""
    now = datetime.now(UTC)
    figures, measuring = ReportFigures(store, homes=250_000), Measuring(store)
    ever = Period(first=date(now.year - YEARS - 1, 1, 1), last=london_day(now))
    made = {one.title: partial(figures.of, one.kind, one.last_before(now), now) for one in KINDS.values()}
    return {**made, "All measures of twenty years": partial(measuring.measured, ever, now)}


def _lists(store: Store) -> Mapping[str, Asks]:
    now = datetime.now(UTC)
    until = Until(now=now, today=now + _DAY, week=now + 7 * _DAY)
    questions: Mapping[str, Callable[[Reading], Awaitable[Any]]] = {
        "The newest cases": lambda db: cases.page(db, Filter(), now, _PAGE),
        "The newest that are open": lambda db: cases.page(db, Filter(open=True), now, _PAGE),
        "An officer's": lambda db: cases.page(db, Filter(officer="officer-7"), now, _PAGE),
        "What is late": lambda db: cases.page(db, Filter(late=True), now, _PAGE),
        "Further ones, ten years back": lambda db: cases.page(
            db, Filter(), now, _PAGE, (now - 3650 * _DAY, "CW-1999-0500000")
        ),
        "Board: officers": lambda db: board.by_officer(db, now),
        "Board: stages": lambda db: board.by_stage(db, now),
        "Board: days": lambda db: board.by_due(db, until),
        "Board: urgent": lambda db: board.urgent(db, 10),
        "Today, a supervisor's": lambda db: tasks.owed_by(db, "supervisor", None, 100),
    }

    async def ask(question: Callable[[Reading], Awaitable[Any]]) -> None:
        async with store.reading() as db:
            await question(db)

    return {name: partial(ask, question) for name, question in questions.items()}
