"""What a worker failed at, or came while its case begins a new run, is asked again, and not for ever."""

from dataclasses import dataclass
from typing import Any

import pytest
from temporalio import client, worker, workflow
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper
from temporalio.worker import HandleQueryInput, WorkflowInboundInterceptor, WorkflowInterceptorClassInput

from runtime.settings import Settings
from store.sessions import Store
from tests.given import contact, entry
from tests.workflows.running import Cases, Pigeonholes
from workers.worker import make_worker
from workflows.case_door import CaseDoor, CaseFaulty
from workflows.door import EngineAway


class _Stumbling(WorkflowInboundInterceptor):
    async def handle_query(self, input: HandleQueryInput) -> object:  # noqa: A002 - the SDK's name
        workflow.extern_functions()["stumble"]()
        return await super().handle_query(input)


@dataclass
class Stumbles(client.Interceptor, worker.Interceptor):
    """Fails at as many of the next questions."""

    times: int

    def stumble(self) -> None:
        if self.times:
            self.times -= 1
            raise ValueError(self.times)

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002 - the SDK's name
    ) -> type[WorkflowInboundInterceptor]:
        input.unsafe_extern_functions["stumble"] = self.stumble
        return _Stumbling


async def asked(skipping: TimeSkipper, settings: Settings, store: Store, stumbles: Stumbles) -> str:
    """What a case answers whose worker stumbles, asked as the API does."""
    config = skipping.client.config(active_config=False)
    stumbling = client.Client(**config | {"interceptors": [stumbles]})
    mail = Pigeonholes()
    async with make_worker(stumbling, settings, store, mail):
        case = await Cases(skipping, skipping.client, store, settings, mail).open()
        await case.until_recorded(1)
        return (await CaseDoor(skipping.client, settings.task_queue).live(case.ref)).ref


async def test_a_question_that_a_worker_failed_at_is_asked_again(
    skipping: TimeSkipper, settings: Settings, store: Store
) -> None:
    stumbles = Stumbles(times=2)
    assert await asked(skipping, settings, store, stumbles)
    assert not stumbles.times


async def test_a_question_that_always_fails_is_a_fault(
    skipping: TimeSkipper, settings: Settings, store: Store
) -> None:
    with pytest.raises(CaseFaulty):
        await asked(skipping, settings, store, Stumbles(times=100))


@dataclass
class Closing(client.Interceptor):
    """Says of as many facts what the engine says of those that come while a case begins a new run."""

    times: int

    def intercept_client(self, next: client.OutboundInterceptor) -> client.OutboundInterceptor:  # noqa: A002 - as above
        return _Closing(next, self)


class _Closing(client.OutboundInterceptor):
    def __init__(self, following: client.OutboundInterceptor, closing: Closing) -> None:
        super().__init__(following)
        self.closing = closing

    async def start_workflow_update(
        self,
        input: client.StartWorkflowUpdateInput,  # noqa: A002 - as above
    ) -> client.WorkflowUpdateHandle[Any]:
        if self.closing.times:
            self.closing.times -= 1
            raise RPCError("workflow is closing", RPCStatusCode.RESOURCE_EXHAUSTED, b"")
        return await super().start_workflow_update(input)


@pytest.mark.parametrize(("times", "taken"), [(3, True), (100, False)])
async def test_a_fact_that_comes_while_its_case_begins_a_new_run_is_told_again(
    cases_here: Cases, times: int, taken: bool
) -> None:
    case = await cases_here.open()
    await case.until_recorded(1)
    config = cases_here.client.config(active_config=False)
    closing = client.Client(**config | {"interceptors": [Closing(times)]})
    door, fact = CaseDoor(closing, cases_here.settings.task_queue), entry(contact(case.now), recorded_at=case.now)
    if taken:
        await case.until_recorded((await door.record(case.ref, fact)).seq)
        assert (await case.facts()).count("contact_made") == 1
    else:
        with pytest.raises(EngineAway):
            await door.record(case.ref, fact)
