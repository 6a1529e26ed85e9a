"""A question that a worker failed at is asked again; one that no answer comes to is said to be faulty."""

from dataclasses import dataclass

import pytest
from temporalio import client, worker, workflow
from temporalio.testing import TimeSkipper
from temporalio.worker import HandleQueryInput, WorkflowInboundInterceptor, WorkflowInterceptorClassInput

from runtime.settings import Settings
from store.sessions import Store
from tests.workflows.running import Cases, Pigeonholes
from workers.worker import make_worker
from workflows.case_door import CaseDoor, CaseFaulty


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
