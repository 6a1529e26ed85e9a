"""Histories of every release replay, and lead to the standing that they led to."""

import json
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.workflow import NondeterminismError

from activities.packing import Packing
from activities.reporting import ReportWanted
from activities.trying_editions import Trying
from policy.frozen import Frozen
from policy.procedures.kinds import KINDS
from policy.standing import Standing
from tests.encrypted import PLAIN_CONVERTER
from tests.replay.replaying import replayed
from workflows import packing, reporting, trying_editions
from workflows.case import CaseWorkflow
from workflows.case_kind import CaseStart

HISTORIES = Path(__file__).parent / "histories"
RECORDED = sorted(path for path in HISTORIES.glob("*/*.json") if not path.name.endswith(".standing.json"))


_IN_THE_BACKGROUND: dict[str, type[Frozen]] = {
    packing.PREFIX: Packing,
    reporting.PREFIX: ReportWanted,
    trying_editions.PREFIX: Trying,
}
"""What is made in the background ends with what it is about."""


def history(path: Path) -> WorkflowHistory:
    stored = json.loads(path.read_text())
    return WorkflowHistory.from_json(stored["workflow_id"], stored["history"])


def test_there_are_histories_of_each_release() -> None:
    assert {path.parent.name for path in RECORDED} >= {"0.1.0"}


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_a_history_replays_to_the_standing_it_led_to(path: Path) -> None:
    told = history(path)
    kind = KINDS.get(told.workflow_id.partition("/")[0])
    end: type[Frozen] = Standing if kind is None else kind.rulebook.file
    for prefix, about in _IN_THE_BACKGROUND.items():
        end = about if told.workflow_id.startswith(prefix) else end
    assert await replayed(told, PLAIN_CONVERTER) == end.model_validate_json(
        path.with_suffix(".standing.json").read_text()
    )


@workflow.defn(name="CaseWorkflow", sandboxed=False)
class Careless:
    """The case with a wait put before everything else."""

    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        self.case = CaseWorkflow(start)

    @workflow.run
    async def run(self, start: CaseStart) -> Standing:
        await workflow.sleep(1)
        return await self.case.run(start)

    record = CaseWorkflow.record
    incident = CaseWorkflow.incident

    @property
    def loop(self) -> object:
        return self.case.loop


async def test_a_careless_change_is_caught() -> None:
    with pytest.raises(NondeterminismError):
        await replayed(history(RECORDED[0].with_name("ordinary.json")), PLAIN_CONVERTER, [Careless])
