"""What is refused in keeping people safe."""

from policy.refusals import Refused


class NeedUnknown(Refused):
    row = "vulnerability-and-adjustments"


class SafeWayNotSaid(Refused):
    row = "needs-met"


class SafeContactStays(Refused):
    row = "domestic-abuse"


class HelpStillOwed(Refused):
    row = "serious-safety"


class RiskNotAnswered(Refused):
    row = "risk-assessment"


class ProviderUnknown(Refused):
    row = "hate-support"


class MeasureUnknown(Refused):
    row = "serious-safety"


class PartnerUnknown(Refused):
    row = "serious-partners"


class HealthContactNeedsConsent(Refused):
    row = "health-contact"


class HearingUnknown(Refused):
    row = "witness-care"


class HearingNotYet(Refused):
    row = "witness-care"


class HearingIsOver(Refused):
    row = "witness-care"


class WitnessNotPrepared(Refused):
    row = "witness-care"


class AgencyUnknown(Refused):
    row = "information-sharing"


class ConsentToSomethingElse(Refused):
    row = "information-sharing"


class NoGateway(Refused):
    row = "information-sharing"
