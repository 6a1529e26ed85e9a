"""A home with who lives there, and a place that is inspected: with the cases there that whoever looks may see."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response

from api import places as kept
from api.border import Id
from api.cases import page as cases_page
from api.paging import Cursor
from api.permission import Who
from api.resources import Needs
from api.tenancies import tenancy
from pages.staff.paged import Part, PartNumber, skipped
from pages.staff.rendering import staff_page
from policy.likeness import marks_of
from policy.permissions import Action, may
from store import finding, mentions, people, prevention
from store.cases import Filter
from store.lookings import found_cases
from store.prevention import WorkFilter

routes = APIRouter(include_in_schema=False)

_MOST: Final = 50
_EVER: Final = datetime(1900, 1, 1, tzinfo=UTC)


@routes.get("/tenancies/{id_}")
async def home(id_: Id, who: Who, needs: Needs, part: PartNumber = 1) -> Response:
    """404 where there is none. The cases are those whose report names this address, whoever lived there then."""
    told = await tenancy(id_, needs)
    async with needs.store.reading() as db:
        known = await people.by_ids(db, [one.person for one in told.people])
        named = await mentions.sharing(db, marks_of(address=told.address), open_since=_EVER)
        others = [one for one in await finding.homes_at(db, " ".join(told.address)) if one.id != told.id]
    every = list({one.case_ref: one for one in named}.values()) if may(who.role, Action.LIST_CASES) else []
    there = every[skipped(part, _MOST) :][:_MOST]
    await found_cases(needs.store, [one.case_ref for one in there], who, Action.LIST_CASES)
    return await staff_page(
        needs,
        who,
        "staff/home.html",
        "A home",
        home=told,
        names={id_: one.name for id_, one in known.items()},
        cases=there,
        part=Part(f"/tenancies/{id_}", part, len(there), len(every), _MOST),
        others=others,
        keeps=may(who.role, Action.KEEP_PEOPLE),
    )


@routes.get("/places/{id_}")
async def place(id_: UUID, who: Who, needs: Needs, cursor: Cursor = None) -> Response:
    """404 where there is none. Homes and cases are those of which the address has the words of this place's."""
    told = await kept.place(id_, needs)
    words = told.place.address[0] if told.place.address else told.place.name
    async with needs.store.reading() as db:
        homes = await finding.homes_at(db, words)
        work = await prevention.page(db, WorkFilter(place=told.place.name), _MOST)
        of_ward = await prevention.page(db, WorkFilter(ward=told.place.ward), _MOST) if told.place.ward else ()
    there = await cases_page(who, needs, Filter(words=words), cursor, _MOST)
    return await staff_page(
        needs,
        who,
        "staff/place.html",
        "A place",
        of_us=[told.place.officer],
        told=told,
        homes=homes,
        most=finding.MOST_LIKE,
        work=list({one.id: one for one in (*work, *of_ward)}.values()),
        more_work=_MOST in {len(work), len(of_ward)},
        cases=there.cases,
        cursor=cursor,
        next=there.next,
        keeps=may(who.role, Action.KEEP_PLACES),
        now=datetime.now(UTC),
    )
