"""A place that was proposed as a focus area, for tests of what comes after that."""

from datetime import datetime, timedelta
from uuid import uuid4

from policy.working_days import london_day
from store import focus_areas
from store.focus_areas import FocusAreaFilter
from store.sessions import Store
from tests.policy.focusing import NUMBERS, proposed, reckoning


async def focus_area(store: Store, at: datetime) -> str:
    """In a place of its own: what is proposed already is not proposed again."""
    last = min(NUMBERS["last"], london_day(at) - timedelta(days=1))
    found = proposed(at, place=f"Invented {uuid4()}", first=min(NUMBERS["first"], last), last=last)
    async with store.writing() as db:
        await focus_areas.propose(db, [found], reckoning(at))
        (area,) = await focus_areas.page(db, FocusAreaFilter(place=found.place), 1)
    return area.id
