"""A referral, until it is over and its case knows. Its id is `referral/<reference>`."""

from temporalio import workflow

from policy.deadlines import Deadline
from policy.referral.facts import ConsentTold, ReferralEntry
from policy.referral.procedure import REFERRAL
from policy.referral.referral import ReferralFile
from workflows.loop import Loop, Receipt
from workflows.referral_kind import ReferralKind, ReferralStart


@workflow.defn(name=REFERRAL.name)
class ReferralWorkflow:
    @workflow.init
    def __init__(self, start: ReferralStart) -> None:
        self.loop = Loop(ReferralKind(), start)

    @workflow.run
    async def run(self, start: ReferralStart) -> ReferralFile:  # noqa: ARG002 - Temporal gives run what it gave __init__
        if not await self.loop.until_over():
            self.loop.begin_anew(ReferralStart)
        return self.loop.file

    @workflow.update
    def record(self, entry: ReferralEntry) -> Receipt:
        return self.loop.accept(entry)

    @record.validator
    def refuse(self, entry: ReferralEntry) -> None:
        self.loop.refuse(entry)

    @workflow.signal
    def heard(self, fact: ConsentTold) -> None:
        """What its case has learnt."""
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
    def file(self) -> ReferralFile:
        return self.loop.file

    @workflow.query
    def deadlines(self) -> list[Deadline]:
        return REFERRAL.deadlines(self.loop.file)
