"""Reports from anybody, and further incidents on an open case."""

from http import HTTPStatus
from typing import Any, Final

import structlog
from fastapi import APIRouter, Depends, Response

from api.border import Body, Key, Ref, schema_of, taken_in
from api.identity import forbidden
from api.limits import report_limit
from api.permission import By, Who, also_on
from api.problems import case_not_found, problem
from api.resources import Needs, Resources
from api.waiting import until_recorded
from policy.caller import Caller
from policy.editions import in_force_on
from policy.facts import Entry
from policy.facts.base import Role
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.folding.reports import earlier_case
from policy.frozen import Frozen
from policy.permissions import Action, may_record
from policy.working_days import london_day
from store import cases
from store.reports import Report
from workflows.case_door import EngineAway, OutcomeUnknown

log = structlog.get_logger()
routes = APIRouter(tags=["reports"])

_STAFF_SAY: Final = frozenset({"at", "police_advised", "follows"})
"""When we received a report and what we did about it: each can stop a clock, so nobody else says it."""

_REPORT: Final[dict[str, Any]] = {
    "noise": {
        "value": {
            "channel": "phone",
            "reporter": "victim",
            "category": "noise",
            "words": "Music through the wall every night until two.",
            "complainant": {"name": "Rowan Example", "email": "rowan@example.org", "prefers": "email"},
        }
    }
}
_INCIDENT: Final[dict[str, Any]] = {
    "again": {"value": {"channel": "phone", "words": "It happened again last night.", "category": "noise"}}
}


_WE_SAY: Final = frozenset({"follows_closed_at", "told_on", "told_by"})
"""What we look up ourselves."""


class Received(Frozen):
    """`opened` tells whether the case is running already; it will be soon if not."""

    ref: str
    report: str
    opened: bool


class Opened(Received):
    """`earlier_case` closed not long before and is offered to whoever takes this one up."""

    earlier_case: str | None


@routes.post(
    "/reports",
    summary="Report anti-social behaviour",
    dependencies=[Depends(report_limit)],
    status_code=HTTPStatus.CREATED,
    responses={202: {"model": Opened, "description": "Kept; the case opens as soon as the engine is back"}},
    openapi_extra=schema_of(ReportReceived, _REPORT, ours=_WE_SAY),
)
async def report(body: Body, key: Key, who: Who, needs: Needs, response: Response) -> Opened:
    """Anybody may report, by any channel, without a name and without a token; the reference is given at once.
    (register-every-report)
    """
    kept, opened = await received(needs, who, body, key)
    response.status_code = HTTPStatus.CREATED if opened else HTTPStatus.ACCEPTED
    response.headers["Location"] = f"/api/cases/{kept.case_ref}"
    return Opened(ref=kept.case_ref, report=kept.id, opened=opened, earlier_case=_earlier_case(kept))


async def received(needs: Resources, who: Caller, body: dict[str, Any], key: str) -> tuple[Report, bool]:
    """Keeps a report, and tells whether its case is running already. The same key again gives the same report.
    Raises the problem that the body has.
    """
    if not may_record(who.role, "report_received"):
        raise forbidden("This role does not take reports.")
    if who.role is Role.RESIDENT and (ours := sorted(_STAFF_SAY & body.keys())):
        detail = f"Not for a public report: {', '.join(ours)}. When it happened is `happened_at`."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail)
    _nobody_says(body)
    entry = taken_in(ReportReceived, body, key, who.actor)
    if isinstance(entry.fact, ReportReceived) and entry.fact.follows and who.role is not Role.RESIDENT:
        await also_on(needs, who, entry.fact.follows, Action.REPORT_ON_CASE)
    kept = await needs.intake.receive(entry)
    return kept, kept.settled_at is not None or await carried(needs, kept, first=True)


@routes.post(
    "/cases/{ref}/incidents",
    summary="Report a further incident on an open case",
    status_code=HTTPStatus.ACCEPTED,
    openapi_extra=schema_of(IncidentReported, _INCIDENT, ours=_WE_SAY),
)
async def incident(ref: Ref, body: Body, key: Key, by: By, needs: Needs) -> Received:
    """A further incident is never refused and never lost while the case is open, also where the case is shut to
    whoever takes it; 409 once it has closed.
    """
    _nobody_says(body)
    async with needs.everything.reading() as db:
        if await cases.file_of(db, ref) is None:
            raise case_not_found(ref)
    return await told_again(needs, ref, taken_in(IncidentReported, body, key, by, about=ref))


async def told_again(needs: Resources, ref: str, entry: Entry) -> Received:
    """Keeps a further incident. Raises IncidentNeedsAnOpenCase."""
    kept = await needs.intake.receive_incident(ref, entry)
    return Received(ref=kept.case_ref, report=kept.id, opened=await carried(needs, kept, first=False))


def _nobody_says(body: dict[str, Any]) -> None:
    if ours := sorted(_WE_SAY & body.keys()):
        raise problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", f"Casework looks this up: {', '.join(ours)}."
        )


def _earlier_case(kept: Report) -> str | None:
    fact = kept.entry.fact
    return earlier_case(fact, in_force_on(london_day(fact.at))) if isinstance(fact, ReportReceived) else None


async def carried(needs: Resources, kept: Report, *, first: bool) -> bool:
    """True when the engine has it (and for a first report the store too). The relay carries what we could not."""
    with needs.notices.about(kept.case_ref) as told:
        try:
            await needs.intake.carry(kept)
        except (EngineAway, OutcomeUnknown) as away:
            log.warning("report_waits_for_engine", case=kept.case_ref, why=type(away).__name__)
            return False
        log.info("report_taken", case=kept.case_ref, key=kept.id)
        return not first or await until_recorded(needs.everything, kept.case_ref, 1, told)
