"""The kinds of work, and of which kind each activity is. Each has a task queue of its own, so that a print run, a
report or the night's check never delays a deadline.
"""

from enum import StrEnum
from typing import Any, Final

from temporalio import workflow
from temporalio.worker import (
    Interceptor,
    StartActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)


class Work(StrEnum):
    """Workflows themselves are all of the first kind: they only decide, which takes milliseconds."""

    CASES = "cases"
    LETTERS = "letters"
    REPORTS = "reports"
    BULK = "bulk"


WORK_OF: Final = {
    "enter": Work.CASES,
    "enter_beside": Work.CASES,
    "send": Work.LETTERS,
    "refer": Work.LETTERS,
    "make": Work.REPORTS,
    "give_up": Work.REPORTS,
    "ask_for_report": Work.REPORTS,
    "make_report": Work.REPORTS,
    "give_up_report": Work.REPORTS,
    "tell_of_report": Work.REPORTS,
    "simulate": Work.REPORTS,
    "give_up_simulating": Work.REPORTS,
    "look": Work.BULK,
    "count_some": Work.BULK,
    "inspections": Work.BULK,
    "policy_review": Work.BULK,
    "look_for_focus_areas": Work.BULK,
    "propose": Work.BULK,
    "erase": Work.BULK,
}
"""By the activity's name."""


def queue_of(work: Work, cases: str) -> str:
    """Beside the queue of cases, which has the name that settings give it."""
    return cases if work is Work.CASES else f"{cases}-{work}"


class _Sorting(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002 - the SDK's name
        input.task_queue = queue_of(WORK_OF[input.activity], workflow.info().task_queue)
        return super().start_activity(input)


class _Sorted(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_Sorting(outbound))


class Sorting(Interceptor):
    """Puts what a workflow has done into the queue of its kind."""

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the SDK's name
    ) -> type[WorkflowInboundInterceptor]:
        return _Sorted
