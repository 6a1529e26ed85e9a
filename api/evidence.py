"""Files that were sent to us: taken in, listed with their custody, and handed out. (incident-diaries)"""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, Final
from urllib.parse import unquote
from uuid import UUID, uuid5

import structlog
from fastapi import APIRouter, Header, Request, Response
from pydantic import Field

from api.arriving import in_time
from api.border import Body, Key, Ref, schema_of, understood
from api.evidence_taken import Upload, evidence_store_away, no_form, take_in
from api.evidence_types import ENDINGS, IN_WORDS
from api.files import handed_out
from api.leaving import EVIDENCE_COPIED, TAKERS, leaving
from api.lists import is_one_of, keys_of
from api.permission import By, How
from api.problems import RETRY_SECONDS, ProblemRaised, case_not_found, problem
from api.resources import Needs, Resources
from gateways.evidence_files import EvidenceStoreAway, FileMissing
from policy.evidence_queue import WhyAside
from policy.facts.base import Actor, Name
from policy.frozen import Frozen
from policy.permissions import Action, relations
from store import cases, disclosures, evidence_custody, evidence_files
from store.evidence_custody import CustodyLine, Handled
from store.evidence_files import SHOWN, EvidenceLine, FileKind, FileState, NotStripped, shared_key

log = structlog.get_logger()
routes = APIRouter(tags=["evidence"])

RAW: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": f"The bytes of the file and nothing else: {IN_WORDS}",
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary", "minLength": 1}}
        },
    }
}
_TO: Final = Field(
    description="Whom it is for: a key of the lists `agencies` and `partners`, somebody on the case as it calls"
    f" them, or one of: {', '.join(TAKERS)}"
)
_COPIES: Final[dict[str, Any]] = {"for a court": {"value": {"to": "court"}}}
FileName = Annotated[
    str, Header(description="How whoever sent it called it, percent-encoded; folders in it are dropped")
]


class Received(Frozen):
    """`kept_before` says that the same bytes were there already and were not kept again."""

    id: str
    sha256: str
    media_type: str
    size: int
    state: FileState
    kept_before: bool = False


class EvidenceFile(Frozen):
    """`matter` is what on the case it was sent for, None while no fact names it. `shared_size` is that of the copy
    that may be passed on; `not_stripped` why there can be none. Both are None until it was looked at.
    """

    id: str
    case_ref: str | None
    matter: str | None
    name: str
    kind: FileKind
    media_type: str
    size: int
    sha256: str
    state: FileState
    shared_size: int | None
    not_stripped: NotStripped | None
    added_at: datetime
    set_aside: WhyAside | None
    set_aside_words: str | None
    custody: tuple[CustodyLine, ...]


class CopyAsked(Frozen):
    to: Annotated[Name, _TO]


class CaseEvidence(Frozen):
    files: tuple[EvidenceFile, ...]


@routes.post(
    "/cases/{ref}/evidence",
    summary="Take in a file for a case",
    status_code=HTTPStatus.CREATED,
    responses={200: {"model": Received, "description": "The same bytes are kept on this case already"}},
    openapi_extra=RAW,
)
async def add(
    ref: Ref,
    request: Request,
    key: Key,
    by: By,
    how: How,
    needs: Needs,
    response: Response,
    file_name: FileName = "",
) -> Received:
    """Then say what it is: record `evidence_received` with its id in `files`. Until then it waits in the queue.
    Whoever is given it passes it on, also on a case that is not open to them: then it is kept whoever else has
    sent the same, and nobody is told.
    """
    upload = upload_of(request, key, by, file_name)
    sees = how in relations(by.role, Action.SEE_CASE)
    return await received(needs, replace(upload, case_ref=ref, sees=sees), response)


@routes.get("/cases/{ref}/evidence", summary="The files of a case")
async def index(ref: Ref, needs: Needs) -> CaseEvidence:
    """In the order in which they came, each with who did what with it and when."""
    async with needs.store.reading() as db:
        if not await cases.is_registered(db, ref):
            raise case_not_found(ref)
        found = await evidence_files.of_case(db, ref)
        custody = await evidence_custody.of_files(db, [one.id for one in found])
    return CaseEvidence(files=tuple(as_shown(one, custody) for one in found))


@routes.get("/cases/{ref}/evidence/{id_}/file", summary="A file as it was sent to us", response_class=Response)
async def original(ref: Ref, id_: UUID, by: By, needs: Needs) -> Response:
    """With whatever the device wrote into it, such as where it was taken: not for passing on. Who opened it stands
    in its custody. 409 while it is quarantined, or where malware was found in it.
    """
    async with needs.store.reading() as db:
        line = await evidence_files.by_id(db, str(id_), ref)
    return await original_of(needs, line, by)


