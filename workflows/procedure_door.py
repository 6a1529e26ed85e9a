"""The only code that speaks to Temporal about what is carried on beside cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from temporalio.common import QueryRejectCondition
from temporalio.exceptions import WorkflowAlreadyStartedError

from policy.facts.base import Recorded
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS
from policy.rulebook import Rulebook
from workflows.beside import id_of
from workflows.door import ANEW, OF_WHAT_RUNS, ONCE, Door
from workflows.loop import first_of


@dataclass(frozen=True)
class ProcedureDoor(Door):
    kind: str = ""

    @property
    def rulebook(self) -> Rulebook[Any, Any]:
        return KINDS[self.kind].rulebook

    async def begin(self, opening: ProcedureFile, first: Recorded[Any]) -> None:
        """Starts what no case begins, with its first fact. Started before: nothing happens."""
        await self._start(opening.ref, first_of(self.rulebook, opening, first))

    async def replace(self, file: ProcedureFile) -> None:
        """Ends whatever runs of it as it stands there, and carries it on from this file."""
        await self._start(file.ref, {"file": file}, ANEW)

    async def _start(self, ref: str, start: dict[str, object], how: Mapping[str, Any] = ONCE) -> None:
        async with self.in_time():
            try:
                await self.client.start_workflow(
                    self.kind,
                    start,
                    id=id_of(self.rulebook, ref),
                    task_queue=self.task_queue,
                    static_summary=ref,
                    **how,
                )
            except WorkflowAlreadyStartedError:
                return

    async def file(self, ref: str) -> ProcedureFile:
        """As its workflow has it, also for a while after its end. Raises CaseNotRunning."""
        return await self._file(ref, None)

    async def live(self, ref: str) -> ProcedureFile:
        """As it is running now. Raises CaseNotRunning."""
        return await self._file(ref, OF_WHAT_RUNS)

    async def _file(self, ref: str, reject: QueryRejectCondition | None) -> ProcedureFile:
        file: ProcedureFile = await self._asked(ref, "file", self.rulebook.file, reject)
        return file


def door_to(kind: str, beside: Door) -> ProcedureDoor:
    """To the same engine."""
    return ProcedureDoor(beside.client, beside.task_queue, beside.seconds, kind)
