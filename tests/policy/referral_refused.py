"""An example of each refusal about referrals: what is refused, under which row, what is missing."""

from collections.abc import Callable
from typing import Final

from policy.case_file import CaseFile
from policy.facts.referring import ReferralProposed
from policy.referral.codes import ReferralOutcome
from tests.given import case_of, report
from tests.policy import happenings as h
from tests.policy.referral.referring import ACKNOWLEDGED, MONDAY, REFERRED, TAKEN_UP, WEEK, empty, ended, told


def proposed(**more: object) -> ReferralProposed:
    told = {
        "agency": "education",
        "about": ("complainant",),
        "what": "As told.",
        "why": "Help.",
        "gateway": "consent",
    }
    return ReferralProposed.model_validate({"at": MONDAY} | told | more)


def referred(**more: object) -> CaseFile:
    return h.recorded(case_of(report(MONDAY)), proposed(**more))


REFERRAL_REFUSED: Final[dict[str, tuple[Callable[[], object], str, tuple[str, ...]]]] = {
    "PoliceReferredOtherwise": (lambda: referred(agency="police"), "police-with-consent", ()),
    "AlreadyReferred": (
        lambda: h.recorded(referred(gateway="protocol", under="x"), proposed(gateway="protocol", under="x")),
        "partner-referrals",
        ("an end to the referral that is open",),
    ),
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
