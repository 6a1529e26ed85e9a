"""Tenancies and their households: kept once and corrected; what was there before is never lost."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Response

from api.border import Body, Changes, Id, schema_of, some_of, understood
from api.problems import tenancy_not_found
from api.recognising import all_known
from api.resources import Needs
from policy.frozen import Frozen
from store import changes, tenancies
from store.changes import Change
from store.tenancies import Tenancy, TenancyTold

routes = APIRouter(tags=["tenancies"])

_TENANCY: Final[dict[str, Any]] = {
    "starter": {
        "value": {
            "reference": "T-004711",
            "address": ["2 Invented Row", "Sevenoaks"],
            "tenure": "starter",
            "starts": "2026-03-02",
            "starter_ends": "2027-03-02",
            "people": [{"person": "5f0c4f3e-8f0e-4c8e-9a51-0d8f7a1b2c3d", "place": "tenant"}],
        }
    }
}
_CORRECTION: Final[dict[str, Any]] = {"ended": {"value": {"ends": "2026-09-07"}}}


class History(Frozen):
    changes: tuple[Change, ...]


@routes.post(
    "/tenancies",
    summary="Add a tenancy",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(TenancyTold, _TENANCY),
)
async def add(body: Body, told: Changes, needs: Needs, response: Response) -> Tenancy:
    """The people on it must be known: 422 names those who are not. 409 where another has that reference."""
    tenancy: TenancyTold = understood(TenancyTold, body)
    async with needs.store.writing() as db:
        kept = await changes.answered(db, told)
        if kept is None:
            await all_known(db, [one.person for one in tenancy.people])
            kept = (await tenancies.add(db, told.id, tenancy)).model_dump(mode="json")
            await changes.keep(db, told, told.id, "added", before=None, after=kept)
    response.headers["Location"] = f"/api/tenancies/{told.id}"
    return Tenancy.model_validate(kept)


@routes.get("/tenancies/{id_}", summary="A tenancy, with who lives there")
async def tenancy(id_: Id, needs: Needs) -> Tenancy:
    """Who lives there and who used to; 404 where there is none."""
    async with needs.store.reading() as db:
        known = await tenancies.by_id(db, id_)
    if known is None:
        raise tenancy_not_found()
    return known


@routes.get("/tenancies/{id_}/changes", summary="What was changed about a tenancy")
async def history(id_: Id, needs: Needs) -> History:
    """The earliest first."""
    async with needs.store.reading() as db:
        if await tenancies.by_id(db, id_) is None:
            raise tenancy_not_found()
        return History(changes=tuple(await changes.of(db, id_)))


@routes.post(
    "/tenancies/{id_}/corrections",
    summary="Correct a tenancy, or who lives there",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(TenancyTold, _CORRECTION, in_part=True),
)
async def correct(id_: Id, body: Body, told: Changes, needs: Needs) -> Tenancy:
    """What is left out stays as it is. Somebody who has left the household stays among `people`, with `until`."""
    corrected = some_of(body)
    async with needs.store.writing() as db:
        if (kept := await changes.answered(db, told)) is not None:
            return Tenancy.model_validate(kept)
        before = await tenancies.lock(db, id_)
        if before is None:
            raise tenancy_not_found()
        was = before.model_dump(mode="json")
        known = {name: value for name, value in was.items() if name != "id"}
        tenancy: TenancyTold = understood(TenancyTold, known | corrected)
        await all_known(db, [one.person for one in tenancy.people])
        after = await tenancies.correct(db, before, tenancy)
        await changes.keep(db, told, id_, "corrected", before=was, after=after.model_dump(mode="json"))
    return after
