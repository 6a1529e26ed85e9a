"""`casework schedules`: each that is planned, when it runs next and how it went."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from temporalio.common import SearchAttributePair, TypedSearchAttributes

from cli.schedules import Line, in_words, schedules
from runtime.settings import Settings
from store.sessions import Store
from tests.given import london
from tests.workflows.by_the_clock import engine_of_its_own, until_planned
from workers.schedules import SELF_AUDIT, keep_schedules, planned
from workflows.scheduled_report import PLANNED_FOR, SCHEDULE, ScheduledReport


async def test_what_is_not_there_what_runs_and_what_is_paused(
    settings: Settings, working_store: Store, tmp_path: Path
) -> None:
    async with engine_of_its_own(tmp_path / "engine", settings, in_memory=True) as engine:
        assert {one.kept for one in await schedules(engine.settings)} == {False}
        async with engine.working(working_store) as client:
            await keep_schedules(client, engine.settings)
            await client.get_schedule_handle("report-yearly").pause(note="Stocktaking.")
            await client.get_schedule_handle(SELF_AUDIT).trigger()
            await until_planned(client, SELF_AUDIT, 1)
        await client.get_schedule_handle("retention").trigger()
        found = await _with_one_running(engine.settings)
        assert [one.name for one in found] == [one.name for one in planned()]
        by_name = {one.name: one for one in found}
        assert by_name[SELF_AUDIT].ended == "done"
        assert by_name[SELF_AUDIT].last is not None
        assert (by_name["report-yearly"].paused, by_name["report-yearly"].next) == (True, None)
        (run,) = [one.id async for one in client.list_workflows("TemporalScheduledById = 'retention'")]
        await client.get_workflow_handle(run).terminate("as if something went wrong")
        await _with_one_failed(engine.settings, "retention")


async def test_a_report_that_could_not_be_made_has_failed(
    settings: Settings, working_store: Store, tmp_path: Path
) -> None:
    """That of a year of which no day has come."""
    new_year = london(2199, 1, 1, 6)
    async with engine_of_its_own(tmp_path / "engine", settings, in_memory=True) as engine:
        async with engine.working(working_store) as client:
            await keep_schedules(client, engine.settings)
            planned_at: list[SearchAttributePair[Any]] = [
                SearchAttributePair(SCHEDULE, "report-yearly"),
                SearchAttributePair(PLANNED_FOR, new_year),
            ]
            await client.start_workflow(
                ScheduledReport.run,
                id="as the schedule would start it then",
                task_queue=engine.settings.task_queue,
                search_attributes=TypedSearchAttributes(planned_at),
            )
            await _with_one_failed(engine.settings, "report-yearly")
        (line,) = [one for one in await schedules(engine.settings) if one.name == "report-yearly"]
        assert (line.last, line.ended, line.failed) == (new_year, "failed", 1)


async def _with_one_running(wanted: Settings) -> list[Line]:
    async with asyncio.timeout(20):
        while True:
            found = await schedules(wanted)
            if any(one.running for one in found):
                return found
            await asyncio.sleep(0.1)


async def _with_one_failed(wanted: Settings, name: str) -> None:
    async with asyncio.timeout(20):
        while [one.name for one in await schedules(wanted) if one.failed] != [name]:
            await asyncio.sleep(0.1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (Line(name="a", kept=False), "there is none: run `casework migrate`"),
        (
            Line(name="a", next=datetime(2026, 6, 1, 5, tzinfo=UTC)),
            "next Monday 1 June 2026 at 06:00; has not run yet; 0 failed",
        ),
        (
            Line(
                name="a",
                paused=True,
                note="Why.",
                last=london(2026, 1, 1, 6),
                ended="done",
                failed=1,
                passed_over=2,
            ),
            "paused (Why.); last Thursday 1 January 2026 at 06:00, done; 1 failed; 2 passed over",
        ),
        (
            Line(name="a", last=london(2026, 1, 1, 6), ended="running", running=1),
            "last Thursday 1 January 2026 at 06:00, running; 1 under way; 0 failed",
        ),
    ],
)
def test_a_line_says_it_in_london_s_time(line: Line, said: str) -> None:
    assert list(in_words([line])) == [f"a  {said}"]
