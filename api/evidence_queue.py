"""Files of which nobody knows the case yet: taken in, listed, looked at, and set aside. (incident-diaries)"""

from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api import paging
from api.border import Body, Key, schema_of, understood
from api.evidence import RAW, EvidenceFile, FileName, Received, as_shown, original_of, received, upload_of
from api.paging import Cursor, Limit
from api.permission import By
from api.problems import problem
from api.resources import Needs
from policy.evidence_queue import SetAside
from policy.frozen import Frozen
from store import evidence_custody, evidence_files
from store.evidence_files import FileState

routes = APIRouter(tags=["evidence"])

_EXAMPLES: Final[dict[str, Any]] = {
    "advertising": {"value": {"why": "not_meant_for_us", "words": "A leaflet of a pizza shop."}}
}


class EvidencePage(Frozen):
    files: tuple[EvidenceFile, ...]
    next: str | None


@routes.post(
    "/evidence",
    summary="Take in a file of which nobody knows the case yet",
    status_code=HTTPStatus.CREATED,
    responses={200: {"model": Received, "description": "The same bytes are waiting already"}},
    openapi_extra=RAW,
)
async def add_without_case(
    request: Request, key: Key, by: By, needs: Needs, response: Response, file_name: FileName = ""
) -> Received:
    """It waits in the queue until `evidence_received` names it on its case."""
    return await received(needs, replace(upload_of(request, key, by, file_name), sees=True), response)


@routes.get("/evidence/unmatched", summary="Files that no fact names yet")
async def unmatched(
    needs: Needs,
    set_aside: Annotated[bool, Query(description="What was set aside, in place of what waits")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> EvidencePage:
    """The oldest first. Those that wait too long are tasks, of officers first and then of supervisors."""
    async with needs.store.reading() as db:
        found = await evidence_files.unmatched(db, limit, paging.after_id(cursor), aside=set_aside)
        custody = await evidence_custody.of_files(db, [one.id for one in found])
    last = found[-1] if len(found) == limit else None
    return EvidencePage(
        files=tuple(as_shown(one, custody) for one in found), next=last and paging.cursor(last.added_at, last.id)
    )


@routes.get("/evidence/{id_}/file", summary="A file that has no case yet", response_class=Response)
async def file_without_case(id_: UUID, by: By, needs: Needs) -> Response:
    """To find out which case it belongs to. Who opened it stands in its custody."""
    async with needs.store.reading() as db:
        line = await evidence_files.by_id(db, str(id_), None)
    return await original_of(needs, line, by)


@routes.post(
    "/evidence/{id_}/set-aside",
    summary="Say that no case is found for a file",
    openapi_extra=schema_of(SetAside, _EXAMPLES),
)
async def set_aside(id_: UUID, body: Body, _key: Key, by: By, needs: Needs) -> EvidenceFile:
    """Nobody is asked about it any more. It is kept as long as what waits, and can still be named on a case. Who
    set it aside stands in its custody. Asked again in the same words, the answer is the same.
    """
    said: SetAside = understood(SetAside, body)
    async with needs.everything.writing() as db:
        await evidence_files.set_aside(db, str(id_), said, by, datetime.now(UTC))
        line = await evidence_files.by_id(db, str(id_), None)
        custody = await evidence_custody.of_files(db, [str(id_)])
    if line is None:
        raise problem(HTTPStatus.NOT_FOUND, "file-not-found", "There is no such file without a case.")
    if line.state is FileState.ERASED:
        raise problem(HTTPStatus.GONE, "content-erased", "This file has been erased.")
    if (line.set_aside, line.set_aside_words) != (said.why, said.words):
        raise problem(HTTPStatus.CONFLICT, "set-aside-already", "This was set aside before, for another reason.")
    return as_shown(line, custody)
