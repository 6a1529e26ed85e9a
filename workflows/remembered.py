"""What the engine still knows of a case, or of what is carried on beside one: read from its histories, which holds
without a worker.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, RPCError, WorkflowExecution, WorkflowExecutionStatus
from temporalio.converter import WorkflowSerializationContext
from temporalio.service import RPCStatusCode

from policy.case import CASE
from policy.facts.base import Recorded
from policy.file import File
from policy.procedures.kinds import KINDS
from policy.rulebook import Rulebook
from workflows.beside import id_of

RULEBOOKS: Final = {CASE.name: CASE, **{name: kind.rulebook for name, kind in KINDS.items()}}

_ENTERING: Final = {"enter", "enter_beside"}
_TAKING: Final = {"incident"}
"""The signal that brings somebody's fact."""


@dataclass(frozen=True)
class Numbered:
    """Entries as they were handed to the store; `first` is the number of the first of them."""

    first: int
    entries: tuple[Recorded[Any], ...]

    @property
    def last(self) -> int:
        return self.first + len(self.entries) - 1


@dataclass
class Remembered:
    """`begins` is the file with which the earliest run began that was read. `taken` are the facts brought to it,
    also those that were not handed to the store; what it recorded of itself is among the batches alone. `lost` are
    those brought to runs that were ended and in whose place others were begun.
    """

    running: bool
    begins: File
    written: int
    """So many facts were in the store when that run began, as far as it knew."""
    batches: list[Numbered] = field(default_factory=list)
    taken: list[Recorded[Any]] = field(default_factory=list)
    lost: list[Recorded[Any]] = field(default_factory=list)

    @property
    def numbered(self) -> dict[int, Recorded[Any]]:
        return {
            number: entry
            for batch in self.batches
            for number, entry in enumerate(batch.entries, start=batch.first)
        }

    @property
    def last(self) -> int:
        return max((batch.last for batch in self.batches), default=self.written)


@dataclass(frozen=True)
class Run:
    id: str
    ended: bool
    """By somebody, and not by itself."""


async def all_runs(client: Client, queue: str) -> dict[tuple[str, str], list[Run]]:
    """Of whatever runs or ran on this queue, as long as the engine keeps it, by kind and reference."""
    found: dict[tuple[str, str], list[Run]] = {}
    async for run in client.list_workflows(f"TaskQueue = '{queue}'"):
        kind, _, ref = run.id.partition("/")
        if kind in RULEBOOKS:
            found.setdefault((kind, ref), []).append(_run(run))
    return found


async def runs_of(client: Client, rulebook: Rulebook[Any, Any], ref: str) -> list[Run]:
    return [_run(run) async for run in client.list_workflows(f"WorkflowId = '{id_of(rulebook, ref)}'")]


def _run(run: WorkflowExecution) -> Run:
    return Run(run.run_id, run.status is WorkflowExecutionStatus.TERMINATED)


async def remembered(
    client: Client, rulebook: Rulebook[Any, Any], ref: str, known: int, runs: Sequence[Run]
) -> Remembered | None:
    """Of the newest run, and of those before it until one began with no more than the `known` facts of the store.
    None where the engine knows nothing of it.
    """
    handle = client.get_workflow_handle(id_of(rulebook, ref))
    try:
        described = await handle.describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    running, run_id = described.status is WorkflowExecutionStatus.RUNNING, described.run_id
    found: Remembered | None = None
    reading, read = _Reading(client, rulebook, handle.id), set[str]()
    while run_id and (found is None or found.written > known):
        read.add(run_id)
        try:
            earlier, run_id = await reading.run(run_id, running=running)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND and found is not None:
                break  # the engine does not keep what is older
            raise
        if found is not None:
            earlier.batches += found.batches
            earlier.taken += found.taken
        found = earlier
    if found is not None:
        for run in runs:
            if run.ended and run.id not in read:
                found.lost += (await reading.run(run.id, running=False))[0].taken
    return found


@dataclass(frozen=True)
class _Reading:
    client: Client
    rulebook: Rulebook[Any, Any]
    id: str

    async def run(self, run_id: str, *, running: bool) -> tuple[Remembered, str]:
        """What one run knows, and the id of the run before it."""
        events = self.client.get_workflow_handle(self.id, run_id=run_id).fetch_history_events()
        first = (await anext(events)).workflow_execution_started_event_attributes
        start = await self._said(first.input.payloads)
        unwritten = tuple(self._entries(start.get("unwritten", ())))
        file: File = self.rulebook.file.model_validate(start["file"])
        written = file.seq - len(unwritten)
        batches = [Numbered(written + 1, unwritten)] if unwritten else []
        found = Remembered(running, file, written, batches, list(unwritten))
        async for event in events:
            await self._hear(event, found)
        return found, first.continued_execution_run_id

    async def _hear(self, event: HistoryEvent, found: Remembered) -> None:
        match event.WhichOneof("attributes"):
            case "activity_task_scheduled_event_attributes":
                scheduled = event.activity_task_scheduled_event_attributes
                if scheduled.activity_type.name in _ENTERING:
                    said = await self._said(scheduled.input.payloads)
                    found.batches.append(Numbered(said["first"], tuple(self._entries(said["entries"]))))
            case "workflow_execution_update_accepted_event_attributes":
                request = event.workflow_execution_update_accepted_event_attributes.accepted_request
                found.taken += self._entries([await self._said(request.input.args.payloads)])
            case "workflow_execution_update_completed_event_attributes":
                completed = event.workflow_execution_update_completed_event_attributes
                if completed.outcome.HasField("failure"):  # whoever brought it was told so
                    found.taken = [one for one in found.taken if one.id != completed.meta.update_id]
            case "workflow_execution_signaled_event_attributes":
                signal = event.workflow_execution_signaled_event_attributes
                if signal.signal_name in _TAKING:
                    found.taken += self._entries([await self._said(signal.input.payloads)])

    async def _said(self, payloads: Sequence[Payload]) -> Any:  # noqa: ANN401 - as JSON has it
        bound = self.client.data_converter.with_context(
            WorkflowSerializationContext(namespace=self.client.namespace, workflow_id=self.id)
        )
        return (await bound.decode(payloads))[0]

    def _entries(self, said: Sequence[Any]) -> list[Recorded[Any]]:
        return [self.rulebook.entry.model_validate(one) for one in said]
