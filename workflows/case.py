"""A case, from its report until it is closed and every letter has gone. Its id is `case/<reference>`."""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Final

from pydantic import Field
from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from activities.post import Letter, Post
from activities.register import Batch, Register
from policy import folding, rules
from policy.case_file import CaseFile
from policy.deadlines import Deadline, deadlines
from policy.duties import Outcome, SendLetter, came_of, duties
from policy.editions import of
from policy.facts import CaseFact, Entry
from policy.frozen import Frozen
from policy.standing import Standing, in_short, standing
from policy.working_days import london_day
from workflows.loop import Kind, Loop, Receipt

STAGE: Final = SearchAttributeKey.for_keyword("CaseStage")
SERIOUS: Final = SearchAttributeKey.for_bool("CaseSerious")
HATE: Final = SearchAttributeKey.for_bool("CaseHate")

_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=10)
)
_PATIENTLY: Final = RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=5))


class CaseStart(Frozen):
    """The file, the window of fact ids that it holds, and those of its facts that the store may not have yet."""

    file: CaseFile
    known: dict[str, Receipt] = Field(default_factory=dict)
    unwritten: tuple[Entry, ...] = ()

    @classmethod
    def reported(cls, file: CaseFile, report: Entry) -> "CaseStart":
        """A case that begins with this report; `file` is still empty."""
        file = folding.after(file, report, of(file.edition))
        known = {report.id: Receipt(seq=file.seq, digest=report.digest)}
        return cls(file=file, known=known, unwritten=(report,))


def search_attributes(file: CaseFile) -> TypedSearchAttributes:
    """What the Temporal UI can filter by. Never anything about a person."""
    return TypedSearchAttributes(
        [
            SearchAttributePair(STAGE, file.stage.value),
            SearchAttributePair(SERIOUS, file.serious),
            SearchAttributePair(HATE, file.hate is not None),
        ]
    )


class CaseKind(Kind[CaseFile]):
    def check(self, file: CaseFile, entry: Entry) -> None:
        rules.check(file, entry, of(file.edition))

    def after(self, file: CaseFile, entry: Entry) -> CaseFile:
        return folding.after(file, entry, of(file.edition))

    def deadlines(self, file: CaseFile) -> list[Deadline]:
        return deadlines(file, of(file.edition))

    def duties(self, file: CaseFile) -> list[SendLetter]:
        return duties(file)

    def perform(self, file: CaseFile, duty: SendLetter) -> Awaitable[Outcome]:
        return workflow.start_activity_method(
            Post.send,
            Letter(ref=file.ref, duty=duty, day=london_day(workflow.now())),
            start_to_close_timeout=timedelta(minutes=2),
            retry_policy=_PATIENTLY,
            summary=duty.kind,
        )

    def came_of(self, duty: SendLetter, outcome: Outcome, now: datetime) -> CaseFact:
        return came_of(duty, outcome, now)

    def write(self, file: CaseFile, first: int, entries: list[Entry]) -> Awaitable[int]:
        return workflow.start_activity_method(
            Register.enter,
            Batch(ref=file.ref, first=first, entries=tuple(entries)),
            start_to_close_timeout=timedelta(seconds=30),
            retry_policy=_UNTIL_IT_SUCCEEDS,
        )

    def show(self, file: CaseFile, deadlines: list[Deadline]) -> None:
        workflow.set_current_details(in_short(file, deadlines))
        wanted = search_attributes(file)
        known = workflow.info().typed_search_attributes
        changed = [pair for pair in wanted if known.get(pair.key) != pair.value]
        if changed:
            workflow.upsert_search_attributes([pair.key.value_set(pair.value) for pair in changed])


@workflow.defn
class CaseWorkflow:
    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        self.loop = Loop(CaseKind(), start.file, start.known, start.unwritten)

    @workflow.run
    async def run(self, start: CaseStart) -> Standing:  # noqa: ARG002 - Temporal gives run what it gave __init__
        if not await self.loop.until_over():
            loop = self.loop
            unwritten = tuple(loop.unwritten)
            workflow.continue_as_new(CaseStart(file=loop.file, known=loop.known, unwritten=unwritten))
        return self.standing()

    @workflow.update
    def record(self, entry: Entry) -> Receipt:
        return self.loop.accept(entry)

    @record.validator
    def refuse(self, entry: Entry) -> None:
        self.loop.refuse(entry)

    @workflow.signal
    def incident(self, entry: Entry) -> None:
        """A further incident. One that comes after the end is not taken: the relay makes it a new case."""
        if self.loop.file.closed_at is None:
            self.loop.accept(entry)

    @workflow.signal
    def nudge(self) -> None:
        """Wake up and look again: at a new worker build, say."""
        self.loop.stir()

    @workflow.query
    def standing(self) -> Standing:
        return standing(self.loop.file, of(self.loop.file.edition))

    @workflow.query
    def deadlines(self) -> list[Deadline]:
        return deadlines(self.loop.file, of(self.loop.file.edition))
