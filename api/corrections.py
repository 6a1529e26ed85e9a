"""Putting right what an entry of a timeline says, of a case or of what is beside it. (UK GDPR art. 16)"""

from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter

from api.border import Body, Key, Ref, noted, schema_of
from api.facts import fits
from api.journal import JournalRecorded
from api.permission import By, How
from api.problems import problem
from api.resources import Needs, Resources
from policy.correcting import EntryCorrected
from policy.facts.base import Actor
from policy.permissions import Relation
from store import corrections
from store.corrections import NothingToCorrect

routes = APIRouter(tags=["timeline"])

EXAMPLE: Final[dict[str, Any]] = {
    "mistaken": {
        "value": {"seq": 3, "wrong": "That she rang on Monday.", "right": "Her neighbour rang; she was away."}
    }
}


@routes.post(
    "/cases/{ref}/corrections",
    summary="Correct what an entry of the timeline says",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(EntryCorrected, EXAMPLE),
)
async def correct(ref: Ref, body: Body, key: Key, by: By, how: How, needs: Needs) -> JournalRecorded:
    """Also of a closed case. The entry stays as it was recorded, and shows from now on what of it is wrong; 404
    where there is no such entry, or nothing left of it.
    """
    return await corrected(needs, ref, body, key, by, how)


async def corrected(
    needs: Resources, ref: str, body: dict[str, Any], key: str, by: Actor, how: Relation | None
) -> JournalRecorded:
    """Raises 403, 404, and what the body and the key have."""
    note = noted(EntryCorrected, body, key, by, about=ref)
    if not isinstance(note.fact, EntryCorrected):
        raise TypeError(note.fact.fact)
    fits(how, note.fact)
    try:
        async with needs.store.writing() as db:
            await corrections.add(db, ref, note)
    except NothingToCorrect:
        detail = "There is no such entry, or what it said has been erased."
        raise problem(HTTPStatus.NOT_FOUND, "entry-not-found", detail) from None
    return JournalRecorded(id=ref, seq=note.fact.seq, fact_id=key)
