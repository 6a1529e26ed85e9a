"""What legal actions bring to the loop, and what one starts with."""

from collections.abc import Awaitable
from datetime import datetime

from policy.legal_action.action import LegalFile
from policy.legal_action.duties import came_of, duties
from policy.legal_action.facts import CaseTold, LegalEntry
from policy.legal_action.procedure import LEGAL_ACTION
from policy.procedures.duties import TellCase
from workflows.loop import Start
from workflows.procedure_kind import ProcedureKind


class LegalStart(Start[LegalFile, LegalEntry]):
    """With its first fact, which its case has proposed."""


class LegalKind(ProcedureKind[LegalFile, LegalEntry]):
    def __init__(self) -> None:
        super().__init__(LEGAL_ACTION)

    def duties(self, file: LegalFile) -> list[TellCase]:
        return duties(file)

    def perform(self, file: LegalFile, duty: TellCase) -> Awaitable[bool]:  # noqa: ARG002 - the duty says it all
        return self.told(duty)

    def came_of(self, duty: TellCase, outcome: bool, now: datetime) -> CaseTold:
        return came_of(duty, now, reached=outcome)
