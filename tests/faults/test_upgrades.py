"""From one build to another and back while cases run, by the commands of the runbook."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from runtime.embedded.mailbox import start_mailbox
from runtime.embedded.temporal_server import TemporalOptions, start_temporal
from runtime.settings import Settings
from runtime.temporal import SEARCH_ATTRIBUTES
from store.sessions import Store
from tests.another_tree import changed, copied
from tests.faults.builds import environment, on_build, opened, worker
from tests.readme.shell import Shell, blocks
from tests.scale import some
from tests.workflows.running import Case

CASES = some(5, in_all=100)
SOON = {
    "matching.wv.VersionDrainageStatusVisibilityGracePeriod": "1s",
    "matching.wv.VersionDrainageStatusRefreshInterval": "1s",
}
"""The engine's looks at whether a build has anything left; minutes elsewhere."""


@pytest_asyncio.fixture(loop_scope="session")
async def alone(settings: Settings, tmp_path: Path) -> AsyncIterator[Settings]:
    """With an engine of its own, which knows one deployment."""
    options = TemporalOptions(SEARCH_ATTRIBUTES, dynamic_config=SOON, in_memory=True, with_ui=False)
    server = await start_temporal(tmp_path / "temporal", options)
    mailbox = await start_mailbox(tmp_path / "mail")
    yield settings.model_copy(update={"temporal_address": server.target, "smtp_port": mailbox.port})
    await mailbox.stop()
    await server.stop()


async def shell_of(settings: Settings, tree: Path, folder: Path) -> Shell:
    folder.mkdir()
    shell = await Shell.opened(folder)
    for name, value in environment(settings, tree).items():
        await shell.run(f"export {name}='{value}'")
    return shell


def a_release_that_does_something_else(repository: Path, folder: Path) -> Path:
    """Nothing that the release before has begun replays on it."""
    tree = copied(repository, folder)
    changed(
        tree,
        "workflows/loop.py",
        "        while True:\n            self._stirred = False\n",
        "        await workflow.sleep(0.001)\n        while True:\n            self._stirred = False\n",
    )
    return tree


async def waited_briefly(case: Case) -> bool:
    """Its next deadline is days away."""
    return "TIMER_FIRED" in await case.events()


@pytest.mark.timeout(600)
async def test_the_runbook_takes_running_cases_to_another_build_and_back(
    alone: Settings, store: Store, repository: Path, tmp_path: Path
) -> None:
    _, look, go, drain, verify, back, _ = blocks((repository / "docs/runbooks/deploy.md").read_text(), "sh")
    queue, later = alone.task_queue, a_release_that_does_something_else(repository, tmp_path / "later")
    shell = await shell_of(alone, repository, tmp_path / "shell")
    workers = {"0.1.0": await worker(alone, repository, "0.1.0", tmp_path)}
    try:
        await shell.run("casework deploy to 0.1.0")
        office, ids = await opened(alone, store, CASES)
        assert await on_build(office.client, queue) == {"0.1.0": ids}

        workers["0.2.0"] = await worker(alone, later, "0.2.0", tmp_path)
        async with office.all_the_while():
            told = await shell.run(go, 120)
            assert "All that runs is on 0.2.0." in told
            assert await on_build(office.client, queue) == {"0.2.0": ids}
            assert "Yes: nothing is with 0.1.0." in await shell.run(drain, 120)
            await workers.pop("0.1.0").stop()
            listed = await shell.run(look)
            assert f"0.2.0  current        case {CASES}, " in listed
            assert "0.1.0  drained        nothing runs" in listed
        assert await waited_briefly(office.cases[0]), "what runs is what 0.2.0 does"

        workers["0.1.0"] = await worker(alone, repository, "0.1.0", tmp_path)
        async with office.all_the_while():
            assert "Yes: nothing is with 0.2.0." in await shell.run(back, 120)
        assert await on_build(office.client, queue) == {"0.1.0": ids}
        assert not await waited_briefly(office.cases[0])
        await workers.pop("0.2.0").stop()
        await office.all_kept_once()
        assert "everything holds" in await shell.run(verify, 120)
    finally:
        for one in workers.values():
            await one.stop()
        await shell.close()


@pytest.mark.timeout(600)
async def test_a_case_whose_build_has_no_worker_waits_and_is_freed(
    alone: Settings, store: Store, repository: Path, tmp_path: Path
) -> None:
    *_, free = blocks((repository / "docs/runbooks/deploy.md").read_text(), "sh")
    queue = alone.task_queue
    shell = await shell_of(alone, repository, tmp_path / "shell")
    workers = {"0.2.0": await worker(alone, repository, "0.2.0", tmp_path)}
    try:
        await shell.run("casework deploy to 0.2.0")
        office, ids = await opened(alone, store, 3)
        with pytest.raises(AssertionError, match="No: something may still be with"):
            await shell.run("casework deploy drained 0.2.0")
        gone = workers.pop("0.2.0")
        gone.process.kill()
        gone.process.wait()
        with pytest.raises(AssertionError, match="Nothing would take it up"):
            await shell.run(free, 120)
        workers["0.1.0"] = await worker(alone, repository, "0.1.0", tmp_path)
        with pytest.raises(AssertionError, match=f"not yet: {ids[0]}"):
            await shell.run("casework deploy to 0.1.0 --wait 3")
        [case, *_] = office.cases
        case.door = replace(case.door, seconds=2)
        recording = asyncio.create_task(office.record(case))
        await asyncio.sleep(3)
        assert not recording.done()
        assert await on_build(office.client, queue) == {"0.2.0": ids}

        assert "Nothing is with 0.2.0 any more." in await shell.run(free, 120)
        await recording
        assert await on_build(office.client, queue) == {"0.1.0": ids}
        described = await case.handle.describe()
        bound = described.raw_description.workflow_execution_info.versioning_info
        assert not bound.HasField("versioning_override")
        await office.all_kept_once()
    finally:
        for one in workers.values():
            await one.stop()
        await shell.close()
