"""A case, from its report until it is closed and every letter has gone. Its id is `case/<reference>`."""

from temporalio import workflow

from policy.deadlines import Deadline, deadlines
from policy.editions import of
from policy.facts import Entry, News
from policy.facts.auditing import PatternFound
from policy.facts.reporting import IncidentReported
from policy.standing import Standing, standing
from workflows.case_kind import CaseKind, CaseStart
from workflows.loop import Loop, Receipt


@workflow.defn
class CaseWorkflow:
    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        self.loop = Loop(CaseKind(), start)

    @workflow.run
    async def run(self, start: CaseStart) -> Standing:  # noqa: ARG002 - Temporal gives run what it gave __init__
        if not await self.loop.until_over():
            self.loop.begin_anew(CaseStart)
        return self.standing()

    @workflow.update
    def record(self, entry: Entry) -> Receipt:
        return self.loop.accept(entry)

    @record.validator
    def refuse(self, entry: Entry) -> None:
        self.loop.refuse(entry)

    @workflow.signal
    def incident(self, entry: Entry) -> None:
        """A further incident. One that comes after the end is not taken, since the relay makes it a new case; nor
        is one that comes after this case has joined another, where the relay takes it. Anything else is recorded
        by `record`, which refuses.
        """
        if isinstance(entry.fact, IncidentReported) and not self.loop.file.at_rest:
            self.loop.accept(entry)

    @workflow.signal
    def observed(self, fact: PatternFound) -> None:
        """What the night's check found. What is known or answered meanwhile changes nothing."""
        self.loop.observe(fact.pattern, fact)

    @workflow.signal
    def heard(self, fact: News) -> None:
        """From beside the case. News of one that is over changes nothing."""
        self.loop.observe(fact.fact, fact.model_copy(update={"at": workflow.now()}))

    @workflow.signal
    def nudge(self) -> None:
        """Wake up and look again: at a new worker build, say."""
        self.loop.stir()

    @workflow.signal
    def refresh(self) -> None:
        """Begin a new run, which holds nothing that was written under an older key."""
        self.loop.refresh()

    @workflow.query
    def standing(self) -> Standing:
        return standing(self.loop.file, of(self.loop.file.edition))

    @workflow.query
    def deadlines(self) -> list[Deadline]:
        return deadlines(self.loop.file, of(self.loop.file.edition))
