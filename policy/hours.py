"""Hours of the day in London in which somebody may be reached."""

from datetime import UTC, datetime, time, timedelta

from policy.frozen import Frozen
from policy.working_days import LONDON


class Hours(Frozen):
    """From 22:00 until 06:00 goes over midnight. What is not told is the beginning, or the end, of the day."""

    from_time: time | None = None
    until_time: time | None = None

    def hold(self, at: datetime) -> bool:
        hour = at.astimezone(LONDON).time()
        start, end = self.from_time or time.min, self.until_time or time.max
        return start <= hour <= end if start <= end else hour >= start or hour <= end

    def next_from(self, at: datetime) -> datetime:
        """The moment itself, or when they next begin."""
        if self.hold(at):
            return at
        day = at.astimezone(LONDON).date()
        begins = (
            datetime.combine(day + timedelta(days=n), self.from_time or time.min, LONDON).astimezone(UTC)
            for n in (0, 1)
        )
        return next(moment for moment in begins if moment > at)
