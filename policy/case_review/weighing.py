"""Whether the threshold is met follows from the reports; no one is turned away against the arithmetic."""

from policy.case_review.facts import ThresholdDecided
from policy.case_review.review import ReviewFile
from policy.case_review.threshold import Arithmetic, threshold_on
from policy.editions import Edition
from policy.refusals.case_review import ReportsDoNotFit, ThresholdDiffers
from policy.working_days import london_day


def arithmetic(file: ReviewFile, fact: ThresholdDecided, edition: Edition) -> Arithmetic:
    """As of the day of the application, which is what the Act counts from."""
    asked = london_day(file.asked_at or fact.at)
    return threshold_on(asked, fact.reports, edition.case_reviews.threshold_in(file.district))


def follows_from_the_reports(file: ReviewFile, fact: ThresholdDecided, edition: Edition) -> None:
    """(2014 Act, section 104(4) and (5))"""
    cases = {one.case for one in fact.reports if one.case is not None}
    if astray := sorted(cases - set(file.cases)):
        raise ReportsDoNotFit(
            f"The review is not about {', '.join(astray)}. Bring the case in first.",
            missing=("the case that the review is about",),
            missing_facts=("case_brought_in",),
        )
    if not fact.met and (left := sorted(set(file.cases) - cases)):
        raise ReportsDoNotFit(
            f"Nobody is told no before every report was looked at. None is listed of {', '.join(left)}.",
            missing=("the reports of each case",),
        )
    counted = arithmetic(file, fact, edition)
    if counted.met and not fact.met:
        raise ThresholdDiffers(
            f"{counted.words} There must be a review (2014 Act, section 104(4)).",
            missing=("that the threshold is met",),
        )
    if fact.met and not counted.met and fact.because is None:
        raise ThresholdDiffers(
            f"{counted.words} Say why there is a review all the same: how long it has gone on, the harm, or how it"
            " was answered.",
            missing=("why there is a review all the same",),
        )
