"""For the data protection officer: who looked at what we keep about somebody, and all of it as one file."""

from fastapi import APIRouter, Response

from api import people as kept
from api.border import Id
from api.looking import of_person
from api.paging import Cursor
from api.permission import Who
from api.person_record import record
from api.resources import Needs
from pages.staff.rendering import staff_page

routes = APIRouter(include_in_schema=False)


@routes.get("/people/{id_}/lookings")
async def looked(id_: Id, who: Who, needs: Needs, cursor: Cursor = None) -> Response:
    """The newest first. 404 for nobody we know."""
    person = await kept.person(id_, needs)
    found = await of_person(id_, needs, cursor)
    return await staff_page(
        needs,
        who,
        "staff/looked_at.html",
        "Who looked",
        of_us=[one.who for one in found.lookings],
        person=person,
        lookings=found.lookings,
        cursor=cursor,
        next=found.next,
    )


@routes.get("/people/{id_}/record")
async def ask(id_: Id, who: Who, needs: Needs) -> Response:
    """What it is, before it is made: making it is a look at each of their cases, and is entered as told."""
    person = await kept.person(id_, needs)
    return await staff_page(needs, who, "staff/person_record.html", "All that we keep", person=person)


@routes.post("/people/{id_}/record")
async def make(id_: Id, who: Who, needs: Needs) -> Response:
    """The file. Raises 403 for whoever is connected with one of the cases, and 404."""
    return await record(id_, who, needs)
