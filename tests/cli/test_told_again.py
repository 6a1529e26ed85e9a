"""What only the engine had of a case comes back with `casework reconcile`, but for what it had failed on."""

from datetime import UTC, datetime

import pytest
from rich.progress import Progress
from temporalio import workflow
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from cli.reconcile import reconcile
from policy.facts import Entry
from policy.facts.closing import CaseClosed, Closing
from policy.facts.promising import PromiseMade
from runtime.settings import Settings
from store.sessions import Store
from tests.given import contact, entry
from tests.workers.at_work import Office, until
from tests.workflows.running import Pigeonholes
from workers.worker import make_worker
from workflows.case import CaseWorkflow
from workflows.case_door import CaseFaulty
from workflows.case_kind import CaseStart
from workflows.loop import Receipt


@workflow.defn(name=CaseWorkflow.__name__)
class FaultyBuild:
    """Takes whatever is brought, writes none of it down, and fails on promises once it has taken them."""

    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        self.seq = start.file.seq

    @workflow.run
    async def run(self, start: CaseStart) -> None:  # noqa: ARG002 - Temporal gives run what it gave __init__
        await workflow.wait_condition(lambda: False)

    @workflow.update
    def record(self, entry: Entry) -> Receipt:
        if isinstance(entry.fact, PromiseMade):
            raise ApplicationError("A fault.", non_retryable=True)
        self.seq += 1
        return Receipt(seq=self.seq, digest=entry.digest)


async def test_a_fact_on_which_its_case_failed_after_taking_it_is_not_told_again(
    client: Client, settings: Settings, working_store: Store
) -> None:
    office = Office(client, settings, working_store)
    async with Worker(
        client,
        task_queue=settings.task_queue,
        workflows=[FaultyBuild],
        workflow_runner=UnsandboxedWorkflowRunner(),
    ):
        ref, now = await office.opened(), datetime.now(UTC)
        await office.door.record(ref, entry(contact(now)))
        closed = CaseClosed(at=now, closing=Closing.WITH_LETTER, reasons="He moved out.")
        await office.door.record(ref, entry(closed))
        with pytest.raises(CaseFaulty):
            await office.door.record(ref, entry(PromiseMade(at=now, words="To ring on Monday.")))
    await office.door.end(ref, "what runs is lost")

    said = list[str]()
    async with make_worker(client, settings, working_store, Pigeonholes()):
        done = await reconcile(settings, Progress(disable=True), apply=True, say=said.append)
        await until(lambda: office.has(ref, "contact_made"))
    assert not await office.has(ref, "promise_made")
    [left] = done.left
    assert left.startswith(f"{ref}: case closed of ")
    assert "is not taken again: " in left
    assert [one for one in said if "for you" in one] == [f"  for you: {left}"]
