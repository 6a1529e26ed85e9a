"""What comes while no worker is there meets the same case as it would have met with one."""

import asyncio
from datetime import UTC, datetime, timedelta

from temporalio.testing import TimeSkipper

from runtime.settings import Settings
from store.sessions import Store
from tests.given import SUPERVISOR, assessed, contact
from tests.policy.happenings import incident
from tests.workflows.running import Cases, Pigeonholes
from workers.worker import make_worker


async def test_what_is_kept_late_was_missed_first_though_no_worker_was_there_to_notice(
    skipping: TimeSkipper, settings: Settings, store: Store
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


async def test_so_is_what_was_owed_and_late_at_once_by_a_fact_that_came_just_before(
    skipping: TimeSkipper, settings: Settings, store: Store
) -> None:
    """An incident that is written down days late is owed a look by a day that has passed."""
    mail, now = Pigeonholes(), datetime.now(UTC)
    async with make_worker(skipping.client, settings, store, mail):
        case = await Cases(skipping, skipping.client, store, settings, mail).open(at=now - timedelta(days=12))
        before = await case.record(contact(now))
        await case.until_recorded(before)
    told = asyncio.create_task(case.record(incident(now - timedelta(days=10)), SUPERVISOR))
    await asyncio.sleep(0.5)
    looked = asyncio.create_task(case.record(assessed(now)))
    await asyncio.sleep(0.5)
    async with make_worker(skipping.client, settings, store, mail):
        places = await asyncio.gather(told, looked)
        lines = await case.until_recorded(max(places))
    between = lines[places[0] : places[1] - 1]
    assert "further-incident" in {(line.content or {}).get("key") for line in between}
