"""The stages of a referral: what is owed at each, what may be recorded there, and how it may end there."""

from collections.abc import Mapping
from typing import Final

from policy.procedures.base import Stage
from policy.referral import facts
from policy.referral.codes import REFERRED, ReferralOutcome, ReferralStage

BY_THE_AGENCY: Final = (facts.ReferralAcknowledged, facts.ReferralAnswered, facts.ReferralWorkReported)
"""What an agency may tell us by its private link. Staff record what they hear in another way."""

STAGES: Final[Mapping[ReferralStage, Stage]] = {
    ReferralStage.TO_SEND: Stage(
        "sending",
        REFERRED,
        "See that the referral goes out",
        lambda edition: edition.referral.days.send,
        steps=(facts.ReferralSent, facts.ReferralHandedOver),
        otherwise=(facts.ReferralAcknowledged, facts.ReferralAnswered, facts.ReferralEnded),
    ),
    ReferralStage.UNDELIVERED: Stage(
        "delivery",
        REFERRED,
        "Get the referral there in another way, since it could not be delivered",
        lambda edition: edition.referral.days.undelivered,
        steps=(facts.ReferralHandedOver, facts.SendingAskedAgain),
        otherwise=(facts.ReferralAcknowledged, facts.ReferralAnswered, facts.ReferralEnded),
    ),
    ReferralStage.SENT: Stage(
        "acknowledgement",
        REFERRED,
        "Ask whether the referral has arrived",
        lambda edition: edition.referral.days.acknowledge,
        steps=(facts.ReferralAcknowledged, facts.ReferralAnswered, facts.ReferralChased),
        otherwise=(facts.ReferralEnded,),
    ),
    ReferralStage.ACKNOWLEDGED: Stage(
        "answer",
        REFERRED,
        "Ask whether they take the referral up",
        lambda edition: edition.referral.days.answer,
        steps=(facts.ReferralAnswered, facts.ReferralChased),
        otherwise=(facts.ReferralEnded,),
    ),
    ReferralStage.TAKEN_UP: Stage(
        "progress",
        REFERRED,
        "Ask how it is going",
        lambda edition: edition.referral.days.progress,
        steps=(facts.ReferralWorkReported, facts.ReferralChased, facts.ReferralEnded),
        ours=(facts.ReferralAnswered,),
    ),
    ReferralStage.WITHDRAWN_TO_TELL: Stage(
        "withdrawal",
        "information-sharing",
        "Tell the agency that the referral no longer stands",
        lambda edition: edition.consents.withdrawal_working_days,
        steps=(facts.AgencyToldOfWithdrawal,),
        otherwise=BY_THE_AGENCY,
    ),
}

_WAITING: Final = (ReferralOutcome.NOT_NEEDED, ReferralOutcome.NO_ANSWER)

ENDS_AS: Final[Mapping[ReferralStage, tuple[ReferralOutcome, ...]]] = {
    ReferralStage.TO_SEND: (ReferralOutcome.NOT_NEEDED,),
    ReferralStage.UNDELIVERED: (ReferralOutcome.NOT_NEEDED, ReferralOutcome.NOT_DELIVERED),
    ReferralStage.SENT: _WAITING,
    ReferralStage.ACKNOWLEDGED: _WAITING,
    ReferralStage.TAKEN_UP: (ReferralOutcome.HELPED, ReferralOutcome.DID_NOT_HELP, *_WAITING),
}
"""As one of us may say. That they decline is the agency's answer, that it was withdrawn follows from a consent."""

KEYS: Final = frozenset(stage.key for stage in STAGES.values())
"""What a deadline of a referral may be called."""
