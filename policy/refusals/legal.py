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
