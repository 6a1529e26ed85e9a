"""What is refused where records are to be erased, or kept from it."""

from policy.refusals import Refused


class AlreadyErased(Refused):
    row = "retention"


class ApprovedAlready(Refused):
    row = "retention"


class ErasureNotProposed(Refused):
    row = "retention"


class HeldFromErasure(Refused):
    row = "retention"


class HoldOfDataProtection(Refused):
    row = "retention"


class LiftedItsHold(Refused):
    row = "retention"


class NoSuchHold(Refused):
    row = "retention"


class NotForItsOfficer(Refused):
    row = "retention"


class ProposedAlready(Refused):
    row = "retention"


class RefusedForTooLong(Refused):
    row = "retention"


class TooSoonToErase(Refused):
    row = "retention"
