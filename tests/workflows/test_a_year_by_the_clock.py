"""A past year, as the schedules fire through it: how often, at which hour in London, and of which days."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio.client import Client, ScheduleBackfill, ScheduleOverlapPolicy

from policy.editions import released
from policy.facts import CaseFact
from policy.facts.closing import CaseClosed, Closing
from policy.reports.kinds import ReportKind
from policy.working_days import LONDON
from runtime.settings import Settings
from store import cases, recording
from store.sessions import Store
from tests.given import EDITION, assessed, contact, empty_file, entry, london, report
from tests.scale import some
from tests.workflows.by_the_clock import DAY, engine_of_its_own, made, until_planned
from workers.schedules import COUNT, RETENTION, SELF_AUDIT, keep_schedules
from workflows.noticing import ESTATE_INSPECTIONS, FOCUS_AREAS, POLICY_REVIEW

YEAR = 2025
THE_YEAR = (date(YEAR, 1, 1), date(YEAR, 12, 31))
SPANS = some(
    [
        (date(YEAR, 1, 1), date(YEAR, 1, 2)),
        (date(YEAR, 3, 28), date(YEAR, 4, 2)),
        (date(YEAR, 10, 24), date(YEAR, 10, 28)),
    ],
    in_all=[THE_YEAR],
)
"""In which what fires each day does so. The clocks go forward on 30 March and back on 26 October."""
EVERY_DAY = [first + n * DAY for first, last in SPANS for n in range((last - first).days + 1)]
NIGHTS = {
    SELF_AUDIT: released()[-1].audit.at,
    RETENTION: released()[-1].retention.at,
    COUNT: released()[-1].retention.at,
    ESTATE_INSPECTIONS: time(5),
    POLICY_REVIEW: time(5),
}
SIX = time(6)
MONTHS = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
REPORTS = {
    ReportKind.NEW_CASES: [(day - DAY, day - DAY) for day in EVERY_DAY],
    ReportKind.MONTHLY: [
        (date(2024, 12, 1), date(2024, 12, 31)),
        *((date(YEAR, month, 1), date(YEAR, month, last)) for month, last in MONTHS.items() if month < 12),
    ],
    ReportKind.QUARTERLY: [
        (date(2024, 10, 1), date(2024, 12, 31)),
        (date(YEAR, 1, 1), date(YEAR, 3, 31)),
        (date(YEAR, 4, 1), date(YEAR, 6, 30)),
        (date(YEAR, 7, 1), date(YEAR, 9, 30)),
    ],
    ReportKind.SIX_MONTHLY: [
        (date(2024, 7, 1), date(2024, 12, 31)),
        (date(YEAR, 1, 1), date(YEAR, 6, 30)),
    ],
    ReportKind.YEARLY: [(date(2024, 1, 1), date(2024, 12, 31))],
    ReportKind.REGULATOR: [(date(2024, 4, 1), date(YEAR, 3, 31))],
}
"""What the runs are of, written by hand."""
FIRED = dict.fromkeys(NIGHTS, EVERY_DAY) | {
    FOCUS_AREAS: [date(YEAR, month, 1) for month in MONTHS],
    **{f"report-{kind}": [last + DAY for _, last in days] for kind, days in REPORTS.items()},
}


def _again(first: date, last: date) -> ScheduleBackfill:
    begin, end = (datetime.combine(day, time(), LONDON) for day in (first, last + DAY))
    return ScheduleBackfill(begin, end, overlap=ScheduleOverlapPolicy.ALLOW_ALL)


@dataclass
class Fired:
    client: Client
    store: Store


async def september(store: Store) -> None:
    """Two were reported in it; one of them was closed in it, and one of August's. None is open any more."""
    monday = london(YEAR, 9, 8)
    lives: list[list[CaseFact]] = [
        [report(monday), contact(monday + DAY), *_closed(london(YEAR, 10, 6))],
        [report(monday + 6 * timedelta(hours=1), complainant=None), *_closed(monday + 7 * DAY)],
        [report(london(YEAR, 8, 31, 23, 30)), contact(monday), *_closed(monday + 8 * DAY)],
        [report(london(YEAR, 10, 1, 0, 30)), *_closed(london(YEAR, 10, 6))],
    ]
    for number, facts in enumerate(lives, start=1):
        await _recorded(store, f"CW-2612-{number:06d}", facts)


def _closed(at: datetime) -> list[CaseFact]:
    return [assessed(at), CaseClosed(at=at, closing=Closing.WITH_LETTER, reasons="It has stopped.")]


async def _recorded(store: Store, ref: str, facts: list[CaseFact]) -> None:
    entries = [entry(fact) for fact in facts]
    at = entries[0].recorded_at
    async with store.writing() as db:
        await cases.register(db, ref, EDITION.ref, empty_file(at.date()).closure_days, at)
        await recording.record(db, ref, 1, entries, at)


@pytest_asyncio.fixture
async def fired(settings: Settings, store: Store, working_store: Store, tmp_path: Path) -> AsyncIterator[Fired]:
    await september(store)
    async with (
        engine_of_its_own(tmp_path / "engine", settings, in_memory=True) as engine,
        engine.working(working_store) as client,
    ):
        await keep_schedules(client, engine.settings)
        for name, days in FIRED.items():
            handle = client.get_schedule_handle(name)
            await handle.pause(note="Whatever the hour is now, only that year counts.")
            await handle.backfill(*(_again(*span) for span in (SPANS if days == EVERY_DAY else [THE_YEAR])))
        yield Fired(client, store)


@pytest.mark.timeout(1200)
async def test_each_schedule_fires_as_often_as_the_year_asks_and_each_run_is_of_its_own_days(fired: Fired) -> None:
    for name, days in FIRED.items():
        at = time(5) if name == FOCUS_AREAS else NIGHTS.get(name, SIX)
        moments = await until_planned(fired.client, name, len(days), seconds=1000)
        assert [(moment.date(), moment.time()) for moment in moments] == [(day, at) for day in days], name
    for kind, times in REPORTS.items():
        assert [(one.first, one.last) for one in await made(fired.store, kind)] == times, kind
    begun = (await fired.client.count_workflows("WorkflowType = 'ReportWorkflow'")).count
    assert begun == sum(map(len, REPORTS.values())), "of each report one, however often it was asked for"
    await _september_is_as_counted_by_hand(fired.store)


async def _september_is_as_counted_by_hand(store: Store) -> None:
    told = next(one for one in await made(store, ReportKind.MONTHLY) if one.first == date(YEAR, 9, 1))
    by_hand = {"opened": 2, "closed": 2, "open": 1}
    assert {name: told.figures[name] for name in by_hand} == by_hand
