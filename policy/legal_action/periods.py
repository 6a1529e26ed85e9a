"""Months as the law counts them: to the corresponding day, or the last day of a month that has none."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Final

from policy.working_days import LONDON

_CHRISTMAS: Final = (12, 25)


def months_from(day: date, months: int) -> date:
    """The last day of so many months from a day, which is not counted itself."""
    year, month = _month(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_beginning_with(day: date, months: int) -> date:
    """The last day of a period of so many months whose first day is this one."""
    year, month = _month(day, months)
    last = monthrange(year, month)[1]
    return date(year, month, last) if day.day > last else date(year, month, day.day) - timedelta(days=1)


def _month(day: date, months: int) -> tuple[int, int]:
    ahead = day.month - 1 + months
    return day.year + ahead // 12, ahead % 12 + 1


def hours_without_christmas(start: datetime, hours: int) -> datetime:
    """So many hours after a moment, by the clock; those of Christmas Day in London do not count."""
    left, moment = timedelta(hours=hours), start.astimezone(UTC)
    while left > timedelta(0):
        until = _next_midnight(moment)
        here = min(left, until - moment)
        if (moment.astimezone(LONDON).month, moment.astimezone(LONDON).day) != _CHRISTMAS:
            left -= here
            moment += here
        else:
            moment = until
    return moment


def _next_midnight(moment: datetime) -> datetime:
    tomorrow = moment.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), LONDON).astimezone(UTC)
