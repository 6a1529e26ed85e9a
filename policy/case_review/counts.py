"""What is published of case reviews at least once a year. (2014 Act, section 104(9))"""

from collections.abc import Iterable
from datetime import date, datetime

from policy.case_review.review import ReviewFile
from policy.frozen import Frozen
from policy.working_days import london_day


class ReviewCounts(Frozen):
    """Of one district, from the day `first` to the day `last`. A review that is done anew counts again."""

    district: str
    first: date
    last: date
    applications: int
    threshold_not_met: int
    reviews: int
    with_recommendations: int


def counts(files: Iterable[ReviewFile], district: str, first: date, last: date) -> ReviewCounts:
    """Each thing counts on its own day: a review asked for in one year may be decided in the next."""

    def within(moment: datetime | None) -> bool:
        return moment is not None and first <= london_day(moment) <= last

    here = [file for file in files if file.district == district]
    outcomes = [one for file in here for one in file.outcomes if within(one.decided_at)]
    return ReviewCounts(
        district=district,
        first=first,
        last=last,
        applications=sum(within(file.asked_at) for file in here),
        threshold_not_met=sum(within(moment) for file in here for moment in file.not_met_at),
        reviews=len(outcomes),
        with_recommendations=sum(one.recommendations > 0 for one in outcomes),
    )
