"""What legal actions bring to the loop, and what one starts with."""

from collections.abc import Awaitable
from datetime import datetime

from temporalio import workflow

from policy.case import CASE
from policy.deadlines import Deadline
from policy.legal_action.action import LegalFile
from policy.legal_action.duties import TellCase, as_news, came_of, duties
from policy.legal_action.facts import CaseTold, LegalEntry
from policy.legal_action.procedure import LEGAL_ACTION
from policy.procedures.base import in_short
from workflows.beside import tell
from workflows.loop import Kind, Start, first_of
from workflows.writing import entered_beside


class LegalStart(Start[LegalFile, LegalEntry]):
    @classmethod
    def begun(cls, opening: LegalFile, entry: LegalEntry) -> "LegalStart":
        return cls.model_validate(first_of(LEGAL_ACTION, opening, entry))


class LegalKind(Kind[LegalFile, LegalEntry, TellCase, bool]):
    rulebook = LEGAL_ACTION

    def duties(self, file: LegalFile) -> list[TellCase]:
        return duties(file)

    def perform(self, file: LegalFile, duty: TellCase) -> Awaitable[bool]:
        return tell(CASE, file.case, as_news(duty, workflow.now()))

    def came_of(self, duty: TellCase, outcome: bool, now: datetime) -> CaseTold:
        return came_of(duty, outcome, now)

    def write(self, file: LegalFile, first: int, entries: list[LegalEntry]) -> Awaitable[int]:
        return entered_beside(LEGAL_ACTION, file.ref, first, entries)

    def show(self, file: LegalFile, deadlines: list[Deadline]) -> None:
        workflow.set_current_details(in_short(file, deadlines))
