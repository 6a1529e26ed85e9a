"""What somebody else writes at the engine's port: no fact comes of it."""

import asyncio
from asyncio.subprocess import DEVNULL
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHandle, WorkflowQueryFailedError, WorkflowUpdateFailedError
from temporalio.common import RawValue
from temporalio.worker import Worker

from runtime.embedded.temporal_server import temporal_cli
from runtime.encryption import OF_THE_SERVER, WORKFLOW, payloads_in
from runtime.settings import Settings
from store import cases, timeline
from store.sessions import Store
from tests.encrypted import PLAIN_CONVERTER
from tests.given import EDITION, OFFICER, contact, empty_file, entry, report
from tests.replay.replaying import replayed
from tests.workflows.running import Case, Cases
from workers.worker import runner
from workflows.case import CaseWorkflow
from workflows.case_door import CaseDoor, OutcomeUnknown
from workflows.case_kind import workflow_id


async def plainly(client: Client) -> Client:
    """Reaches the engine and has no key."""
    target = client.service_client.config.target_host
    return await Client.connect(target, namespace=client.namespace, data_converter=PLAIN_CONVERTER)


@pytest_asyncio.fixture(loop_scope="session")
async def stranger(cases_here: Cases) -> Client:
    return await plainly(cases_here.client)


def to(stranger: Client, case: Case) -> WorkflowHandle[Any, Any]:
    return stranger.get_workflow_handle(workflow_id(case.ref))


async def goes_on(case: Case, seq: int) -> None:
    """After `seq` facts and no other, a further one is taken; and all of it replays."""
    assert await case.record(contact(case.now)) == seq + 1
    await case.until_recorded(seq + 1)
    await case.events_when_idle()
    assert (await case.standing()).seq == len(await case.timeline()) == seq + 1
    standing = await case.standing()
    assert await replayed(await case.handle.fetch_history()) == standing


async def settled(case: Case) -> int:
    await case.events_when_idle()
    return (await case.standing()).seq


async def test_what_is_not_encrypted_is_left_out_and_the_case_goes_on(cases_here: Cases, stranger: Client) -> None:
    case = await cases_here.open()
    seq = await settled(case)
    forged, told = to(stranger, case), entry(case.again(), OFFICER, case.now)
    await forged.signal("incident", told)
    await forged.signal("heard", {"fact": "legal_action_begun"})
    await forged.signal("observed", None)
    await forged.signal("heard", RawValue(OF_THE_SERVER))
    with pytest.raises(WorkflowUpdateFailedError):
        await forged.execute_update("record", entry(contact(case.now), OFFICER, case.now))
    with pytest.raises(WorkflowQueryFailedError):
        await forged.query("standing", "now")
    await goes_on(case, seq)
    assert "WORKFLOW_TASK_FAILED" not in await case.events()


async def test_by_the_signal_for_incidents_nothing_else_is_recorded(cases_here: Cases) -> None:
    case = await cases_here.open()
    seq = await settled(case)
    await case.handle.signal(CaseWorkflow.incident, entry(contact(case.now), OFFICER, case.now))
    await goes_on(case, seq)


async def test_nothing_begins_with_what_is_not_encrypted(cases_here: Cases, stranger: Client) -> None:
    ref, now = "CW-2023-900001", datetime.now(UTC)
    await CaseDoor(stranger, cases_here.settings.task_queue).open(empty_file(now.date(), ref), entry(report(now)))
    handle = stranger.get_workflow_handle(workflow_id(ref))
    async with asyncio.timeout(60):
        async for event in handle.fetch_history_events(wait_new_event=True):
            if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
                break
    async with cases_here.store.reading() as db:
        assert await timeline.entries_of(db, ref) == []
    await handle.terminate()


def sent(history: Any) -> Iterator[tuple[str, Payload]]:
    """What the case was told by signals and updates, as it stands there."""
    for event in history.events:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
            yield "incident", event.workflow_execution_signaled_event_attributes.input.payloads[0]
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
            request = event.workflow_execution_update_accepted_event_attributes.accepted_request
            yield "record", request.input.args.payloads[0]


async def told_to(case: Case) -> dict[str, Payload]:
    await case.record(contact(case.now))
    await case.door.incident(case.ref, entry(case.again(), OFFICER, case.now))
    await settled(case)
    return dict(sent(await case.handle.fetch_history()))


async def test_what_one_case_was_told_is_no_news_to_another(cases_here: Cases, stranger: Client) -> None:
    one, other = await cases_here.open(), await cases_here.open()
    seq, copied = await settled(other), await told_to(one)
    assert copied.keys() == {"incident", "record"}
    forged = to(stranger, other)
    for payload in copied.values():
        await forged.signal("incident", RawValue(payload))
    with pytest.raises(WorkflowUpdateFailedError):
        await forged.execute_update("record", RawValue(copied["record"]))
    await goes_on(other, seq)
    assert "WORKFLOW_TASK_FAILED" not in await other.events()


async def test_under_another_case_s_name_it_is_not_read_either(cases_here: Cases, stranger: Client) -> None:
    """It may be a key that is wrong, so the case waits, as for a key that is not there, until somebody takes the
    signal back as ADR 21 says.
    """
    one, other = await cases_here.open(), await cases_here.open()
    seq, copied = await settled(other), await told_to(one)
    payload = copied["incident"]
    payload.metadata[WORKFLOW] = workflow_id(other.ref).encode()
    await to(stranger, other).signal("incident", RawValue(payload))
    async with asyncio.timeout(60):
        while "WORKFLOW_TASK_FAILED" not in await other.events():
            await asyncio.sleep(0.05)
    assert len(await other.timeline()) == seq
    how = ["workflow", "reset", "--type", "LastWorkflowTask", "--reapply-exclude", "Signal", "--reason", "forged"]
    engine = stranger.service_client.config.target_host
    done = await asyncio.create_subprocess_exec(
        temporal_cli(), *how, "--address", engine, "--workflow-id", workflow_id(other.ref), stdout=DEVNULL
    )
    assert await done.wait() == 0
    assert await other.record(contact(other.now)) == seq + 1
    assert len(await other.until_recorded(seq + 1)) == seq + 1


async def test_each_payload_is_for_the_workflow_that_it_is_given_to(cases_here: Cases) -> None:
    case = await cases_here.open()
    await told_to(case)
    events = (await case.handle.fetch_history()).events
    names = {payload.metadata.get(WORKFLOW) for event in events for payload in payloads_in(event)}
    assert names - {None} == {workflow_id(case.ref).encode()}, "search attributes are for none"


async def test_an_answer_that_is_not_ours_is_no_answer(client: Client, settings: Settings, store: Store) -> None:
    """Whoever answers in a worker's place has no key."""
    now = datetime.now(UTC)
    async with store.writing() as db:
        ref = await cases.next_ref(db, now.year)
        file = await cases.register(db, ref, EDITION.ref, empty_file(now.date()).closure_days, now)
    stranger = await plainly(client)
    await CaseDoor(stranger, settings.task_queue).open(file, entry(report(now)))
    async with Worker(
        stranger, task_queue=settings.task_queue, workflows=[CaseWorkflow], workflow_runner=runner()
    ):
        with pytest.raises(OutcomeUnknown, match="not encrypted"):
            await CaseDoor(client, settings.task_queue, seconds=20).standing(ref)
    await stranger.get_workflow_handle(workflow_id(ref)).terminate()
