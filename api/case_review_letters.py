"""The letter that a case review owes now, for an officer to read, send and record."""

import asyncio
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Response

from api.border import ProcedureRef
from api.files import handed_out
from api.problems import ProblemRaised, problem, procedure_not_found
from api.resources import Needs, Resources
from letters.compose import Addressee, ComposedLetter, LetterContent, compose
from letters.landlord import contacts_of, letterhead_of
from letters.reviewing import NoLetterNow, review_letter
from policy.case_review.facts import CaseReviewAsked, ReviewEntry
from policy.case_review.review import ReviewFile
from policy.company import COMPLAINANT
from policy.facts.people import Person
from policy.working_days import london_day
from store import cases, mentions, procedures, timeline
from store.sessions import Reading

routes = APIRouter(tags=["case-reviews"])


@routes.get("/case-reviews/{ref}/letter.pdf", summary="What is to be put in writing now", response_class=Response)
async def pdf(ref: ProcedureRef, needs: Needs) -> Response:
    """The acknowledgement, the answer on the threshold with its arithmetic, the outcome or the end, as the review
    stands. 409 where nothing is to be put in writing now, or nobody may be written to.
    """
    kind, letter = await _made(ref, needs)
    return handed_out(letter.pdf, ref, kind, "pdf")


@routes.get(
    "/case-reviews/{ref}/letter.txt", summary="What is to be put in writing now, as text", response_class=Response
)
async def text(ref: ProcedureRef, needs: Needs) -> Response:
    """As an e-mail would have it. 409 as for its page."""
    kind, letter = await _made(ref, needs)
    return handed_out(letter.text.encode(), ref, kind, "txt")


async def _made(ref: str, needs: Resources) -> tuple[str, ComposedLetter]:
    async with needs.store.reading() as db:
        file = await procedures.file_of(db, ref)
        if not isinstance(file, ReviewFile):
            raise procedure_not_found(ref)
        entries = [line.entry_as(ReviewEntry) for line in await timeline.entries_of(db, ref)]
        reader = await _whoever_asked(db, file, entries)
    if reader is None:
        raise _not_now("There is no safe way known to write to whoever asked. Tell them in a safe way.")
    try:
        kind, values = review_letter(file, entries, contacts_of(needs.settings))
    except NoLetterNow:
        raise _not_now("Nothing is to be put in writing at this stage.") from None
    content = LetterContent(
        kind=kind,
        reference=ref,
        date=london_day(datetime.now(UTC)),
        addressee=Addressee(reader.name or "Resident", reader.address),
        values=values,
    )
    return kind, await asyncio.to_thread(compose, content, letterhead_of(needs.settings))


async def _whoever_asked(db: Reading, file: ReviewFile, entries: list[ReviewEntry]) -> Person | None:
    """As they said; else the victim, where their case may be written to."""
    asked = next((entry.fact for entry in entries if isinstance(entry.fact, CaseReviewAsked)), None)
    if asked is not None and asked.asker is not None and asked.asker.written_to_by() is not None:
        return asked.asker
    for case in file.cases:
        known = await cases.file_of(db, case)
        if known is not None and known.writes_by is not None:
            return await mentions.called(db, case, COMPLAINANT)
    return None


def _not_now(words: str) -> ProblemRaised:
    return problem(HTTPStatus.CONFLICT, "no-letter-now", words)
