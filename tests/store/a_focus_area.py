"""A place that was proposed as a focus area, for tests of what comes after that."""

from datetime import datetime
from uuid import uuid4

from store import focus_areas
from store.focus_areas import FocusAreaFilter
from store.sessions import Store
from tests.policy.focusing import proposed, reckoning


async def focus_area(store: Store, at: datetime) -> str:
    """In a place of its own: what is proposed already is not proposed again."""
    found = proposed(at, place=f"Invented {uuid4()}")
    async with store.writing() as db:
        await focus_areas.propose(db, [found], reckoning(at))
        (area,) = await focus_areas.page(db, FocusAreaFilter(place=found.place), 1)
    return area.id
