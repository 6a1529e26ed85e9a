"""A case whose key is not there waits for it, and loses nothing."""

import asyncio
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus

from policy.facts.reporting import Channel, IncidentReported
from runtime.settings import Settings
from runtime.temporal import connect
from store import cases, timeline
from store.sessions import Store
from tests.given import EDITION, contact, empty_file, entry, report
from tests.keys import keys
from tests.workflows.running import Pigeonholes
from workers.worker import make_worker
from workflows.case_door import CaseDoor, OutcomeUnknown
from workflows.case_kind import workflow_id


def under(settings: Settings, *ids: str, active: str) -> Settings:
    return settings.model_copy(update={"encryption_keys": SecretStr(keys(*ids)), "encryption_key": active})


async def facts(store: Store, ref: str) -> list[str]:
    async with store.reading() as db:
        return [line.fact for line in await timeline.entries_of(db, ref)]


async def until_it_has(store: Store, ref: str, fact: str) -> None:
    async with asyncio.timeout(60):
        while fact not in await facts(store, ref):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("cached", [100, 0], ids=["the-case-in-memory", "the-case-read-anew"])
async def test_a_case_waits_for_a_key_that_its_worker_does_not_have_and_then_goes_on(
    settings: Settings, store: Store, cached: int
) -> None:
    settings = settings.model_copy(update={"max_cached_cases": cached})
    first, both = under(settings, "k1", active="k1"), under(settings, "k1", "k2", active="k2")
    async with store.writing() as db:
        now = datetime.now(UTC)
        ref = await cases.next_ref(db, now.year)
        file = await cases.register(db, ref, EDITION.ref, empty_file(now.date()).closure_days, now)
    ahead = CaseDoor(await connect(both, lazy=False), settings.task_queue, seconds=2)
    told = entry(contact(datetime.now(UTC)))
    async with make_worker(await connect(first, lazy=False), first, store, Pigeonholes()):
        behind = CaseDoor(await connect(first, lazy=False), settings.task_queue, seconds=20)
        await behind.open(file, entry(report(now)))
        await until_it_has(store, ref, "report_received")
        with pytest.raises(OutcomeUnknown):
            await ahead.record(ref, told)
        again = IncidentReported(at=datetime.now(UTC), channel=Channel.PHONE, words="Again.")
        await ahead.incident(ref, entry(again, recorded_at=again.at))
        await asyncio.sleep(0.5)
    handle = ahead.client.get_workflow_handle(workflow_id(ref))
    assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
    kinds = {event.event_type async for event in handle.fetch_history_events()}
    assert EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED in kinds
    ahead = CaseDoor(ahead.client, settings.task_queue, seconds=20)
    async with make_worker(await connect(both, lazy=False), both, store, Pigeonholes()):
        await ahead.record(ref, told)
        await until_it_has(store, ref, "contact_made")
        await until_it_has(store, ref, "incident_reported")
        told_once = [fact for fact in await facts(store, ref) if fact in {"contact_made", "incident_reported"}]
        assert len(told_once) == 2


async def test_an_answer_under_a_key_that_the_api_does_not_have_may_have_happened(
    settings: Settings, store: Store
) -> None:
    """Said as it is: ask again with the same key, and nothing is recorded twice."""
    first, both = under(settings, "k1", active="k1"), under(settings, "k1", "k2", active="k2")
    async with store.writing() as db:
        now = datetime.now(UTC)
        ref = await cases.next_ref(db, now.year)
        file = await cases.register(db, ref, EDITION.ref, empty_file(now.date()).closure_days, now)
    behind = CaseDoor(await connect(first, lazy=False), settings.task_queue, seconds=20)
    async with make_worker(await connect(both, lazy=False), both, store, Pigeonholes()):
        await behind.open(file, entry(report(now)))
        told = entry(contact(datetime.now(UTC)))
        for _ in range(2):
            with pytest.raises(OutcomeUnknown, match="k2"):
                await behind.record(ref, told)
        await until_it_has(store, ref, "contact_made")
        with pytest.raises(OutcomeUnknown, match="k2"):
            await behind.standing(ref)
    assert (await facts(store, ref)).count("contact_made") == 1
