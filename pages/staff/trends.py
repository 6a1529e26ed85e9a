"""New cases year on year: places as ranked bars, kinds of case beside them, each with how sure the change is."""

from typing import Final

from fastapi import APIRouter, Response

from api import trends
from api.permission import Who
from api.resources import Needs
from api.trends import A_YEAR, Months, Ward
from pages.staff.rendering import staff_page
from policy.trends.counts import ALL, HATE
from policy.trends.words import year_on_year
from policy.trends.years import Year

routes = APIRouter(include_in_schema=False)

_CALLED: Final = {
    Months.ONE: "The last month",
    Months.QUARTER: "The last three months",
    Months.HALF: "The last six months",
    Months.YEAR: "The last twelve months",
}
_KINDS: Final = {ALL: "All but what was reported as hate", HATE: "About hate, whatever else"}


@routes.get("/trends")
async def shown(who: Who, needs: Needs, months: Months = A_YEAR, ward: Ward = None) -> Response:
    """Whole months against the same of the years before: summer against summer."""
    told = await trends.told(needs, months, ward or None)
    return await staff_page(
        needs,
        who,
        "staff/trends.html",
        "New cases year on year",
        told=told,
        months=months,
        choices=_CALLED,
        ward=ward or None,
        most=max((_this_year(one) for one in told.wards), default=0),
        change=year_on_year,
        called=lambda kind: _KINDS.get(kind) or kind.replace("_", " ").capitalize(),
    )


def _this_year(one: Year) -> int:
    return one.numbers[0]
