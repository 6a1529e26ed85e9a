"""What is refused of a focus area."""

from policy.refusals import Refused


class FocusAreaIsDecided(Refused):
    row = "focus-areas"


class DecidedBeforeItWasProposed(Refused):
    row = "focus-areas"


class FocusAreaNotUnderWay(Refused):
    row = "focus-areas"


class ReviewedBeforeItBegan(Refused):
    row = "focus-areas"


class ReviewsTooFarApart(Refused):
    row = "focus-areas"
