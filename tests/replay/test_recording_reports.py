"""The making of a report. `make histories` keeps its history too."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from activities import reporting
from activities.reporting import ReportWanted, asked_of
from policy.reports.kinds import ReportKind
from store import made_reports
from store.made_reports import MadeState
from tests.replay.breaking import Broken
from tests.replay.keeping import replayed_and_kept
from tests.workflows.running import Cases
from workflows.reporting import PREFIX
from workflows.reporting_door import have_made


def wanted() -> ReportWanted:
    return ReportWanted(kind=ReportKind.MONTHLY, first=date(2011, 1, 1), last=date(2011, 1, 31), id=str(uuid4()))


async def test_a_report_that_is_asked_for_twice_is_made_once(cases_here: Cases) -> None:
    case, report = await cases_here.open(), wanted()
    for _ in range(2):
        await have_made(case.door, report)
    async with asyncio.timeout(30):
        await case.door.client.get_workflow_handle(f"{PREFIX}{report.id}").result()
    async with case.store.reading() as db:
        line = await made_reports.by_id(db, report.id)
        made = await made_reports.made_of(db, report.id)
    assert line is not None
    assert (line.state, line.percent, line.by_id) == (MadeState.MADE, 100, "casework")
    assert made is not None
    assert made.pdf.startswith(b"%PDF")
    assert made.published_pdf is None
    assert await replayed_and_kept(case, "report", f"{PREFIX}{report.id}") == report


async def test_one_that_cannot_be_made_says_so_in_the_end(
    cases_here: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the reason, and without a word of it."""
    case, report = await cases_here.open(), wanted()
    broken = Broken()
    monkeypatch.setattr(reporting, "typeset", broken)
    await have_made(case.door, report)
    handle = case.door.client.get_workflow_handle(f"{PREFIX}{report.id}")
    await case.env.fast_forward(handle, timedelta(hours=13))
    async with asyncio.timeout(30):
        await handle.result()
    assert broken.times > 2
    async with case.store.reading() as db:
        line = await made_reports.by_id(db, report.id)
    assert line is not None
    assert line.state is MadeState.FAILED


async def test_one_of_days_that_have_not_come_is_not_tried_again(cases_here: Cases) -> None:
    case = await cases_here.open()
    report = wanted().model_copy(update={"first": date(2199, 1, 1), "last": date(2199, 1, 31)})
    async with case.store.writing() as db:
        await made_reports.ask(db, asked_of(report, "manager-1", datetime.now(UTC), tells=False), "digest")
    await have_made(case.door, report)
    async with asyncio.timeout(30):
        await case.door.client.get_workflow_handle(f"{PREFIX}{report.id}").result()
    async with case.store.reading() as db:
        line = await made_reports.by_id(db, report.id)
    assert line is not None
    assert (line.state, line.by_id) == (MadeState.FAILED, "manager-1")
