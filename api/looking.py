"""Who looked at what: one's own, a person's, and for the data protection officer everybody's."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends

from api import paging
from api.border import Id
from api.paging import Cursor, Limit
from api.permission import By
from api.problems import problem
from api.resources import Needs
from policy.editions import in_force_on
from policy.frozen import Frozen
from policy.working_days import london_day
from store import lookings
from store.lookings import Looking, LookingFilter, Unusual

routes = APIRouter(tags=["looking"])

_LONGEST: Final = timedelta(days=92)


class LookingPage(Frozen):
    lookings: tuple[Looking, ...]
    next: str | None


class UnusualLooking(Frozen):
    """The numbers are the edition's: from so many on a day somebody is shown here."""

    cases_a_day: int
    of_team_a_day: int
    found_a_day: int
    unusual: tuple[Unusual, ...]


@routes.get("/me/lookings", summary="What you looked at")
async def own(by: By, needs: Needs, cursor: Cursor = None, limit: Limit = 50) -> LookingPage:
    """The newest first. The same again within five minutes counts once."""
    async with needs.store.reading() as db:
        found = await lookings.page(db, LookingFilter(who=by.id), limit, paging.after_two(cursor))
    return _page(found, limit)


@routes.get("/lookings", summary="Who looked at what")
async def every(
    needs: Needs, wanted: Annotated[LookingFilter, Depends()], cursor: Cursor = None, limit: Limit = 50
) -> LookingPage:
    """The newest first. `about` is a reference, or the id of a person; `since` and `until` are days in London."""
    async with needs.store.reading() as db:
        found = await lookings.page(db, wanted, limit, paging.after_two(cursor))
    return _page(found, limit)


@routes.get("/lookings/unusual", summary="Who looked at very many cases")
async def unusual(needs: Needs, since: date, until: date) -> UnusualLooking:
    """By day in London, at most three months of them. There may be good reasons: ask."""
    if not timedelta(0) <= until - since <= _LONGEST:
        detail = "`until` must not come before `since`, nor more than 92 days after it."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail)
    many = in_force_on(london_day(datetime.now(UTC))).access
    async with needs.store.reading() as db:
        found = await lookings.unusual(db, since, until, many)
    return UnusualLooking(
        cases_a_day=many.others_cases_a_day,
        of_team_a_day=many.team_cases_a_day,
        found_a_day=many.found_a_day,
        unusual=tuple(found),
    )


@routes.get("/people/{id_}/lookings", summary="Who looked at what we keep about a person")
async def of_person(id_: Id, needs: Needs, cursor: Cursor = None, limit: Limit = 50) -> LookingPage:
    """At the person, and at every case that they are on. For the report that they may ask for."""
    async with needs.everything.reading() as db:
        found = await lookings.of_person(db, id_, limit, paging.after_two(cursor))
    return _page(found, limit)


def _page(found: list[Looking], limit: int) -> LookingPage:
    last = found[-1] if len(found) == limit else None
    return LookingPage(lookings=tuple(found), next=last and paging.cursor(last.at, last.who, last.about))
