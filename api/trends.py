"""Year on year: new cases by ward and by kind against the same months of the years before. (trends-yearly)"""

import asyncio
from datetime import UTC, datetime
from enum import IntEnum
from typing import Annotated, Final

from fastapi import APIRouter, Query

from api.resources import Needs
from policy.editions import in_force_on
from policy.trends.years import Trends, same_months, trends
from policy.working_days import london_day
from store.counts import counted

routes = APIRouter(tags=["focus-areas"])


class Months(IntEnum):
    """How many whole months are compared."""

    ONE = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12


Ward = Annotated[str | None, Query(max_length=200, description="By kind in this ward alone")]
A_YEAR: Final = Months.YEAR


@routes.get("/trends", summary="New cases year on year")
async def told(needs: Needs, months: Months = A_YEAR, ward: Ward = None) -> Trends:
    """The last whole months against the same months of the two years before, with how sure the change is. A
    number names no case. Hate is told of all wards and of a whole year alone, where there are not few, and what
    was reported as hate is in no other number.
    """
    today = london_day(datetime.now(UTC))
    times = same_months(today, months)
    async with needs.everything.reading() as db:
        cells = await counted(db, times)
    return await asyncio.to_thread(trends, cells, times, in_force_on(today).focus_areas.least_shown, ward)
