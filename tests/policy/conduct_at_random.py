"""Facts about evidence, the police and those complained about that say more than their fields do."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines.policing import can_still_be_asked
from policy.deadlines.victims import named
from policy.facts import CaseFact
from policy.facts.agreeing import AgreementBreached
from policy.facts.policing import PoliceReferralDeclined, PoliceToldOfWithdrawal
from policy.facts.publicity import PublicityApproved
from policy.facts.surveillance import Method, Operator, SurveillanceAsked
from tests.policy import happenings as h
from tests.policy.told_at_random import told

REASONS: Final = (None, "life_at_risk", "curiosity")


def signed_agreement(file: CaseFile, pick: int) -> str:
    signed = [k for k, matter in file.matters.items() if (matter.kind, matter.stage) == ("agreement", "signed")]
    return signed[pick % len(signed)] if signed else "agreement-1"


def who_can_be_asked(file: CaseFile) -> str:
    return next(iter(can_still_be_asked(file) or named(file)), COMPLAINANT)


def asked_at_the_end(file: CaseFile, at: datetime) -> tuple[CaseFact, ...]:
    """What a case may need before it closes; the victim was asked, and the police are not told."""
    known = (h.police_not_wanted(at, who_can_be_asked(file)), PoliceReferralDeclined(at=at, reasons="They know."))
    withdrawn = PoliceToldOfWithdrawal(at=at, words="They know.")
    return h.review(at), h.not_told(at), h.discussed(at), *known, withdrawn


CONDUCT: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {
    "agreement_breached": lambda file, at, pick: told(
        AgreementBreached, file, at, pick, agreement=signed_agreement(file, pick)
    ),
    "surveillance_asked": lambda file, at, pick: told(
        SurveillanceAsked, file, at, pick, method=list(Method)[(pick + 1) % 2], operator=list(Operator)[pick % 3]
    ),
    "publicity_approved": lambda file, at, pick: told(
        PublicityApproved, file, at, pick, nobody_named=pick % 5 > 0, nothing_points_to_them=pick % 4 > 0
    ),
    "police_referral_made": lambda _, at, pick: h.police_referral(at, REASONS[pick % 3]),
}
