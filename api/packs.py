"""A case as one document for a court, the Ombudsman or somebody who asks what we hold about them."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Response

from api.border import Body, Id, Key, Ref, schema_of, understood
from api.files import handed_out
from api.leaving import PACK_TAKEN, entered, leaving
from api.permission import By
from api.problems import ProblemRaised, case_not_found, key_used_for_another_body, problem
from api.resources import Needs, Resources
from policy.facts import digest
from policy.frozen import Frozen
from policy.packs import readers
from policy.packs.readers import PackAsked
from store import cases
from store import packs as kept
from store.packs import PackLine, PackState
from workflows.packing_door import have_made

routes = APIRouter(tags=["packs"])

_ASKED: Final[dict[str, Any]] = {
    "for a court": {"value": {"reader": "court", "ground": "legal_claim", "purpose": "The hearing of 9 March."}},
    "for somebody who asks": {
        "value": {
            "reader": "subject",
            "ground": "right_of_access",
            "purpose": "Asked in writing.",
            "about": "complainant",
        }
    },
}


class PackPage(Frozen):
    packs: tuple[PackLine, ...]


@routes.post(
    "/cases/{ref}/packs",
    summary="Have a pack made",
    status_code=HTTPStatus.ACCEPTED,
    openapi_extra=schema_of(PackAsked, _ASKED),
)
async def ask(ref: Ref, body: Body, key: Key, by: By, needs: Needs) -> PackLine:
    """Made in the background of the case as it is now, or as it was at entry `as_of`; the same key again gives the
    same pack. No ground, no pack. Kept for 30 days.
    """
    asked: PackAsked = understood(PackAsked, body)
    readers.check(asked, by.role)
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
        until = await kept.until_now(db, ref, asked.as_of) if file is not None else None
    if file is None:
        raise case_not_found(ref)
    if until is None:
        raise problem(HTTPStatus.NOT_FOUND, "entry-not-found", "The case has no such entry.")
    readers.check_about(asked, file)
    line = PackLine(
        id=key,
        **asked.model_dump(include={"reader", "about", "ground", "purpose"}),
        until=until,
        asked_at=datetime.now(UTC),
        by_id=by.id,
        state=PackState.BEING_MADE,
        percent=0,
        made_at=None,
        sha256=None,
    )
    said = digest([ref, by.id, body])
    async with needs.store.writing() as db:
        if await kept.ask(db, ref, said, line, by.role) != said:
            raise key_used_for_another_body()
    await have_made(needs.door, key)
    return await _found(needs, ref, key)


@routes.get("/cases/{ref}/packs", summary="The packs of a case")
async def page(ref: Ref, needs: Needs) -> PackPage:
    """The newest first, with how far each has come."""
    async with needs.store.reading() as db:
        if not await cases.is_registered(db, ref):
            raise case_not_found(ref)
        return PackPage(packs=tuple(await kept.of_case(db, ref)))


@routes.get("/cases/{ref}/packs/{id_}", summary="How far a pack has come")
async def one(ref: Ref, id_: Id, needs: Needs) -> PackLine:
    """`percent` is 100 and `sha256` is there once it has been made."""
    return await _found(needs, ref, id_)


@routes.get("/cases/{ref}/packs/{id_}/pdf", summary="Take a pack", response_class=Response)
async def pdf(ref: Ref, id_: Id, by: By, needs: Needs) -> Response:
    """Before it leaves, that it does stands in the register of disclosures, with its reader and its ground. 409
    while it is being made.
    """
    line = await _found(needs, ref, id_)
    readers.for_them(line.reader, by.role)
    async with needs.store.reading() as db:
        content = await kept.pdf_of(db, id_)
    if line.state is not PackState.MADE or content is None:
        raise _not_made(line)
    about = None if line.about is None else (line.about,)
    await entered(needs, leaving(PACK_TAKEN, ref, by, told=[line.reader], about=about, lawful_reason=line.ground))
    return handed_out(content, ref, f"pack-for-{line.reader}", "pdf")


async def _found(needs: Resources, ref: str, id_: str) -> PackLine:
    async with needs.store.reading() as db:
        line = await kept.by_id(db, ref, id_)
    if line is None:
        raise problem(
            HTTPStatus.NOT_FOUND, "pack-not-found", "This case has no such pack. It is kept for 30 days."
        )
    return line


def _not_made(line: PackLine) -> ProblemRaised:
    if line.state is PackState.FAILED:
        return problem(HTTPStatus.CONFLICT, "pack-not-made", "It could not be made. Tell whoever runs Casework.")
    return problem(HTTPStatus.CONFLICT, "pack-being-made", f"It is being made: {line.percent} percent are done.")