@routes.post(
    "/cases/{ref}/evidence/{id_}/shared-copy",
    summary="Take a copy of a picture to pass on",
    response_class=Response,
    openapi_extra=schema_of(CopyAsked, _COPIES),
)
async def shared_copy(ref: Ref, id_: UUID, body: Body, key: Key, by: By, needs: Needs) -> Response:
    """Without what the device wrote into it. Who took it stands in its custody, and whom it is for in the register
    of disclosures; under the same key once. 409 where there is none: what cannot be stripped is not passed off as
    stripped.
    """
    asked: CopyAsked = understood(CopyAsked, body)
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
        if file is None:
            raise case_not_found(ref)
        is_one_of("to", asked.to, (*TAKERS, *keys_of("agencies"), *keys_of("partners"), *file.people))
        line = _to_show(await evidence_files.by_id(db, str(id_), ref))
    if line.not_stripped is not None:
        raise _no_copy(line.not_stripped)
    if line.shared_sha256 is None or line.shared_size is None:
        detail = "The copy is being made. Try again in a moment."
        raise problem(HTTPStatus.CONFLICT, "copy-not-made-yet", detail, RETRY_SECONDS)
    pieces = await _found(needs, shared_key(line.id))
    once = str(uuid5(UUID(key), f"{ref} {line.id} {asked.to} {by.id}"))
    leaves = leaving(EVIDENCE_COPIED, ref, by, told=[asked.to], about=None, id_=once)
    async with needs.everything.writing() as db:
        if await disclosures.enter_one(db, leaves):
            await evidence_custody.handled(db, line.id, CustodyLine.of(Handled.SHARED, by, leaves.at))
    return _handed_out(line, pieces, line.shared_sha256, line.shared_size, "shared-copy")


def upload_of(request: Request, key: str, by: Actor, name: str) -> Upload:
    no_form(request.headers.get("content-type", ""))
    declared = request.headers.get("content-length", "")
    return Upload(
        key=key,
        by=by,
        pieces=in_time(request.stream()),
        name=unquote(name),
        declared=int(declared) if declared.isdecimal() else None,
    )


async def received(needs: Resources, upload: Upload, response: Response) -> Received:
    taken = await take_in(needs, upload)
    if taken.before:
        response.status_code = HTTPStatus.OK
    file = taken.file
    return Received(
        id=file.id,
        sha256=file.sha256,
        media_type=file.media_type,
        size=file.size,
        state=file.state,
        kept_before=taken.before,
    )


def as_shown(line: EvidenceLine, custody: dict[str, tuple[CustodyLine, ...]]) -> EvidenceFile:
    said = line.model_dump(exclude={"shared_sha256"})
    return EvidenceFile(**said, kind=line.kind, custody=custody.get(line.id, ()))


async def original_of(needs: Resources, found: EvidenceLine | None, by: Actor) -> Response:
    line = _to_show(found)
    pieces = await _found(needs, line.id)
    async with needs.everything.writing() as db:  # before it is handed out: nothing is where this is not written
        await evidence_custody.handled(db, line.id, CustodyLine.of(Handled.OPENED, by, datetime.now(UTC)))
    return _handed_out(line, pieces, line.sha256, line.size, "evidence")


def _to_show(line: EvidenceLine | None) -> EvidenceLine:
    """Raises 404, 409 and 410."""
    if line is None:
        raise problem(HTTPStatus.NOT_FOUND, "file-not-found", "There is no such file here.")
    if line.state is FileState.ERASED:
        raise problem(HTTPStatus.GONE, "content-erased", "This file has been erased.")
    if line.state is FileState.INFECTED:
        detail = "Malware was found in this file, so it is kept and not handed out. Ask for it to be sent again."
        raise problem(HTTPStatus.CONFLICT, "malware-found", detail)
    if line.state not in SHOWN:
        detail = "This file has not been checked for malware yet. It is kept, and shown once it has been."
        raise problem(HTTPStatus.CONFLICT, "quarantined", detail, RETRY_SECONDS)
    return line


def _no_copy(why: NotStripped) -> ProblemRaised:
    reasons = {
        NotStripped.KIND: "What the device wrote into a file of this type cannot be taken out here",
        NotStripped.TOO_LARGE: "This picture has more pixels than can be worked on here",
        NotStripped.NOT_READABLE: "This picture cannot be read here, or it is several in one",
    }
    detail = f"{reasons[why]}, so there is no copy to pass on. The original may say where and when it was made."
    return problem(HTTPStatus.CONFLICT, "cannot-be-stripped", detail)


async def _found(needs: Resources, key: str) -> AsyncIterator[bytes]:
    """Raises 503, also where storage has lost it: that is for whoever runs it to put right."""
    try:
        return await needs.evidence.read(key)
    except FileMissing:
        log.error("evidence_missing", file=key)  # noqa: TRY400 - a trace names folders
        raise evidence_store_away() from None
    except EvidenceStoreAway:
        raise evidence_store_away() from None


def _handed_out(line: EvidenceLine, pieces: AsyncIterator[bytes], sha256: str, size: int, called: str) -> Response:
    name = f"{called}-{line.id[:8]}"
    ending = ENDINGS[line.media_type]
    response = handed_out(_as_it_was(pieces, sha256, line.id), line.case_ref or "unmatched", name, ending)
    response.headers["Content-Length"] = str(size)
    return response


class EvidenceChanged(RuntimeError):
    """What is in storage is not what was taken in. The transfer is broken off before its last piece."""


async def _as_it_was(pieces: AsyncIterator[bytes], sha256: str, id_: str) -> AsyncIterator[bytes]:
    """Raises EvidenceChanged and EvidenceStoreAway."""
    passed, held = hashlib.sha256(), b""
    async for piece in pieces:
        if held:
            yield held
        passed.update(piece)
        held = piece
    if passed.hexdigest() != sha256:
        log.error("evidence_changed", file=id_)
        raise EvidenceChanged(id_)
    yield held
