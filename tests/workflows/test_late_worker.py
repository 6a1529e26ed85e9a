"""What comes while no worker is there meets the same case as it would have met with one."""

import asyncio
from datetime import UTC, datetime, timedelta

from temporalio.testing import WorkflowEnvironment

from runtime.settings import Settings
from store.sessions import Store
from tests.given import contact
from tests.workflows.running import Cases, Pigeonholes
from workers.worker import make_worker


async def test_what_is_kept_late_was_missed_first_though_no_worker_was_there_to_notice(
    skipping: WorkflowEnvironment, settings: Settings, store: Store
) -> None:
    mail = Pigeonholes()
    a_month_ago = datetime.now(UTC) - timedelta(days=31)
    case = await Cases(skipping, skipping.client, store, settings, mail).open(at=a_month_ago)
    recording = asyncio.create_task(case.record(contact(case.now)))
    await asyncio.sleep(0.5)
    async with make_worker(skipping.client, settings, store, mail):
        place = await recording
        lines = await case.until_recorded(place)
    missed = {(line.content or {})["key"] for line in lines[:place] if line.fact == "deadline_missed"}
    assert {"first-contact", "assessment"} <= missed
    assert lines[place - 1].fact == "contact_made"
