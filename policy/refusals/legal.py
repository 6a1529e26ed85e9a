"""What is refused about warnings, notices and legal action."""

from policy.refusals import Refused


class WarningNotPossible(Refused):
    row = "formal-warnings"


class EarlierWarningMissing(Refused):
    row = "formal-warnings"


class AnotherPersonMustAgree(Refused):
    row = "formal-warnings"


class GroundNotMet(Refused):
    row = "ground-7a"


class PowerNotKnown(Refused):
    row = "other-powers"


class WarningMustComeFirst(Refused):
    row = "community-protection-notice"


class ClosedTooLong(Refused):
    row = "closure-notice"


class DisabilityMeetingMissing(Refused):
    row = "disability-meeting"
