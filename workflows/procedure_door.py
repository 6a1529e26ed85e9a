"""The only code that speaks to Temporal about what is carried on beside a case, which its case has begun."""

from dataclasses import dataclass
from typing import Any

from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS
from policy.rulebook import Rulebook
from workflows.door import Door


@dataclass(frozen=True)
class ProcedureDoor(Door):
    kind: str = ""

    @property
    def rulebook(self) -> Rulebook[Any, Any]:
        return KINDS[self.kind].rulebook

    async def file(self, ref: str) -> ProcedureFile:
        """As it is running now. Raises CaseNotRunning."""
        async with self.in_time():
            file: ProcedureFile = await self.handle(ref).query("file", result_type=self.rulebook.file)
        return file


def door_to(kind: str, beside: Door) -> ProcedureDoor:
    """To the same engine."""
    return ProcedureDoor(beside.client, beside.task_queue, beside.seconds, kind)
