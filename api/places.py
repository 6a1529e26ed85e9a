"""Places that are inspected: their plan, what is owed there, and what was found. (estate-inspections)"""

from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api import paging
from api.border import Body, Key, noted, schema_of
from api.journal import JournalRecorded, may, named, one_of
from api.paging import Cursor, Limit
from api.permission import By
from api.resources import Needs, Resources
from gateways.calendar import closure_days
from policy.deadlines import Deadline
from policy.editions import in_force_on
from policy.estates.facts import FindingEnded, InspectionPlanChanged, InspectionsEnded, PlaceInspected, PlaceListed
from policy.estates.file import Counting
from policy.frozen import Frozen
from policy.working_days import london_day
from store import findings, inspections, journal, places
from store.findings import Finding
from store.inspections import Counts
from store.journal import HistoryLine
from store.places import ListedPlace, PlaceFilter

routes = APIRouter(tags=["places"])

RECORDED_HERE: Final = named(InspectionPlanChanged, PlaceInspected, FindingEnded, InspectionsEnded)
_FACT: Final = one_of(RECORDED_HERE)

_LISTED: Final[dict[str, Any]] = {
    "a block": {
        "value": {
            "name": "Invented Court and garages",
            "ward": "St John's",
            "address": ["Invented Court", "Sevenoaks"],
            "every_working_days": 10,
            "officer": "officer-1",
        }
    }
}
_HAPPENED: Final[dict[str, Any]] = {
    "inspected": {
        "value": {
            "fact": "place_inspected",
            "words": "Walked round with the caretaker.",
            "findings": [{"kind": "fly_tipping", "where": "Behind garage 4", "words": "Two mattresses."}],
        }
    },
    "plan": {
        "value": {
            "fact": "inspection_plan_changed",
            "every_working_days": 5,
            "officer": "officer-1",
            "reasons": "Dumped on every week since May.",
        }
    },
}


class PlacePage(Frozen):
    places: tuple[ListedPlace, ...]
    next: str | None


class PlaceTold(Frozen):
    """A place with what is owed there now, what was found, every inspection that was owed, and its history."""

    place: ListedPlace
    every_working_days: int
    deadlines: tuple[Deadline, ...]
    findings: tuple[Finding, ...]
    ledger: tuple[dict[str, Any], ...]
    history: tuple[HistoryLine, ...]


@routes.post(
    "/places",
    summary="List a place that is inspected",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(PlaceListed, _LISTED),
)
async def list_place(body: Body, key: Key, by: By, needs: Needs) -> JournalRecorded:
    """Lists a place. Its first inspection is due one interval after `at`."""
    note = noted(PlaceListed, body, key, by, about="places")
    async with needs.store.writing() as db:
        seq = await places.list_place(db, note, counting(needs, note.at))
    return JournalRecorded(id=key, seq=seq, fact_id=key)


@routes.get("/places", summary="The places that are inspected")
async def page(
    needs: Needs, wanted: Annotated[PlaceFilter, Depends()], cursor: Cursor = None, limit: Limit = 50
) -> PlacePage:
    """The longest listed first. `overdue` finds those whose inspection is late."""
    async with needs.store.reading() as db:
        found = await places.page(db, wanted, datetime.now(UTC), limit, paging.after_id(cursor))
    last = found[-1] if len(found) == limit else None
    return PlacePage(places=tuple(found), next=last and paging.cursor(last.listed_at, last.id))


@routes.get("/places/{id_}", summary="A place, with its inspections")
async def place(id_: UUID, needs: Needs) -> PlaceTold:
    """When it is inspected next, what was found there and what is still owed; 404 where there is none."""
    about = str(id_)
    async with needs.store.reading() as db:
        row = await places.by_id(db, about, datetime.now(UTC))
        file = await places.file_of(db, about)
        return PlaceTold(
            place=row,
            every_working_days=file.every_working_days,
            deadlines=tuple(sorted(file.owed.values(), key=lambda d: (d.due, d.key))),
            findings=tuple(await findings.of_place(db, about)),
            ledger=tuple(await inspections.ledger(db, about)),
            history=tuple(await journal.history(db, about)),
        )


@routes.post(
    "/places/{id_}/facts",
    summary="Record what happened at a place",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(_FACT, _HAPPENED),
)
async def record(id_: UUID, body: Body, key: Key, by: By, needs: Needs) -> JournalRecorded:
    """An inspection with what it found, a changed plan, a finding that needs no case, the end of inspections."""
    may(by.role, body, RECORDED_HERE)
    note = noted(_FACT, body, key, by, about=str(id_))
    async with needs.store.writing() as db:
        seq = await places.record(db, str(id_), note, counting(needs, note.at))
    return JournalRecorded(id=str(id_), seq=seq, fact_id=key)


@routes.get("/inspections/counts", summary="How many inspections were held, late or missed")
async def counts(
    needs: Needs,
    since: Annotated[date | None, Query(description="Due on this day or later")] = None,
    until: Annotated[date | None, Query(description="Due on this day or earlier")] = None,
) -> Counts:
    """Inspections by what became of them."""
    async with needs.store.reading() as db:
        return await inspections.counts(db, datetime.now(UTC), since, until)


def counting(needs: Resources, moment: datetime) -> Counting:
    """With what is in force and known on that day."""
    day = london_day(moment)
    return Counting(edition=in_force_on(day), closure_days=closure_days(day, needs.settings.closure_days))
