"""What cases bring to the loop, and what one starts with. Apart from `case.py`, so that it is made only once."""

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
from policy.facts import SYSTEM, CaseFact, Entry, Fact
from policy.frozen import Frozen
from policy.standing import in_short
from policy.working_days import london_day
from workflows.loop import Kind, Receipt

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


def workflow_id(ref: str) -> str:
    return f"case/{ref}"


def search_attributes(file: CaseFile) -> TypedSearchAttributes:
    """What the Temporal UI can filter by. Never anything about a person."""
    return TypedSearchAttributes(
        [
            SearchAttributePair(STAGE, file.stage.value),
            SearchAttributePair(SERIOUS, file.serious),
            SearchAttributePair(HATE, file.hate is not None),
        ]
    )


class CaseKind(Kind[CaseFile, Entry, SendLetter, Outcome]):
    def check(self, file: CaseFile, entry: Entry) -> None:
        rules.check(file, entry, of(file.edition))

    def after(self, file: CaseFile, entry: Entry) -> CaseFile:
        return folding.after(file, entry, of(file.edition))

    def own(self, id_: str, fact: Fact, now: datetime) -> Entry:
        return Entry.model_validate({"id": id_, "by": SYSTEM, "recorded_at": now, "fact": fact})

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
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
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
