"""What an inspection found becomes a case, in one step. (estate-inspections)"""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response

from api.border import Body, Key, schema_of, understood
from api.permission import By
from api.places import counting
from api.problems import problem
from api.reports import Received, carried
from api.resources import Needs, Resources
from policy.editions import in_force_on
from policy.estates.facts import FindingMadeACase
from policy.facts import Actor, Entry, digest
from policy.facts.people import Place
from policy.facts.reporting import Channel, Reporter, ReportReceived
from policy.frozen import Frozen
from policy.journal import Note
from policy.refusals import FindingIsSettled
from policy.working_days import london_day
from store import findings, places
from store.findings import Finding, report_id
from store.places import ListedPlace

routes = APIRouter(tags=["places"])

FindingId = Annotated[str, Path(pattern="^[0-9a-f-]{36}-[0-9]{1,3}$")]


class OneStep(Frozen):
    """Nothing needs to be said: the finding says it."""


_ONE_STEP: Final[dict[str, Any]] = {"one step": {"value": {}}}


@routes.post(
    "/places/{id_}/findings/{finding}/case",
    summary="Make a case of what an inspection found",
    status_code=HTTPStatus.CREATED,
    responses={202: {"model": Received, "description": "Kept; the case opens as soon as the engine is back"}},
    openapi_extra=schema_of(OneStep, _ONE_STEP),
)
async def make_case(
    id_: UUID, finding: FindingId, body: Body, _key: Key, by: By, needs: Needs, response: Response
) -> Received:
    """One finding is one case, whoever asks and however often: asked again, the answer is the same.
    The clocks run from when it was found.
    """
    understood(OneStep, body)
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        place = await places.by_id(db, str(id_), now)
        found = await findings.by_id(db, place.id, finding)
    if found is None:
        raise problem(HTTPStatus.NOT_FOUND, "finding-not-found", "Nothing of this id was found there.")
    if found.ended is not None and found.case_ref is None:
        raise FindingIsSettled("What was found there is settled already.")
    kept = await needs.intake.receive(reported(place, found, by, now))
    await _kept_on_the_finding(needs, place, found, kept.case_ref, by)
    opened = kept.settled_at is not None or await carried(needs, kept, first=True)
    response.status_code = HTTPStatus.CREATED if opened else HTTPStatus.ACCEPTED
    response.headers["Location"] = f"/api/cases/{kept.case_ref}"
    return Received(ref=kept.case_ref, report=kept.id, opened=opened)


def reported(place: ListedPlace, found: Finding, by: Actor, now: datetime) -> Entry:
    """As one of us saw it, with nobody who complains."""
    edition = in_force_on(london_day(found.found_at))
    category = next((kind.category for kind in edition.findings if kind.key == found.kind), None)
    fact = ReportReceived(
        at=found.found_at,
        channel=Channel.INSPECTION,
        reporter=Reporter.WITNESS,
        words=f"Found at an inspection of {place.name}, {found.where}: {found.words}",
        category=category,
        place=Place(address=(found.where, *(place.address or (place.name,))), ward=place.ward),
    )
    return Entry(id=report_id(found.id), by=by, recorded_at=now, fact=fact, digest=digest(["finding", found.id]))


async def _kept_on_the_finding(needs: Resources, place: ListedPlace, found: Finding, ref: str, by: Actor) -> None:
    """After a crash before this the finding is still owed, and asking again brings us here."""
    if found.case_ref is not None:
        return
    now = datetime.now(UTC)
    fact = FindingMadeACase(at=now, finding=found.id, case=ref)
    note = Note(id=report_id(found.id), by=by, recorded_at=now, fact=fact, digest=digest([found.id, ref]))
    async with needs.store.writing() as db:
        await places.record(db, place.id, note, counting(needs, now))
