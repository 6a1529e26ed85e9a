"""Focus areas: what was proposed and with which numbers, what was decided, and how it went there. (focus-areas)"""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from api import following, paging
from api.border import Body, Key, noted, schema_of
from api.following import Month
from api.journal import JournalRecorded, may, named, one_of
from api.paging import Cursor, Limit
from api.permission import By
from api.resources import Needs, Resources
from gateways.calendar import closure_days
from policy.editions import in_force_on
from policy.focus_areas.facts import (
    FocusAreaAccepted,
    FocusAreaEnded,
    FocusAreaRefused,
    FocusAreaReviewed,
    Numbers,
)
from policy.focus_areas.file import Counting, FocusAreaFile, State
from policy.frozen import Frozen
from policy.trends.compared import Compared
from policy.working_days import london_day
from store import focus_areas, journal, prevention
from store.focus_areas import FocusAreaFilter
from store.journal import HistoryLine
from store.prevention import Work, WorkFilter

routes = APIRouter(tags=["focus-areas"])

RECORDED_HERE: Final = named(FocusAreaAccepted, FocusAreaRefused, FocusAreaReviewed, FocusAreaEnded)
_FACT: Final = one_of(RECORDED_HERE)
_MOST: Final = 50
_HAPPENED: Final[dict[str, Any]] = {
    "accepted": {
        "value": {
            "fact": "focus_area_accepted",
            "owner": "community_safety-1",
            "words": "We walk there with the police twice a week, and ask for lights.",
        }
    },
    "refused": {
        "value": {
            "fact": "focus_area_refused",
            "why": "one_dispute",
            "reasons": "Eight of the nine are about one household.",
        }
    },
}


class FocusAreaPage(Frozen):
    areas: tuple[FocusAreaFile, ...]
    next: str | None


class FocusAreaTold(Frozen):
    """`since` is how it went since it became one, `months` how many cases of its kind there were in each, `work`
    the prevention work in the place.
    """

    area: FocusAreaFile
    since: Compared | None
    months: tuple[Month, ...]
    work: tuple[Work, ...]
    history: tuple[HistoryLine, ...]


@routes.get("/focus-areas", summary="The focus areas and what is proposed")
async def page(
    needs: Needs, wanted: Annotated[FocusAreaFilter, Depends()], cursor: Cursor = None, limit: Limit = 50
) -> FocusAreaPage:
    """The latest proposal first, with the numbers of its day."""
    async with needs.store.reading() as db:
        found = await focus_areas.page(db, wanted, limit, paging.after_id(cursor))
        last = found[-1] if len(found) == limit else None
        at = last and await focus_areas.proposed_at(db, last.id)
    return FocusAreaPage(areas=tuple(found), next=last and at and paging.cursor(at, last.id))


@routes.get("/focus-areas/{id_}", summary="One focus area, and how it goes there")
async def area(id_: UUID, needs: Needs) -> FocusAreaTold:
    """With everything that was recorded about it; 404 where there is none."""
    about = str(id_)
    async with needs.store.reading() as db:
        file = await focus_areas.by_id(db, about)
        numbers = told(file)
        work = await prevention.page(db, WorkFilter(ward=numbers.place), _MOST)
        history = await journal.history(db, about)
    return FocusAreaTold(
        area=file,
        since=await _since(needs, file, numbers),
        months=await following.by_month(needs, numbers.place, numbers.kind),
        work=tuple(work),
        history=tuple(history),
    )


async def _since(needs: Resources, file: FocusAreaFile, numbers: Numbers) -> Compared | None:
    """Against the same past as its proposal: the days that were proposed for would make any place look quieter."""
    if file.state not in {State.UNDER_WAY, State.ENDED} or file.decided_at is None:
        return None
    ended = file.ended_at and london_day(file.ended_at)
    first = london_day(file.decided_at)
    return await following.since(needs, numbers.place, numbers.kind, first, ended, numbers.first)


@routes.post(
    "/focus-areas/{id_}/facts",
    summary="Decide on a focus area, or record what happened there",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(_FACT, _HAPPENED),
)
async def record(id_: UUID, body: Body, key: Key, by: By, needs: Needs) -> JournalRecorded:
    """It is accepted or refused with the reasons; one that is under way is reviewed, and ended."""
    may(by.role, body, RECORDED_HERE)
    note = noted(_FACT, body, key, by, about=str(id_))
    async with needs.store.writing() as db:
        seq = await focus_areas.record(db, str(id_), note, counting(needs, note.at))
    return JournalRecorded(id=str(id_), seq=seq, fact_id=key)


def counting(needs: Resources, moment: datetime) -> Counting:
    day = london_day(moment)
    return Counting(edition=in_force_on(day), closure_days=closure_days(day, needs.settings.closure_days))


def told(file: FocusAreaFile) -> Numbers:
    """Those of its proposal, with which each begins."""
    if file.numbers is None:
        raise ValueError("a focus area begins with its proposal")
    return file.numbers
