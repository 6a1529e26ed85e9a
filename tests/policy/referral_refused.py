"""An example of each refusal about referrals: what is refused, under which row, what is missing."""

from collections.abc import Callable
from typing import Final

from policy.referral.codes import ReferralOutcome
from tests.policy.referral.referring import ACKNOWLEDGED, MONDAY, REFERRED, TAKEN_UP, WEEK, empty, ended, told

REFERRAL_REFUSED: Final[dict[str, tuple[Callable[[], object], str, tuple[str, ...]]]] = {
    "ReferralStepNotOpen": (lambda: told(empty(), ACKNOWLEDGED), "partner-referrals", ()),
    "ReferralEndsOtherwise": (
        lambda: told(empty(), *REFERRED, ended(MONDAY + WEEK)),
        "partner-referrals",
        ("how it ended",),
    ),
    "AgencyNotAsked": (
        lambda: told(empty(), *REFERRED, TAKEN_UP, ended(MONDAY + WEEK, ReferralOutcome.NO_ANSWER)),
        "partner-referrals",
        ("that they were asked again",),
    ),
}
