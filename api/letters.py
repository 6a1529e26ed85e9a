"""A letter as it was composed, and one that has not gone as it would go."""

import asyncio
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Path, Response

from activities.composing import content_of
from api.border import Ref
from api.files import handed_out
from api.problems import ProblemRaised, problem
from api.resources import Needs, Resources
from letters.compose import ComposedLetter, compose
from letters.landlord import contacts_of, letterhead_of
from letters.wordings import LetterRefused
from policy.case_file import CaseFile
from policy.deadlines.writing import why_not_written
from policy.duties import to_send
from policy.facts.letters import LetterKind
from policy.working_days import london_day
from store import cases, letters

log = structlog.get_logger()
routes = APIRouter(tags=["letters"])

LetterKey = Annotated[str, Path(pattern=r"^[a-z]+(-[a-z0-9]+)*$", max_length=64, examples=["update-7"])]


@routes.get("/cases/{ref}/letters/{id_}.pdf", summary="A letter as it was sent", response_class=Response)
async def pdf(ref: Ref, id_: UUID, needs: Needs) -> Response:
    """The PDF that went out; 404 where the case has no such letter, 410 where it has been erased."""
    async with needs.store.reading() as db:
        letter = await letters.by_id(db, ref, str(id_))
    if letter is None or letter.kind is LetterKind.TEXT_MESSAGE:
        raise problem(HTTPStatus.NOT_FOUND, "letter-not-found", "This case has no such letter.")
    if not letter.pdf:
        raise problem(HTTPStatus.GONE, "content-erased", "What this letter said has been erased.")
    return handed_out(letter.pdf, ref, letter.kind, "pdf")


@routes.get("/cases/{ref}/letters/{key}/draft.pdf", summary="A letter as it would go now", response_class=Response)
async def draft_pdf(ref: Ref, key: LetterKey, needs: Needs) -> Response:
    """The PDF of a letter that has not gone, marked as a draft; `key` is its name on the case. 404 where no letter
    of that name is to go, 409 where it cannot be made as things are.
    """
    kind, letter = await draft_of(ref, key, needs)
    return handed_out(letter.pdf, ref, f"{kind}-draft", "pdf")


@routes.get("/cases/{ref}/letters/{key}/draft.txt", summary="The same as text", response_class=Response)
async def draft_text(ref: Ref, key: LetterKey, needs: Needs) -> Response:
    """The words of a letter that has not gone, as an e-mail would have them. 404 and 409 as for its page."""
    kind, letter = await draft_of(ref, key, needs)
    return handed_out(letter.text.encode(), ref, f"{kind}-draft", "txt")


async def draft_of(ref: str, key: str, needs: Resources) -> tuple[LetterKind, ComposedLetter]:
    """As it would go now, and says that it has not. Raises 404 and 409."""
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
        owed = file.letters.get(key) if file is not None else None
        if file is None or owed is None:
            raise problem(HTTPStatus.NOT_FOUND, "letter-not-found", "This case has no such letter to send.")
        if await letters.by_key(db, ref, key) is not None:
            words = "This letter is made and goes as it is. The case lists it: read it there."
            raise problem(HTTPStatus.CONFLICT, "letter-is-made", words)
        duty, day = to_send(file, key, owed), london_day(datetime.now(UTC))
        try:
            content = await content_of(db, file, duty, contacts_of(needs.settings), day, draft=True)
        except LookupError as cannot:
            raise _not_made(file, key, cannot) from cannot
    try:
        letter = await asyncio.to_thread(compose, content, letterhead_of(needs.settings))
    except LetterRefused as cannot:
        raise _not_made(file, key, cannot) from cannot
    return owed.kind, letter


def _not_made(file: CaseFile, key: str, cannot: Exception) -> ProblemRaised:
    log.warning("draft_not_made", case=file.ref, key=key, why=type(cannot).__name__)
    words = f"This letter cannot be made now: {why_not_written(file, file.letters[key])}."
    return problem(HTTPStatus.CONFLICT, "letter-cannot-be-made", words)
