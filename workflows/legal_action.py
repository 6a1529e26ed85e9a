"""A legal action, until its order ends and its case knows. Its id is `legal-action/<reference>`."""

from temporalio import workflow

from policy.deadlines import Deadline
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import CaseLearnt, LegalEntry
from policy.legal_action.procedure import LEGAL_ACTION
from workflows.legal_kind import LegalKind, LegalStart
from workflows.loop import Loop, Receipt


@workflow.defn(name=LEGAL_ACTION.name)
class LegalActionWorkflow:
    @workflow.init
    def __init__(self, start: LegalStart) -> None:
        self.loop = Loop(LegalKind(), start)

    @workflow.run
    async def run(self, start: LegalStart) -> LegalFile:  # noqa: ARG002 - Temporal gives run what it gave __init__
        if not await self.loop.until_over():
            self.loop.begin_anew(LegalStart)
        return self.loop.file

    @workflow.update
    def record(self, entry: LegalEntry) -> Receipt:
        return self.loop.accept(entry)

    @record.validator
    def refuse(self, entry: LegalEntry) -> None:
        self.loop.refuse(entry)

    @workflow.signal
    def heard(self, fact: CaseLearnt) -> None:
        """What its case knows now. Dated by our own clock, as all news from elsewhere is."""
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
    def file(self) -> LegalFile:
        return self.loop.file

    @workflow.query
    def deadlines(self) -> list[Deadline]:
        return LEGAL_ACTION.deadlines(self.loop.file)
