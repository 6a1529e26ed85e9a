"""What is refused about referrals to other agencies."""

from policy.refusals import Refused


class PoliceReferredOtherwise(Refused):
    row = "police-with-consent"


class AlreadyReferred(Refused):
    row = "partner-referrals"


class ReferralStepNotOpen(Refused):
    row = "partner-referrals"


class ReferralEndsOtherwise(Refused):
    row = "partner-referrals"


class AgencyNotAsked(Refused):
    row = "partner-referrals"
