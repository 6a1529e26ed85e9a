"""A letter as it was composed."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response

from api.border import Ref
from api.files import handed_out
from api.problems import problem
from api.resources import Needs
from store import letters

routes = APIRouter(tags=["letters"])


@routes.get("/cases/{ref}/letters/{id_}.pdf", summary="A letter as it was sent", response_class=Response)
async def pdf(ref: Ref, id_: UUID, needs: Needs) -> Response:
    """The PDF that went out; 404 where the case has no such letter, 410 where it has been erased."""
    async with needs.store.reading() as db:
        letter = await letters.by_id(db, ref, str(id_))
    if letter is None:
        raise problem(HTTPStatus.NOT_FOUND, "letter-not-found", "This case has no such letter.")
    if not letter.pdf:
        raise problem(HTTPStatus.GONE, "content-erased", "What this letter said has been erased.")
    return handed_out(letter.pdf, ref, letter.kind, "pdf")
