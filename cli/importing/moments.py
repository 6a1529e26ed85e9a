"""Dates and times as other systems write them, of which none says where."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

_NOON: Final = time(12)
"""Of a day without a time: late enough for what happened before on it, early enough to be in time on it."""


class NotAMoment(ValueError):
    """What is expected instead."""


def moment(cell: str, formats: Sequence[str], zone: ZoneInfo) -> datetime:
    """Raises NotAMoment."""
    found = _read(cell, formats)
    if isinstance(found, datetime):
        at = found if found.tzinfo else found.replace(tzinfo=zone)
    else:
        at = datetime.combine(found, _NOON, tzinfo=zone)
    if at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) != at.replace(tzinfo=None):
        raise NotAMoment("lies in the hour that was skipped when the clocks went forward")
    return at


def day(cell: str, formats: Sequence[str]) -> date:
    """Raises NotAMoment."""
    found = _read(cell, formats)
    return found.date() if isinstance(found, datetime) else found


def _read(cell: str, formats: Sequence[str]) -> datetime | date:
    for form in formats:
        try:
            found = datetime.strptime(cell, form)  # noqa: DTZ007 - the zone is the file's
        except ValueError:
            continue
        return found if "%H" in form or "%I" in form else found.date()
    try:
        return date.fromisoformat(cell)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        pass
    expected = " or ".join([*formats, "2019-03-01", "2019-03-01 14:30"])
    raise NotAMoment(f"is no date that there is, written as {expected}")
