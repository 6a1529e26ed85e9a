"""How somebody can be reached safely, of all that was told of them on any case. (needs-met, domestic-abuse)"""

from collections.abc import Collection, Sequence
from datetime import time
from typing import Final

from policy.care import SafeWay
from policy.facts.people import Means
from policy.hours import Hours

_DAY: Final = 24 * 60


class ToldWay(SafeWay):
    """As told on one case. `over` where that has closed, and may not take another any more."""

    over: bool = False


def safe_way_of(told: Sequence[ToldWay]) -> SafeWay | None:
    """What every case allows: a narrower way is lifted on its own case alone. Where nothing is left, what was told
    on closed cases gives way to what was told after it. No means: none is known that is safe. None: nothing was
    told.
    """
    if not told:
        return None
    newest = max(one.told_at for one in told)
    way = _allowed_by_all(told)
    return way if way.means else _allowed_by_all([one for one in told if not one.over or one.told_at == newest])


def _allowed_by_all(told: Sequence[ToldWay]) -> SafeWay:
    newest = max(one.told_at for one in told)
    means = tuple(one for one in Means if all(one in way.means for way in told))
    hours = _in_all({way.hours for way in told})
    if hours is None:
        means, hours = tuple(one for one in means if one is Means.POST), Hours()
    if not means:
        return SafeWay(told_at=newest)
    return SafeWay(told_at=newest, means=means, from_time=hours.from_time, until_time=hours.until_time)


def _in_all(told: Collection[Hours]) -> Hours | None:
    """The longest time of the day that lies in each; None where there is none."""
    limited = [one for one in told if one != Hours()]
    if len(limited) <= 1:
        return limited[0] if limited else Hours()
    both = set.intersection(*(_minutes(one) for one in limited))
    begins = [minute for minute in sorted(both) if (minute - 1) % _DAY not in both]
    if not begins:
        return Hours() if both else None
    start, end = max(((begin, _end(begin, both)) for begin in begins), key=lambda run: (run[1] - run[0]) % _DAY)
    return Hours(from_time=_time(start) if start else None, until_time=_time(end) if end != _DAY - 1 else None)


def _minutes(hours: Hours) -> set[int]:
    start, end = hours.from_time or time.min, hours.until_time or time.max
    begin, last = (
        start.hour * 60 + start.minute + bool(start.second or start.microsecond),
        end.hour * 60 + end.minute,
    )
    return set(range(begin, last + 1) if start <= end else (*range(begin, _DAY), *range(last + 1)))


def _end(begin: int, minutes: set[int]) -> int:
    end = begin
    while (end + 1) % _DAY in minutes:
        end = (end + 1) % _DAY
    return end


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)
