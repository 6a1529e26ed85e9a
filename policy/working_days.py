"""Working days in London: Monday to Friday less bank holidays and the landlord's own closure days."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from policy.frozen import Frozen

LONDON: Final = ZoneInfo("Europe/London")
_SATURDAY: Final = 5
AGREED: Final = "agreed"
"""The unit of a date that was not counted but agreed."""
HOURS: Final = "hours"
BACK: Final = "working days before"
"""The unit of a date that was counted back from `start`."""


class ClosureDays(Frozen):
    """Days the office is closed, by name, and the last day up to which they are known."""

    days: dict[date, str]
    known_until: date


class Skipped(Frozen):
    day: date
    why: str


class Counted(Frozen):
    """How a date came about: `number` `unit` after `start`, or before it. Weekends are counted, closures are
    named. Hours are counted from the moment `since`.
    """

    start: date
    number: int
    unit: str
    since: AwareDatetime | None = None
    weekend_days: int = 0
    skipped: tuple[Skipped, ...] = ()
    beyond_known: bool = False


class Due(Frozen):
    moment: datetime
    counted: Counted


def london_day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def working_days_after(start: datetime, number: int, closures: ClosureDays, closes: time) -> Due:
    """Day one is the next working day after `start`'s London day; due when the office closes that day.
    Refuses fewer than one day (ValueError).
    """
    if number < 1:
        raise ValueError("a deadline lies at least one working day ahead")
    return _counted(london_day(start), number, closures, closes)


def working_days_before(end: date, number: int, closures: ClosureDays, closes: time) -> Due:
    """Day one is the last working day before `end`; due when the office closes that day.
    Refuses fewer than one day (ValueError).
    """
    if number < 1:
        raise ValueError("a deadline lies at least one working day before")
    return _counted(end, -number, closures, closes)


_Asked = tuple[date, int, date, time]
_known: dict[int, tuple[dict[date, str], dict[_Asked, Due]]] = {}
"""What was counted before, by the identity of the closure days, which the entry holds: one is asked for the same
dates with each fact of a case.
"""
_MOST_KNOWN: Final = 256


def _counted(start: date, number: int, closures: ClosureDays, closes: time) -> Due:
    """So many working days on from `start`, or back where the number is negative."""
    days, counted = _known.get(id(closures.days), (None, {}))
    if days is not closures.days:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        counted = {}
        _known[id(closures.days)] = closures.days, counted
    asked = start, number, closures.known_until, closes
    due = counted.get(asked)
    if due is None:
        due = counted[asked] = _count(start, number, closures, closes)
    return due


def _count(start: date, number: int, closures: ClosureDays, closes: time) -> Due:
    day = start
    counted = weekend_days = 0
    skipped: list[Skipped] = []
    while counted < abs(number):
        day += timedelta(days=1 if number > 0 else -1)
        if is_weekend(day):
            weekend_days += 1
        elif (why := closures.days.get(day)) is not None:
            skipped.append(Skipped(day=day, why=why))
        else:
            counted += 1
    return Due(
        moment=datetime.combine(day, closes, LONDON),
        counted=Counted(
            start=start,
            number=abs(number),
            unit="working days" if number > 0 else BACK,
            weekend_days=weekend_days,
            skipped=tuple(skipped),
            beyond_known=max(start, day) > closures.known_until,
        ),
    )


def working_days_between(start: date, end: date, closures: ClosureDays) -> int:
    """How many have passed on `end` since `start`, which is not one of them: 1 on the next working day. None have
    where `end` is not later.
    """
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(not is_weekend(day) and day not in closures.days for day in days)


def hours_after(start: datetime, number: int) -> Due:
    """By the clock, day and night, and through a clock change."""
    return Due(
        moment=start.astimezone(UTC) + timedelta(hours=number),
        counted=Counted(start=london_day(start), number=number, unit=HOURS, since=start),
    )


def on_the_day(day: date, closes: time) -> Due:
    """A day that was agreed, also on a weekend: until the office closes, or would close."""
    return Due(moment=datetime.combine(day, closes, LONDON), counted=Counted(start=day, number=0, unit=AGREED))


def in_words(due: Due) -> str:
    """`5 working days after Thursday 25 May 2023, not counting Monday 29 May 2023 (Spring bank holiday) ...`"""
    counted = due.counted
    if counted.unit == AGREED:
        return "the day that was agreed"
    unit, direction = ("working days", "before") if counted.unit == BACK else (counted.unit, "after")
    unit = unit.removesuffix("s") if counted.number == 1 else unit
    start = moment_in_words(counted.since) if counted.since else day_in_words(counted.start)
    sentence = f"{counted.number} {unit} {direction} {start}"
    left_out = [f"{day_in_words(s.day)} ({s.why})" for s in counted.skipped]
    if counted.weekend_days:
        left_out.append("weekends")
    if left_out:
        sentence += f", not counting {listed(left_out)}"
    if counted.beyond_known:
        sentence += "; bank holidays that far ahead are not known yet"
    return sentence


def listed(words: Sequence[str]) -> str:
    """`one`, `one and two`, `one, two and three`"""
    return " and ".join([", ".join(words[:-1]), *words[-1:]] if len(words) > 1 else words)


def day_in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{day_in_words(local.date())} at {local:%H:%M}"
