"""Links between cases."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Response

from api.border import Body, Key, Ref, schema_of, taken_in
from api.facts import Recorded, fits, recorded
from api.permission import How, Who, also_on
from api.resources import Needs
from policy.facts.linking import CasesLinked

routes = APIRouter(tags=["links"])

_LINK: Final[dict[str, Any]] = {
    "counter-allegation": {"value": {"other": "CW-2026-000002", "tie": "counter_allegation"}}
}


@routes.post(
    "/cases/{ref}/links",
    summary="Link two cases",
    status_code=HTTPStatus.CREATED,
    responses={202: {"model": Recorded, "description": "Safe in the engine; the timeline will have it shortly"}},
    openapi_extra=schema_of(CasesLinked, _LINK),
)
async def link(ref: Ref, body: Body, key: Key, who: Who, how: How, needs: Needs, response: Response) -> Recorded:
    """Both cases record it; each keeps its own clocks, people and words. A closed one is linked from this side."""
    entry = taken_in(CasesLinked, body, key, who.actor)
    fits(how, entry.fact)
    if isinstance(entry.fact, CasesLinked):
        await also_on(needs, who, entry.fact.other)
    return await recorded(needs, ref, entry, response)
