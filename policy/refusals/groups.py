"""What is refused about groups of agencies."""

from policy.refusals import Refused


class NobodyFromAgencies(Refused):
    row = "multi-agency-groups"


class GroupAlreadyMeets(Refused):
    row = "multi-agency-groups"


class GroupHasMet(Refused):
    row = "multi-agency-groups"


class GroupNeverMet(Refused):
    row = "multi-agency-groups"


class GroupActionsNotRecorded(Refused):
    row = "multi-agency-groups"


class GroupActionsOpen(Refused):
    row = "multi-agency-groups"


class AskingMovesNoDay(Refused):
    row = "multi-agency-groups"


class GroupToBeToldOfRefusal(Refused):
    row = "information-sharing"
