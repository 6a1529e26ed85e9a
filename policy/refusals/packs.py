"""What is refused of a pack that leaves us."""

from policy.refusals import Refused


class PackNotForThem(Refused):
    row = "case-pack"


class NothingAllowsThePack(Refused):
    row = "case-pack"


class NotOnTheCaseOfThePack(Refused):
    row = "case-pack"
