"""Open cases in numbers as they are now, for whoever leads a team."""

from datetime import UTC, datetime, time, timedelta

from fastapi import APIRouter

from api.resources import Needs
from policy.frozen import Frozen
from policy.working_days import LONDON, london_day
from store import live_counts
from store.approvals import ANSWERS
from store.live_counts import By, Count
from store.sessions import Reading

routes = APIRouter(tags=["cases"])


class Counts(Frozen):
    """At the moment `at`: of `all` that the caller may see, and sorted."""

    at: datetime
    all: Count
    sorted: tuple[Count, ...]


@routes.get("/counts", summary="Open cases in numbers")
async def shown(needs: Needs, by: By = By.TEAM) -> Counts:
    """How many are open, late, due today and wait for a leader, by whose or what they are."""
    async with needs.store.reading() as db:
        return await counted(db, by, datetime.now(UTC))


async def counted(db: Reading, by: By, now: datetime) -> Counts:
    midnight = datetime.combine(london_day(now) + timedelta(days=1), time(), LONDON)
    [of_all] = await live_counts.counts(db, None, now, midnight, ANSWERS)
    return Counts(at=now, all=of_all, sorted=tuple(await live_counts.counts(db, by, now, midnight, ANSWERS)))
