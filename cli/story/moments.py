"""Moments and lengths of time as a story writes them: London's clock, `2023-05-25 10:12`; `2 days 16 hours`."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final

from pydantic import BeforeValidator

from policy.working_days import LONDON, day_in_words, moment_in_words

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")
_UNITS: Final = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
_PART: Final = re.compile(r"(\d+) (day|hour|minute)s?")


def in_london(value: object) -> datetime:
    """Raises ValueError that says how a moment is written. The hour that happens twice is taken as the first."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("write London time with date, hour and minute, like 2023-05-25 10:12")
    wall = datetime.fromisoformat(value).replace(tzinfo=LONDON)
    moment = wall.astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise ValueError("the clocks went forward over this moment: there was no such time in London")
    return moment


def as_length(value: object) -> timedelta:
    """Raises ValueError that says how a length of time is written."""
    parts = _PART.findall(value) if isinstance(value, str) else []
    if not isinstance(value, str) or not parts or _PART.sub("", value).replace("and", "").strip(" ,"):
        raise ValueError("write a length of time like 2 days 16 hours 10 minutes")
    return sum((int(number) * _UNITS[unit] for number, unit in parts), timedelta())


def length(start: datetime, end: datetime) -> timedelta:
    """By the clock, over a change of London's time too."""
    return end.astimezone(UTC) - start.astimezone(UTC)


def length_in_words(lasted: timedelta) -> str:
    """Whole minutes; less than one is "no time"."""
    minutes, counts = int(lasted.total_seconds()) // 60, []
    for unit, size in _UNITS.items():
        count, minutes = divmod(minutes, int(size.total_seconds()) // 60)
        if count:
            counts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(counts) or "no time"


Moment = Annotated[datetime, BeforeValidator(in_london)]
Length = Annotated[timedelta, BeforeValidator(as_length)]


def spoken(value: object) -> str:
    """Whatever a story says, on one line."""
    match value:
        case datetime():
            return moment_in_words(value)
        case date():
            return day_in_words(value)
        case timedelta():
            return length_in_words(value)
        case tuple():
            return " and ".join(map(spoken, value))
        case _:
            return str(value)
