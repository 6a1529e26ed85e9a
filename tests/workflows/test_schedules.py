"""Schedules as they are kept: made once, brought up to date, left alone; and an engine that was away."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio.client import (
    Client,
    Schedule,
    ScheduleCalendarSpec,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from policy.reports.kinds import ReportKind
from policy.working_days import LONDON
from runtime.settings import Settings
from store.sessions import Store
from tests.given import london
from tests.workflows.by_the_clock import Engine, engine_of_its_own, made, planned_for, until_planned
from workers.schedules import EACH, Planned, bring_up_to_date, keep_schedules, planned
from workflows.scheduled_report import SCHEDULED, ScheduledReport, asked_for

NAMES = {
    *("self-audit", "retention", "count", "estate-inspections", "policy-review", "focus-areas"),
    *("report-new-cases", "report-monthly", "report-quarterly", "report-six-monthly", "report-yearly"),
    "report-regulator",
}
DAILY = SCHEDULED + ReportKind.NEW_CASES
SECOND = timedelta(seconds=1)


@pytest_asyncio.fixture
async def engine(settings: Settings, tmp_path: Path) -> AsyncIterator[Engine]:
    async with engine_of_its_own(tmp_path / "engine", settings) as one:
        yield one


async def names(client: Client) -> set[str]:
    return {one.id async for one in await client.list_schedules()}


async def until_listed(client: Client, wanted: set[str]) -> None:
    async with asyncio.timeout(60):
        while await names(client) != wanted:
            await asyncio.sleep(0.1)


async def test_kept_again_nothing_changes_and_one_that_is_paused_stays_paused(engine: Engine) -> None:
    client = await engine.client()
    await keep_schedules(client, engine.settings)
    await client.get_schedule_handle(DAILY).pause(note="Stocktaking.")
    before = [await client.get_schedule_handle(name).describe() for name in sorted(NAMES)]
    await keep_schedules(client, engine.settings)
    after = [await client.get_schedule_handle(name).describe() for name in sorted(NAMES)]
    assert [one.info.last_updated_at for one in after] == [one.info.last_updated_at for one in before]
    paused = {one.id: one.schedule.state.note for one in after if one.schedule.state.paused}
    assert paused == {DAILY: "Stocktaking."}


async def test_one_that_is_changed_is_brought_up_to_date_and_stays_paused(engine: Engine) -> None:
    client = await engine.client()
    await keep_schedules(client, engine.settings)
    handle = client.get_schedule_handle(DAILY)
    await handle.pause(note="Stocktaking.")
    await handle.update(_at_noon)
    await keep_schedules(client, engine.settings)
    schedule = (await handle.describe()).schedule
    assert [one.start for one in schedule.spec.calendars[0].hour] == [6]
    assert (schedule.state.paused, schedule.state.note) == (True, "Stocktaking.")


def _at_noon(known: ScheduleUpdateInput) -> ScheduleUpdate:
    schedule = known.description.schedule
    calendar = replace(schedule.spec.calendars[0], hour=[ScheduleRange(12)])
    schedule.spec = replace(schedule.spec, calendars=[calendar])
    return ScheduleUpdate(schedule=schedule)


async def test_one_of_ours_that_is_not_planned_any_more_goes_and_somebody_else_s_stays(engine: Engine) -> None:
    client = await engine.client()
    plan = planned()[0]
    await client.create_schedule("weekly-report", plan.schedule(engine.settings.task_queue))
    await client.create_schedule("backup", plan.schedule("the-queue-of-something-else"))
    await until_listed(client, {"weekly-report", "backup"})
    await keep_schedules(client, engine.settings)
    await until_listed(client, {*NAMES, "backup"})


@pytest.mark.parametrize("months", [1, 2])
async def test_whoever_asks_late_asks_for_the_days_that_were_over_by_then(months: int) -> None:
    planned_at = london(2025, months + 1, 1, 6)
    told = asked_for("report-monthly", planned_at.astimezone(UTC))
    assert (told.kind, told.first.month, told.last.month) == (ReportKind.MONTHLY, months, months)
    assert told == asked_for("report-monthly", planned_at + timedelta(days=9)), "under the same id"
    assert told.id != asked_for("report-yearly", planned_at).id


@pytest.mark.parametrize("changed", [False, True], ids=["as it was", "changed meanwhile"])
async def test_what_was_missed_while_the_engine_was_away_is_made_up_for(
    engine: Engine, store: Store, working_store: Store, *, changed: bool
) -> None:
    """Killed outright and started again on its file; the schedules are kept anew before anything else."""
    schedule = _every_second(engine.settings.task_queue)
    async with engine.working(working_store) as client:
        await client.create_schedule(DAILY, schedule)
        first = (await until_planned(client, DAILY, 2))[0]
    engine.kill()
    killed = datetime.now(UTC)
    await asyncio.sleep(6)
    await engine.begin_again()
    client = await engine.client()
    wanted = _every_second(engine.settings.task_queue)
    if changed:
        wanted.policy = replace(EACH, catchup_window=timedelta(days=300))
    await bring_up_to_date(client.get_schedule_handle(DAILY), wanted)
    back = datetime.now(LONDON)
    async with engine.working(working_store) as client:
        await _until(client, back)
        each = [first + n * SECOND for n in range((back - first) // SECOND)]
        for _ in range(100):  # the list of runs may follow the runs a little later
            moments = set(await planned_for(client, DAILY))
            if moments.issuperset(each):
                break
            await asyncio.sleep(0.2)
    missed = {moment for moment in moments if killed < moment < back}
    assert len(missed) >= 5
    assert each == sorted(m for m in moments if m < back)[: len(each)]
    assert len(await made(store, ReportKind.NEW_CASES)) == len({moment.date() for moment in moments})


def _every_second(task_queue: str) -> Schedule:
    """As the daily report is asked for otherwise."""
    schedule = Planned(DAILY, ScheduledReport.run, datetime.now(LONDON).time(), EACH).schedule(task_queue)
    each = ScheduleCalendarSpec(second=[ScheduleRange(0, 59)], minute=[ScheduleRange(0, 59)], hour=[_EVERY_HOUR])
    schedule.spec = ScheduleSpec(calendars=[each], time_zone_name=LONDON.key)
    return schedule


_EVERY_HOUR = ScheduleRange(0, 23)


async def _until(client: Client, moment: datetime) -> None:
    async with asyncio.timeout(60):
        while not any(one > moment for one in await planned_for(client, DAILY)):
            await asyncio.sleep(0.2)
    await asyncio.sleep(1)
