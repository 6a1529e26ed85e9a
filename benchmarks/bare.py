"""What the product is compared with: a workflow that does nothing, and the least that keeps a record."""

from dataclasses import dataclass
from datetime import timedelta

from temporalio import workflow

WORDS = "Spoke on the telephone. It was quiet at the weekend; on Monday the music began again. " * 5
"""About 400 bytes, for every contender."""


@dataclass(frozen=True)
class Row:
    case_id: str
    seq: int
    words: str


@workflow.defn
class Bare:
    """The raw SDK: counts what it is told."""

    def __init__(self) -> None:
        self.seen = 0

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.signal
    def told(self, words: str) -> None:  # noqa: ARG002 - only counted
        self.seen += 1

    @workflow.update
    def count(self, words: str) -> int:  # noqa: ARG002 - only counted
        self.seen += 1
        return self.seen

    @workflow.query
    def so_far(self) -> int:
        return self.seen


@workflow.defn
class MinimalRecorder:
    """Its update hands one row to an activity that writes it, and waits for that."""

    def __init__(self) -> None:
        self.seq = 0

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def record(self, words: str) -> int:
        self.seq += 1
        row = Row(workflow.info().workflow_id, self.seq, words)
        await workflow.execute_activity("write_row", row, start_to_close_timeout=timedelta(seconds=30))
        return row.seq


@workflow.defn
class Late:
    """Waits until a moment (seconds since 1970) and hands one row to an activity."""

    @workflow.run
    async def run(self, due: float) -> None:
        await workflow.sleep(max(0.001, due - workflow.now().timestamp()))
        row = Row(workflow.info().workflow_id, 1, WORDS)
        await workflow.execute_activity("write_row", row, start_to_close_timeout=timedelta(seconds=30))
