"""What is refused about case reviews."""

from policy.refusals import Refused


class ReviewStepNotOpen(Refused):
    row = "case-review"


class DistrictUnknown(Refused):
    row = "case-review"


class AskerCannotBeAnswered(Refused):
    row = "case-review"


class VictimMustAgree(Refused):
    row = "case-review"


class NotInWriting(Refused):
    row = "case-review"


class AnotherPersonMustDecide(Refused):
    row = "case-review"


class ReportsDoNotFit(Refused):
    row = "case-review"


class ThresholdDiffers(Refused):
    row = "case-review"


class AnotherLookNotNamed(Refused):
    row = "case-review"


class VictimNotHeard(Refused):
    row = "case-review"


class ReviewAgencyUnknown(Refused):
    row = "case-review"


class PartnersNotChased(Refused):
    row = "case-review"


class RecommendationNotPossible(Refused):
    row = "case-review"


class RecommendationNotOpen(Refused):
    row = "case-review"


class AnotherLookNotOpen(Refused):
    row = "case-review"


class ReviewNotReadyToEnd(Refused):
    row = "case-review"
