"""retention on a real server: started by its schedule, proposes what is over, erases what was approved."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from temporalio.client import Client

from activities.retention import Keeper, Turn
from gateways.evidence_files import opened
from policy.retention import facts as keeping
from policy.retention.record import State
from runtime.settings import Settings
from store import retention
from store.sessions import Store
from tests.given import entry, report
from tests.store.erasing import (
    DAY,
    NEEDLES,
    OVER,
    REPORTED,
    approved,
    closed_case,
    decided,
    everything_of_somebody,
    found,
)
from tests.workflows.running import Pigeonholes
from workers.schedules import RETENTION, keep_schedules
from workers.worker import make_worker
from workflows.retention import Kept, Retention


async def test_a_night_proposes_and_after_an_approval_and_its_days_another_erases(
    client: Client, settings: Settings, store: Store, working_store: Store
) -> None:
    held = await everything_of_somebody(store)

    async def night(at: datetime) -> Kept:
        return await client.execute_workflow(
            Retention.run, Kept(at=at), id=f"retention-{uuid4()}", task_queue=settings.task_queue
        )

    async with make_worker(client, settings, working_store, Pigeonholes()):
        first = await night(OVER)
        assert (first.proposed, first.erased) == (1, 0)
        assert (await night(OVER)).proposed == 0
        await decided(store, held.case, keeping.ErasureApproved(at=OVER))
        assert (await night(OVER + 14 * DAY)).erased == 0
        last = await night(OVER + 15 * DAY)
    assert (last.proposed, last.erased, last.not_erased) == (0, 1, 0)
    assert await found(store, NEEDLES[0]) == set()


@pytest.mark.parametrize("proposing", [True, False])
async def test_a_record_that_cannot_be_read_keeps_no_other_from_its_night(
    settings: Settings, store: Store, working_store: Store, *, proposing: bool
) -> None:
    """The unreadable one comes first."""
    broken = await closed_case(store, entry(report(REPORTED)))
    held = await everything_of_somebody(store)
    for ref in () if proposing else (broken, held.case):
        await approved(store, ref)
    async with store.writing() as db:
        unreadable = text("UPDATE cases SET file = jsonb_set(file, '{seq}', '{}') WHERE ref = :ref")
        await db.connection.execute(unreadable, {"ref": broken})
    keeper = Keeper(working_store, opened(settings.evidence_url))
    if proposing:
        assert (await keeper.propose(Turn(at=OVER))).done == 1
    else:
        done = await keeper.erase(Turn(at=OVER + 15 * DAY))
        assert (done.done, done.not_done) == (1, 1)


async def test_only_what_was_erased_is_said_to_be(store: Store, working_store: Store, tmp_path: Path) -> None:
    """Its days are not over at first."""
    held = await everything_of_somebody(store)
    await approved(store, held.case)
    keeper = Keeper(working_store, opened(tmp_path.as_uri()))
    with capture_logs() as said:
        assert (await keeper.erase(Turn(at=OVER + DAY))).done == 0
        assert [one for one in said if one["event"] == "erased"] == []
        assert (await keeper.erase(Turn(at=OVER + 15 * DAY))).done == 1
    assert [one["record"] for one in said if one["event"] == "erased"] == [held.case]


async def test_the_schedule_starts_it(
    client: Client, settings: Settings, store: Store, working_store: Store
) -> None:
    held = await everything_of_somebody(store)
    await keep_schedules(client, settings)
    async with make_worker(client, settings, working_store, Pigeonholes()):
        await client.get_schedule_handle(RETENTION).trigger()
        async with asyncio.timeout(60):
            while True:
                async with store.reading() as db:
                    file = await retention.file_of(db, held.case)
                if file.state is State.PROPOSED:
                    break
                await asyncio.sleep(0.05)
    assert file.proposal is not None
    assert file.proposal.last < (datetime.now(UTC) + timedelta(days=1)).date()
