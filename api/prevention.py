"""Prevention work: what is planned where and when, what it costs, and what came of it. (prevention-work)"""

from datetime import UTC, datetime, time
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from api import following, paging
from api.border import Body, Key, noted, schema_of
from api.journal import JournalRecorded, may, named, one_of
from api.lists import is_one_of
from api.paging import Cursor, Limit
from api.permission import By
from api.resources import Needs
from policy.frozen import Frozen
from policy.prevention import PreventionCorrected, PreventionEnded, PreventionKind, PreventionPlanned
from policy.trends.compared import Compared
from policy.trends.counts import ALL
from store import journal, prevention
from store.journal import HistoryLine
from store.prevention import Work, WorkFilter

routes = APIRouter(tags=["prevention"])

RECORDED_HERE: Final = named(PreventionCorrected, PreventionEnded)
_FACT: Final = one_of(RECORDED_HERE)

_PLANNED: Final[dict[str, Any]] = {
    "a bid": {
        "value": {
            "kind": "funding_bid",
            "title": "Cameras against fly-tipping",
            "words": "Bid with the council for two cameras at the garages.",
            "ward": "St John's",
            "starts": "2026-03-02",
            "ends": "2026-09-30",
            "bid": 450000,
            "partners": ["District council"],
        }
    }
}
_CAME_OF_IT: Final[dict[str, Any]] = {
    "won": {
        "value": {"fact": "prevention_ended", "result": "bid_won", "words": "Granted in full.", "awarded": 450000}
    },
}


class WorkPage(Frozen):
    work: tuple[Work, ...]
    next: str | None


class WorkTold(Frozen):
    """As it stands now, and all that was told of it, in the order of recording. `trend` sets the new cases in its
    ward since it began against the past and the rest of the same days; None where that cannot be said.
    """

    work: Work
    trend: Compared | None
    history: tuple[HistoryLine, ...]


@routes.post(
    "/prevention",
    summary="Plan prevention work",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(PreventionPlanned, _PLANNED),
)
async def plan(body: Body, key: Key, by: By, needs: Needs) -> JournalRecorded:
    """What is planned against anti-social behaviour beside single cases: where, when and with whom."""
    note = noted(PreventionPlanned, body, key, by, about="prevention")
    async with needs.store.writing() as db:
        seq = await prevention.record(db, key, note)
    return JournalRecorded(id=key, seq=seq, fact_id=key)


@routes.get("/prevention", summary="The prevention work")
async def page(
    needs: Needs, wanted: Annotated[WorkFilter, Depends()], cursor: Cursor = None, limit: Limit = 50
) -> WorkPage:
    """The latest start first. `since` and `until` find what was going on at some time between them."""
    is_one_of("kind", wanted.kind, PreventionKind)
    behind = paging.after_id(cursor)
    async with needs.store.reading() as db:
        found = await prevention.page(db, wanted, limit, behind and (behind[0].date(), behind[1]))
    last = found[-1] if len(found) == limit else None
    start = last and datetime.combine(last.starts, time(), UTC)
    return WorkPage(work=tuple(found), next=start and last and paging.cursor(start, last.id))


@routes.get("/prevention/{id_}", summary="One piece of prevention work")
async def work(id_: UUID, needs: Needs) -> WorkTold:
    """With everything that was recorded about it; 404 where there is none."""
    async with needs.store.reading() as db:
        found = await prevention.by_id(db, str(id_))
        history = await journal.history(db, found.id)
    trend = None
    if found.ward is not None:
        trend = await following.since(needs, found.ward, ALL, found.starts, found.ends, found.starts)
    return WorkTold(work=found, trend=trend, history=tuple(history))


@routes.post(
    "/prevention/{id_}/facts",
    summary="Record what came of prevention work",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(_FACT, _CAME_OF_IT),
)
async def record(id_: UUID, body: Body, key: Key, by: By, needs: Needs) -> JournalRecorded:
    """A correction with its reasons, or what came of it."""
    may(by.role, body, RECORDED_HERE)
    note = noted(_FACT, body, key, by, about=str(id_))
    async with needs.store.writing() as db:
        seq = await prevention.record(db, str(id_), note)
    return JournalRecorded(id=str(id_), seq=seq, fact_id=key)
