"""A case as it stood at any moment, and as it was known at any moment."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from api.border import Ref
from api.problems import case_not_found, no_case_then, problem
from api.resources import Needs
from policy.as_of import AsOf, Moments, as_of
from policy.facts.base import Role
from policy.frozen import Frozen
from store import cases, timeline
from store.timeline import ContentErased, TimelineEntry

routes = APIRouter(tags=["cases"])

At = Annotated[AwareDatetime | None, Query(description="The case as it was then; now, if left out")]
KnownAt = Annotated[AwareDatetime | None, Query(description="From what was known then; now, if left out")]


class Recorded(Frozen):
    """An entry without what it said, which stands in the timeline. `counts` tells whether the case then has it."""

    seq: int
    fact_id: str
    fact: str
    at: datetime
    recorded_at: datetime
    by_id: str
    by_role: Role
    counts: bool


class CaseAsOf(AsOf):
    """`entries` make the case as it was; `recorded_later` is about that time and was written down after it."""

    moments: Moments
    entries: tuple[Recorded, ...]
    recorded_later: tuple[Recorded, ...]


@routes.get("/cases/{ref}/as-of", summary="A case as it stood at an earlier moment")
async def then(ref: Ref, needs: Needs, at: At = None, known_at: KnownAt = None) -> CaseAsOf:
    """Deadlines are judged against that moment: which had passed, and which of those nobody had noticed. 404 for a
    moment before the report, 410 where what happened by then has been erased.
    """
    now = datetime.now(UTC)
    moments = Moments(at=at or now, known_at=known_at or now)
    async with needs.store.reading() as db:
        if await cases.file_of(db, ref) is None:
            raise case_not_found(ref)
        opening = await cases.opening_of(db, ref)
        lines = await timeline.entries_of(db, ref)
    if lines and moments.at < (reported := lines[0].at):
        raise no_case_then(ref, reported)
    counting = [line for line in lines if moments.count(line.at, line.recorded_at, line.fact)]
    try:
        found = as_of(opening, [(line.seq, line.entry()) for line in counting], moments)
    except ContentErased:
        raise problem(
            HTTPStatus.GONE,
            "content-erased",
            "Part of what this case was at that time has been erased, so it cannot be shown as it stood.",
        ) from None
    later = [line for line in lines if moments.came_later(line.at, line.recorded_at, line.fact)]
    return CaseAsOf(
        standing=found.standing,
        passed_unnoticed=found.passed_unnoticed,
        moments=moments,
        entries=tuple(_without_words(line, moments) for line in counting),
        recorded_later=tuple(_without_words(line, moments) for line in later),
    )


def _without_words(line: TimelineEntry, moments: Moments) -> Recorded:
    counts = moments.count(line.at, line.recorded_at, line.fact)
    return Recorded(
        seq=line.seq,
        fact_id=line.fact_id,
        fact=line.fact,
        at=line.at,
        recorded_at=line.recorded_at,
        by_id=line.by_id,
        by_role=Role(line.by_role),
        counts=counts,
    )
