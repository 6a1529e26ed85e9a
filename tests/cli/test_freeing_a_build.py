"""What is still with a build that has no workers goes on under the current one, or stays with its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from rich.progress import Progress
from temporalio.client import Client

from cli.builds import Builds, NotPossible
from runtime.settings import Settings
from store.sessions import Store
from tests.given import contact
from tests.workers.at_work import Office
from tests.workflows.running import Pigeonholes
from workers.worker import make_worker
from workflows.case_kind import workflow_id
from workflows.work import Work


@pytest.fixture
def office(client: Client, settings: Settings, working_store: Store, task_queue: str) -> Office:
    """Tests share one Temporal, where each installation has a name."""
    here = settings.model_copy(update={"deployment": f"office-{task_queue}"})
    return Office(client, here, working_store)


@asynccontextmanager
async def working(office: Office, build: str) -> AsyncIterator[None]:
    settings = office.settings.model_copy(update={"build_id": build})
    async with make_worker(office.client, settings, office.store, Pigeonholes(), only=[Work.CASES]):
        yield


async def overridden(office: Office, ref: str) -> bool:
    described = await office.client.get_workflow_handle(workflow_id(ref)).describe()
    return described.raw_description.workflow_execution_info.versioning_info.HasField("versioning_override")


async def test_a_build_whose_workers_answer_is_not_freed_and_what_nobody_takes_up_is_with_its_own_again(
    office: Office,
) -> None:
    builds = await Builds.of(office.settings)
    with Progress(disable=True) as progress:
        async with working(office, "old"):
            await builds.go_to("old", progress, 30)
            ref = await office.opened()
            await office.told(ref, contact(datetime.now(UTC)))
            async with working(office, "new"):
                assert await builds.go_to("new", progress, 0) == [workflow_id(ref)]
            with pytest.raises(NotPossible, match="A worker of old still answers"):
                await builds.free("old", progress, 3)
            assert not await overridden(office, ref)
        assert await builds.free("old", progress, 3) == [workflow_id(ref)]
        assert not await overridden(office, ref)
        async with working(office, "old"):
            await office.told(ref, contact(datetime.now(UTC)))
