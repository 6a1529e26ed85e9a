"""What is refused about the policy's own review."""

from policy.refusals import Refused


class ReviewOnlyComesForward(Refused):
    row = "policy-review"


class ReviewNamesItsEdition(Refused):
    row = "policy-review"
