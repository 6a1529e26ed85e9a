"""Days on which the office is closed: England's bank holidays and the landlord's own days."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

import holidays

from policy.working_days import ClosureDays

_YEARS_AHEAD: Final = 3


def closure_days(day: date, own: Mapping[date, str], since: date | None = None) -> ClosureDays:
    """What is known on `day` for cases reported then, or `since` then: to the end of the third year ahead."""
    first, last = (since or day).year, date(day.year + _YEARS_AHEAD, 12, 31)
    known = {d: why for year in range(first, last.year + 1) for d, why in bank_holidays(year).items()}
    known |= {d: why for d, why in own.items() if d.year >= first}
    return ClosureDays(days={d: known[d] for d in sorted(known) if d <= last}, known_until=last)


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> dict[date, str]:
    """Those that fall on a weekday; England, days proclaimed once included."""
    return dict(sorted(holidays.country_holidays("GB", subdiv="ENG", years=year).items()))
