"""The file of one referral: codes and dates, none of anybody's words."""

from pydantic import AwareDatetime

from policy.editions.agencies import AgencyChannel
from policy.facts.disclosing import Gateway
from policy.facts.matters import MatterKind
from policy.procedures.base import ProcedureFile, number_of
from policy.referral.codes import ReferralOutcome, ReferralStage, Undelivered
from policy.referral.facts import Said


class ReferralFile(ProcedureFile):
    """The fold of a referral's facts. `objected`: somebody says no to it now. `sending` counts the attempts at
    sending it, `undelivered` is why the last did not get there, `chased` how often the agency was asked since the
    stage began. Since `sent_at` the agency has it, or may have it. `before` is the stage to which it goes back
    when a consent is given again. `told` is what its case has heard of it, `moved` the `seq` since which there is
    something to hear.
    """

    case: str
    proposed: str = ""
    agency: str = ""
    about: tuple[str, ...] = ()
    gateway: Gateway = Gateway.CONSENT
    overridden: bool = False
    lawful_reason: str | None = None
    channel: AgencyChannel = AgencyChannel.HAND

    begun_at: AwareDatetime | None = None
    stage: ReferralStage = ReferralStage.TO_SEND
    objected: bool = False
    sending: int = 1
    undelivered: Undelivered | None = None
    sent_at: AwareDatetime | None = None
    chased: int = 0
    before: ReferralStage | None = None
    outcome: ReferralOutcome | None = None
    told: Said | None = None
    moved: int = 0

    @property
    def matter(self) -> str:
        """The key of its matter on the case."""
        return f"{MatterKind.REFERRAL}-{number_of(self.ref)}"

    @property
    def sending_key(self) -> str:
        return f"send-{self.sending}"

    @property
    def over(self) -> bool:
        return self.stage is ReferralStage.OVER

    @property
    def stands(self) -> bool:
        """Whether the agency may go by what it was told."""
        taken_back = {ReferralOutcome.WITHDRAWN, ReferralOutcome.NOT_NEEDED}
        return self.stage is not ReferralStage.WITHDRAWN_TO_TELL and self.outcome not in taken_back

    @property
    def finished(self) -> bool:
        """Over, and its case knows."""
        return self.over and self.told == self.said

    @property
    def said(self) -> Said | None:
        """What the case is to know now."""
        if self.since is None:
            return None
        return Said(stage=self.stage, since=self.since, outcome=self.outcome)
