"""A case review, until its last recommendation is at its end. Its id is `case-review/<reference>`."""

from temporalio import workflow

from policy.case_review.facts import ReviewEntry
from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.review import ReviewFile
from policy.deadlines import Deadline
from workflows.loop import Loop, Receipt
from workflows.review_kind import ReviewKind, ReviewStart


@workflow.defn(name=CASE_REVIEW.name)
class CaseReviewWorkflow:
    @workflow.init
    def __init__(self, start: ReviewStart) -> None:
        self.loop = Loop(ReviewKind(), start)

    @workflow.run
    async def run(self, start: ReviewStart) -> ReviewFile:  # noqa: ARG002 - Temporal gives run what it gave __init__
        if not await self.loop.until_over():
            self.loop.begin_anew(ReviewStart)
        return self.loop.file

    @workflow.update
    def record(self, entry: ReviewEntry) -> Receipt:
        return self.loop.accept(entry)

    @record.validator
    def refuse(self, entry: ReviewEntry) -> None:
        self.loop.refuse(entry)

    @workflow.signal
    def nudge(self) -> None:
        """Wake up and look again: at a new worker build, say."""
        self.loop.stir()

    @workflow.signal
    def refresh(self) -> None:
        """Begin a new run, which holds nothing that was written under an older key."""
        self.loop.refresh()

    @workflow.query
    def file(self) -> ReviewFile:
        return self.loop.file

    @workflow.query
    def deadlines(self) -> list[Deadline]:
        return CASE_REVIEW.deadlines(self.loop.file)
