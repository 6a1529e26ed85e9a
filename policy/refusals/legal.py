"""What is refused about warnings, notices and legal action."""

from policy.refusals import Refused


class WarningNotPossible(Refused):
    row = "formal-warnings"


class WarningIsOpen(Refused):
    row = "formal-warnings"


class EarlierWarningMissing(Refused):
    row = "formal-warnings"


class AnotherPersonMustAgree(Refused):
    row = "formal-warnings"


class GroundNotMet(Refused):
    row = "ground-7a"


class GroundKnownAlready(Refused):
    row = "ground-7a"


class PowerNotKnown(Refused):
    row = "other-powers"


class AlreadyAsked(Refused):
    row = "other-powers"


class WarningMustComeFirst(Refused):
    row = "community-protection-notice"


class AgainstWhomNotSaid(Refused):
    row = "community-protection-notice"


class OldEnoughNotSaid(Refused):
    row = "community-protection-notice"


class ClosedTooLong(Refused):
    row = "closure-notice"


class DisabilityMeetingMissing(Refused):
    row = "disability-meeting"


class LegalTestNotMet(Refused):
    row = "legal-test"


class LegalActionGoesOn(Refused):
    row = "legal-remedies"


class LegalStepNotOpen(Refused):
    row = "legal-remedies"


class RemedyNotPossible(Refused):
    row = "legal-remedies"


class WindowNotOpen(Refused):
    row = "legal-remedies"


class OrderNotPossible(Refused):
    row = "legal-remedies"


class AnotherPersonMustReview(Refused):
    row = "legal-reviews"


class SolicitorMustAgree(Refused):
    row = "solicitor-gate"


class CourtHasNotDecided(Refused):
    row = "court-decides"
