"""A time that is reported on: whole days in London, from the first to the last."""

from datetime import date, datetime, time, timedelta
from typing import Self

from pydantic import model_validator

from policy.frozen import Frozen
from policy.working_days import LONDON, london_day


class Period(Frozen):
    first: date
    last: date

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.last < self.first:
            raise ValueError("a period ends on the day on which it begins, or later")
        return self

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        return cls.months(date(year, month, 1), 1)

    @classmethod
    def months(cls, first: date, number: int) -> "Period":
        """So many whole ones, from the first day of the one that holds `first`."""
        after = first.year * 12 + first.month - 1 + number
        year, month = divmod(after, 12)
        return cls(first=first.replace(day=1), last=date(year, month + 1, 1) - timedelta(days=1))

    @classmethod
    def reporting_year(cls, begins: int) -> "Period":
        """The regulator's: from 1 April of that year."""
        return cls.months(date(begins, 4, 1), 12)

    def up_to(self, day: date) -> "Period":
        """What of it has come by then: of the rest nobody knows what will be done. Refuses one that has not begun
        (ValueError).
        """
        return Period(first=self.first, last=min(self.last, day))

    def holds(self, moment: datetime | None) -> bool:
        return moment is not None and self.first <= london_day(moment) <= self.last

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time.min, LONDON)

    @property
    def over(self) -> datetime:
        """The moment that follows its last day."""
        return datetime.combine(self.last + timedelta(days=1), time.min, LONDON)
