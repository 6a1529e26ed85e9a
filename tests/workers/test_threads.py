"""Workflow code has few threads, of our own."""

from threading import enumerate as all_threads

from tests.workers.at_work import Office
from tests.workflows.running import Pigeonholes
from workers.worker import make_worker


async def test_workflow_code_does_not_run_in_the_threads_that_the_sdk_would_start(office: Office) -> None:
    """It starts one for each run that is let go: at a container's limit none is let go any more."""
    before = set(all_threads())
    async with make_worker(office.client, office.settings, office.store, Pigeonholes()):
        await office.door.standing(await office.opened())
        begun = {one.name.rpartition("_")[0] for one in set(all_threads()) - before}
    assert "workflow" in begun
    assert not [name for name in begun if name.startswith("temporal_workflow")]
