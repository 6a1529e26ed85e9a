import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.request import urlopen

import pytest
from elsewhere import started_elsewhere
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import (
    SearchAttributeIndexedValueType,
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
)

from runtime.embedded.processes import FolderInUse, sole_use
from runtime.embedded.temporal_server import (
    TemporalDidNotStart,
    TemporalOptions,
    start_temporal,
)

STAGE = SearchAttributeKey.for_keyword("Stage")
TEAMS = SearchAttributeKey.for_keyword_list("Teams")


async def started(
    target: str, workflow: str, *attributes: SearchAttributePair[str] | SearchAttributePair[Sequence[str]]
) -> Client:
    client = await Client.connect(target)
    await client.start_workflow(
        "Nothing", id=workflow, task_queue="none", search_attributes=TypedSearchAttributes([*attributes])
    )
    return client


async def test_it_keeps_its_workflows_and_learns_search_attributes_added_later(tmp_path: Path) -> None:
    first = await start_temporal(
        tmp_path / "t", TemporalOptions({"Stage": SearchAttributeIndexedValueType.KEYWORD})
    )
    await started(first.target, "one", SearchAttributePair(STAGE, "open"))
    assert first.ui is not None
    assert (await asyncio.to_thread(urlopen, first.ui)).status == 200
    await first.stop()
    assert first.child.process.returncode == 0
    assert (tmp_path / "t" / "temporal.db").stat().st_mode & 0o777 == 0o600

    kinds = {each.name: each.indexed_value_type for each in (STAGE, TEAMS)}
    second = await start_temporal(tmp_path / "t", TemporalOptions(kinds))
    try:
        assert (second.target, second.ui) == (first.target, first.ui)
        client = await started(second.target, "two", SearchAttributePair(TEAMS, ["north", "legal"]))
        status = (await client.get_workflow_handle("one").describe()).status
        assert status is WorkflowExecutionStatus.RUNNING
    finally:
        await second.stop()


async def test_in_memory_it_leaves_no_database_and_takes_settings(tmp_path: Path) -> None:
    options = TemporalOptions(
        in_memory=True, with_ui=False, dynamic_config={"frontend.WorkflowTimeSkippingEnabled": True}
    )
    server = await start_temporal(tmp_path / "t", options)
    try:
        await started(server.target, "one")
        assert server.ui is None
        assert not (tmp_path / "t" / "temporal.db").exists()
        with pytest.raises(FolderInUse):
            await start_temporal(tmp_path / "t", options, patience=0.2)
    finally:
        await server.stop()


async def test_it_ends_when_whoever_started_it_is_killed(tmp_path: Path) -> None:
    with started_elsewhere("temporal", tmp_path / "t") as parent:
        await started(parent.where, "one")
        parent.kill()
        async with sole_use(tmp_path / "t", 5):
            pass
        with pytest.raises(RuntimeError, match="Failed client connect"):
            await Client.connect(parent.where)


async def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "temporal.db").write_text("this is no database")
    with pytest.raises(TemporalDidNotStart, match=r"(?s)temporal\.log.*database"):
        await start_temporal(tmp_path / "t", patience=5)


async def test_a_program_that_is_not_temporal_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(TemporalDidNotStart):
        await start_temporal(tmp_path / "t", cli=Path(str(shutil.which("true"))))
