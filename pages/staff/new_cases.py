"""The new cases of a day, by team, for whoever must look at them. (new-cases-daily)"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.paged import PartNumber, skipped
from pages.staff.paged import part as part_of
from pages.staff.rendering import staff_page
from policy.working_days import london_day
from store import new_cases
from store.new_cases import MOST, NewCase

routes = APIRouter(include_in_schema=False)

NO_TEAM: Final = ""
_DAY: Final = timedelta(days=1)
Day = Annotated[date | None, Query(ge=date(2000, 1, 1), le=date(2999, 12, 31))]


@routes.get("/new-cases")
async def shown(who: Who, needs: Needs, day: Day = None, part: PartNumber = 1) -> Response:
    """Yesterday's where no day is named; of the cases that the caller may see."""
    now = datetime.now(UTC)
    today = london_day(now)
    asked = day or today - _DAY
    async with needs.store.reading() as db:
        found = await new_cases.of_day(db, asked, skipped(part, MOST))
        place = await part_of(
            f"/new-cases?day={asked.isoformat()}", part, len(found), MOST, lambda: new_cases.how_many(db, asked)
        )
    return await staff_page(
        needs,
        who,
        "staff/new_cases.html",
        "New cases",
        of_us=[one.officer for one in found],
        asked=asked,
        before=asked - _DAY,
        after=asked + _DAY if asked < today else None,
        teams=by_team(found, who.teams),
        part=place,
        now=now,
    )


def by_team(found: Sequence[NewCase], mine: Collection[str]) -> Mapping[str, Sequence[NewCase]]:
    """The reader's teams first, then those of nobody's team, then the others. One may be of several."""
    teams: dict[str, list[NewCase]] = defaultdict(list)
    for one in found:
        for team in one.teams or (NO_TEAM,):
            teams[team].append(one)
    return {team: teams[team] for team in sorted(teams, key=lambda one: (one not in mine, one != NO_TEAM, one))}
