"""A case as it was known at an earlier moment, to be read alone: nothing is recorded on the past."""

from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Response

from api.as_of import CaseAsOf, then
from api.border import Ref
from api.permission import Who
from api.problems import ProblemRaised, problem
from api.recognising import on_case
from api.resources import Needs, Resources
from pages.staff.case import categories_of, named
from pages.staff.happening import Happened, happened, of_us
from pages.staff.known_then import FileThen, LetterThen, files_then, letters_then
from pages.staff.rendering import staff_page
from policy.working_days import LONDON
from store import cases, corrections, evidence_custody, evidence_files, timeline
from store import letters as kept_letters
from store.timeline import TimelineEntry

routes = APIRouter(include_in_schema=False)

_END_OF_A_DAY: Final = "23:59:59.999999"
_SAID_HERE: Final = frozenset({"no-case-then", "content-erased", "no-such-moment"})
"""What is answered with the box in which to choose another moment."""


@routes.get("/cases/{ref}/as-of")
async def shown(ref: Ref, who: Who, needs: Needs, day: str = "", hour: str = "") -> Response:
    """A day without an hour is its end."""
    lines: Sequence[Happened] = ()
    later: Sequence[Happened] = ()
    names: dict[str, str] = {}
    letters: Sequence[LetterThen] = ()
    files: Sequence[FileThen] = ()
    found, said = None, None
    try:
        moment = _moment(day, hour)
        found = await then(ref, needs, moment, moment)
        names, lines, later, counted = await _lines(needs, ref, found)
        letters, files = await _beside(needs, ref, found, counted)
    except ProblemRaised as raised:
        said = raised.problem
        if said.type.rpartition("/")[2] not in _SAID_HERE:
            raise
    return await staff_page(
        needs,
        who,
        "staff/case_then.html",
        ref,
        HTTPStatus(said.status) if said else HTTPStatus.OK,
        of_us=[*of_us(lines), *of_us(later), *_of_us(found)],
        ref=ref,
        day=day,
        hour=hour,
        said=said,
        found=found,
        stands=found.standing if found else None,
        names=names,
        categories=categories_of(found.standing) if found else [],
        lines=lines,
        later=later,
        letters=letters,
        files=files,
    )


def _of_us(found: CaseAsOf | None) -> Sequence[str | None]:
    stands = found.standing if found else None
    return [stands.officer, stands.cover.officer if stands.cover else None] if stands else []


def _moment(day: str, hour: str) -> datetime:
    """London's. Raises 422 for what is no moment, or has not come."""
    try:
        moment = datetime.fromisoformat(f"{day.strip()}T{hour.strip() or _END_OF_A_DAY}").replace(tzinfo=LONDON)
    except ValueError:
        raise _no_moment("This is no day and time. Choose a day, and a time such as 14:30.") from None
    now = datetime.now(UTC)
    if moment.astimezone(LONDON).date() == now.astimezone(LONDON).date() and not hour.strip():
        return now
    if moment > now:
        raise _no_moment("That has not come yet. Choose an earlier day.")
    return moment


def _no_moment(words: str) -> ProblemRaised:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "no-such-moment", words)


async def _lines(
    needs: Resources, ref: str, found: CaseAsOf
) -> tuple[dict[str, str], list[Happened], list[Happened], list[TimelineEntry]]:
    """Who is on it, what was known by then, what of that time was learnt after it; and the first as kept."""
    async with needs.store.reading() as db:
        entries = await corrections.marked(db, ref, await timeline.entries_of(db, ref))
        file = await cases.file_of(db, ref)
        names = dict(named(await on_case(db, file, datetime.now(UTC)))) if file is not None else {}
    by_seq = {one.seq: one for one in entries}
    read = [
        [happened(by_seq[one.seq], names) for one in reversed(some)]
        for some in (found.entries, found.recorded_later)
    ]
    return names, read[0], read[1], [by_seq[one.seq] for one in found.entries]


async def _beside(
    needs: Resources, ref: str, found: CaseAsOf, counted: Sequence[TimelineEntry]
) -> tuple[list[LetterThen], list[FileThen]]:
    moment = found.moments.known_at
    async with needs.store.reading() as db:
        made, files = await kept_letters.of_case(db, ref), await evidence_files.of_case(db, ref)
        custody = await evidence_custody.of_files(db, [one.id for one in files])
    waiting = found.standing.letters_waiting
    return letters_then(made, waiting, counted, moment), list(files_then(files, custody, counted, moment))
