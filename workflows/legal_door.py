"""The only code that speaks to Temporal about legal actions. They are begun by their cases."""

from dataclasses import dataclass
from typing import Any

from policy.legal_action.action import LegalFile
from policy.legal_action.procedure import LEGAL_ACTION
from policy.rulebook import Rulebook
from workflows.door import Door
from workflows.legal_action import LegalActionWorkflow


@dataclass(frozen=True)
class LegalDoor(Door):
    @property
    def rulebook(self) -> Rulebook[Any, Any]:
        return LEGAL_ACTION

    async def file(self, ref: str) -> LegalFile:
        """As it is running now. Raises CaseNotRunning."""
        async with self.in_time():
            return await self.handle(ref).query(LegalActionWorkflow.file)
