"""What is refused about evidence, the police and those complained about."""

from policy.refusals import Refused


class MediationDoesNotFit(Refused):
    row = "mediation"


class MediationNotAgreed(Refused):
    row = "mediation"


class NoConsentForPolice(Refused):
    row = "police-with-consent"


class ReviewIncomplete(Refused):
    row = "review-meetings"


class PowersNotWeighed(Refused):
    row = "hate-strongest-action"


class CovertNotAllowed(Refused):
    row = "surveillance"


class AskerCannotAuthorise(Refused):
    row = "surveillance"


class EffectNotRecorded(Refused):
    row = "effect-and-causes"


class WriterCannotApprove(Refused):
    row = "publicise-action"


class VictimCouldBeKnown(Refused):
    row = "publicise-action"


class VictimWantsNoPublicity(Refused):
    row = "publicise-action"


class OrderDoesNotStand(Refused):
    row = "publicise-action"


class VictimHasNotAnswered(Refused):
    row = "publicise-action"
