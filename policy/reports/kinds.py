"""Which reports there are, and of which days one is that is made at a moment. (reports, section 7)"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from policy.measures.period import Period
from policy.working_days import london_day


class ReportKind(StrEnum):
    NEW_CASES = "new-cases"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six-monthly"
    YEARLY = "yearly"
    REGULATOR = "regulator"


@dataclass(frozen=True)
class Kind:
    """`row` is the policy's row that it is for, `covers` the last whole time before a day that it is of."""

    kind: ReportKind
    row: str
    title: str
    says: str
    covers: Callable[[date], Period]

    def last_before(self, moment: datetime) -> Period:
        """Of which days it is when it is made then, by the day in London."""
        return self.covers(london_day(moment))


def _day_before(day: date) -> Period:
    before = day - timedelta(days=1)
    return Period(first=before, last=before)


def _months_before(number: int, ends_before: int = 1) -> Callable[[date], Period]:
    """So many whole months, the last of which ended; they end before that month of the year, or one that is a
    number of times so many months away from it.
    """

    def covers(day: date) -> Period:
        since = (day.month - ends_before) % number
        first = day.year * 12 + day.month - 1 - since - number
        year, month = divmod(first, 12)
        return Period.months(date(year, month + 1, 1), number)

    return covers


APRIL: Final = 4
KINDS: Final[Mapping[ReportKind, Kind]] = {
    one.kind: one
    for one in (
        Kind(
            ReportKind.NEW_CASES,
            "new-cases-daily",
            "New cases",
            "Cases whose report was recorded in a day, for those who must look at them.",
            _day_before,
        ),
        Kind(
            ReportKind.MONTHLY,
            "timescales-monitored",
            "Monthly report",
            "What was reported, closed, kept in time and missed in a month.",
            _months_before(1),
        ),
        Kind(
            ReportKind.QUARTERLY,
            "reports",
            "Report for the quarterly housing meeting",
            "A quarter of a year, by ward and by team.",
            _months_before(3),
        ),
        Kind(
            ReportKind.SIX_MONTHLY,
            "counts-six-monthly",
            "Six-monthly counts and trends",
            "How many new cases there were, by category and by ward, and how that changed.",
            _months_before(6),
        ),
        Kind(
            ReportKind.YEARLY,
            "trends-yearly",
            "Yearly report",
            "Types, places and patterns beside the year before.",
            _months_before(12),
        ),
        Kind(
            ReportKind.REGULATOR,
            "reports",
            "The regulator's year",
            "Cases and hate cases for every 1,000 homes, and satisfaction, from April to March.",
            _months_before(12, APRIL),
        ),
    )
}
