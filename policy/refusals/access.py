"""What is refused about who may see a case, and whose it becomes."""

from policy.refusals import Refused


class AccessIsOpen(Refused):
    row = "information-sharing"


class AlreadyAdmitted(Refused):
    row = "information-sharing"


class NotAdmitted(Refused):
    row = "information-sharing"


class ConnectedWithTheCase(Refused):
    row = "information-sharing"


class AlreadyConnected(Refused):
    row = "information-sharing"


class NotConnected(Refused):
    row = "information-sharing"


class ASupervisorSaysSo(Refused):
    row = "information-sharing"


class AnotherPersonMustLook(Refused):
    row = "information-sharing"


class EmergencyAccessMisused(Refused):
    row = "information-sharing"


class NoEmergencyAccess(Refused):
    row = "information-sharing"


class NoRestrictionToLookAt(Refused):
    row = "information-sharing"


class HasLeft(Refused):
    """Whoever it would be given to does not work here any more."""

    row = "new-cases-daily"
