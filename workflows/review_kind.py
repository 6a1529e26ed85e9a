"""What case reviews bring to the loop, and what one starts with."""

from collections.abc import Awaitable
from datetime import datetime

from policy.case_review.duties import came_of, duties
from policy.case_review.facts import CaseToldOfReview, ReviewEntry
from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.review import ReviewFile
from policy.procedures.duties import TellCase
from workflows.loop import Start
from workflows.procedure_kind import ProcedureKind


class ReviewStart(Start[ReviewFile, ReviewEntry]):
    """With its first fact: that somebody has asked for it."""


class ReviewKind(ProcedureKind[ReviewFile, ReviewEntry]):
    def __init__(self) -> None:
        super().__init__(CASE_REVIEW)

    def duties(self, file: ReviewFile) -> list[TellCase]:
        return duties(file)

    def perform(self, file: ReviewFile, duty: TellCase) -> Awaitable[bool]:  # noqa: ARG002 - the duty says it all
        return self.told(duty)

    def came_of(self, duty: TellCase, outcome: bool, now: datetime) -> CaseToldOfReview:
        return came_of(duty, now, reached=outcome)
