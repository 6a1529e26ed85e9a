"""When cases are looked at: once a night, by London's clock."""

from datetime import datetime, timedelta

from policy.editions import Edition
from policy.working_days import LONDON, london_day


def night_after(moment: datetime, edition: Edition) -> datetime:
    """The next time that the check runs, later than the moment. (self-audit)"""
    at, day = edition.audit.at, london_day(moment)
    tonight = datetime.combine(day, at, tzinfo=LONDON)
    if tonight > moment:
        return tonight
    return datetime.combine(day + timedelta(days=1), at, tzinfo=LONDON)
