"""What everything that is carried on beside a case brings to the loop in the same way."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Any, Generic, TypeVar

from temporalio import workflow

from policy.case import CASE
from policy.deadlines import Deadline
from policy.facts.base import Recorded
from policy.procedures.base import ProcedureFile, in_short
from policy.procedures.duties import TellCase
from policy.rulebook import Rulebook
from workflows.beside import tell
from workflows.writing import entered_beside

P = TypeVar("P", bound=ProcedureFile)
E = TypeVar("E", bound=Recorded[Any])


class ProcedureKind(Generic[P, E]):
    def __init__(self, rulebook: Rulebook[P, E]) -> None:
        self.rulebook = rulebook

    def write(self, file: P, first: int, entries: list[E]) -> Awaitable[int]:
        return entered_beside(self.rulebook, file.ref, first, entries)

    def show(self, file: P, deadlines: list[Deadline]) -> None:
        workflow.set_current_details(in_short(file, deadlines))

    def goes_from(self, _duty: object, now: datetime) -> datetime:
        return now

    def told(self, duty: TellCase) -> Awaitable[bool]:
        """Whether the case was there to be told."""
        return tell(CASE, duty.case, duty.news)
