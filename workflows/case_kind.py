"""What cases bring to the loop, and what one starts with."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Final

from temporalio import workflow
from temporalio.common import Priority, SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from activities.post import Letter, Post
from activities.register import Batch
from policy.case import CASE
from policy.case_file import CaseFile
from policy.deadlines import Deadline
from policy.duties import Begin, Duty, Outcome, SendLetter, Tell, came_of, duties, goes_from
from policy.facts import CaseFact, Entry
from policy.procedures.base import first_id
from policy.procedures.kinds import KINDS
from policy.standing import in_short
from policy.working_days import london_day
from workflows.beside import begin, id_of, tell
from workflows.loop import Kind, Start, first_of
from workflows.sending import BEFORE_OTHERS, sent
from workflows.writing import entered

STAGE: Final = SearchAttributeKey.for_keyword("CaseStage")
SERIOUS: Final = SearchAttributeKey.for_bool("CaseSerious")
HATE: Final = SearchAttributeKey.for_bool("CaseHate")


class CaseStart(Start[CaseFile, Entry]):
    @classmethod
    def reported(cls, file: CaseFile, report: Entry) -> "CaseStart":
        """A case that begins with this report; `file` is still empty."""
        return cls.model_validate(first_of(CASE, file, report))


def workflow_id(ref: str) -> str:
    return id_of(CASE, ref)


def search_attributes(file: CaseFile) -> TypedSearchAttributes:
    """What the Temporal UI can filter by. Never anything about a person."""
    return TypedSearchAttributes(
        [
            SearchAttributePair(STAGE, file.stage.value),
            SearchAttributePair(SERIOUS, file.serious),
            SearchAttributePair(HATE, file.hate is not None),
        ]
    )


class CaseKind(Kind[CaseFile, Entry, Duty, Outcome]):
    rulebook = CASE

    def duties(self, file: CaseFile) -> list[Duty]:
        return duties(file)

    def goes_from(self, duty: Duty, now: datetime) -> datetime:
        return goes_from(duty, now)

    def perform(self, file: CaseFile, duty: Duty) -> Awaitable[Outcome]:
        match duty:
            case SendLetter():
                return _sent(file, duty)
            case Begin():
                return _begun(duty)
            case Tell():
                return _told(duty)

    def came_of(self, duty: Duty, outcome: Outcome, now: datetime) -> CaseFact:
        return came_of(duty, outcome, now)

    def write(self, file: CaseFile, first: int, entries: list[Entry]) -> Awaitable[int]:
        return entered(Batch(ref=file.ref, first=first, entries=tuple(entries)))

    def show(self, file: CaseFile, deadlines: list[Deadline]) -> None:
        workflow.set_current_details(in_short(file, deadlines))
        wanted = search_attributes(file)
        known = workflow.info().typed_search_attributes
        changed = [pair for pair in wanted if known.get(pair.key) != pair.value]
        if changed:
            workflow.upsert_search_attributes([pair.key.value_set(pair.value) for pair in changed])


def _sent(file: CaseFile, duty: SendLetter) -> Awaitable[Outcome]:
    letter = Letter(ref=file.ref, duty=duty, day=london_day(workflow.now()))
    return sent(Post.send, letter, duty.kind, BEFORE_OTHERS if file.serious else Priority.default)


async def _begun(duty: Begin) -> Outcome:
    rulebook = KINDS[duty.kind].rulebook
    entry = rulebook.own(first_id(duty.opening), duty.begins, workflow.now())
    if not await begin(rulebook, duty.ref, first_of(rulebook, duty.opening, entry)):
        await tell(rulebook, duty.ref, duty.news)
    return Outcome.TOLD


async def _told(duty: Tell) -> Outcome:
    """One that is over needs to know no more."""
    await tell(KINDS[duty.kind].rulebook, duty.ref, duty.news)
    return Outcome.TOLD
