"""A case's timeline: in pages, as a live stream, and as an export that can be verified without us."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, format_sse_event

from api.border import Ref
from api.files import handed_out
from api.leaving import EXPORTED, entered, leaving
from api.paging import Limit
from api.permission import By
from api.problems import case_not_found
from api.resources import Needs, Resources
from policy.frozen import Frozen
from store import cases, corrections, timeline
from store.timeline import TimelineEntry

routes = APIRouter(tags=["timeline"])

_STREAM_SECONDS: Final = 300.0
_BEAT_SECONDS: Final = 15.0
_BATCH: Final = 200
_LAST: Final = 2**31 - 1
"""The greatest sequence number that the store can hold."""

After = Annotated[int, Query(ge=0, le=_LAST, description="Begin behind this sequence number")]


class TimelinePage(Frozen):
    entries: tuple[TimelineEntry, ...]
    next: int | None


@routes.get("/cases/{ref}/timeline", summary="The timeline of a case")
async def page(ref: Ref, needs: Needs, after: After = 0, limit: Limit = 50) -> TimelinePage:
    """In the order of recording. `at` is when it happened, `recorded_at` when we learnt it, `corrected_by` what is
    wrong in it and what is right.
    """
    await _known(needs, ref)
    async with needs.store.reading() as db:
        entries = await corrections.marked(db, ref, await timeline.entries_of(db, ref, after, limit))
    return TimelinePage(entries=tuple(entries), next=entries[-1].seq if len(entries) == limit else None)


@routes.get(
    "/cases/{ref}/timeline.jsonl",
    summary="The whole timeline of a case, to be checked",
    response_class=StreamingResponse,
)
async def export(ref: Ref, by: By, needs: Needs) -> Response:
    """One entry a line with its hashes; `casework verify --file` checks it offline. Who took it stands in the
    register of disclosures.
    """
    await _known(needs, ref)
    await entered(needs, leaving(EXPORTED, ref, by, told=[by.role], about=None))
    return handed_out(_lines(needs, ref), ref, "timeline", "jsonl")


async def _lines(needs: Resources, ref: str) -> AsyncIterator[str]:
    after = 0
    while True:
        async with needs.store.reading() as db:
            entries = await corrections.marked(db, ref, await timeline.entries_of(db, ref, after, _BATCH))
        for entry in entries:
            yield entry.model_dump_json() + "\n"
        if len(entries) < _BATCH:
            return
        after = entries[-1].seq


@routes.get(
    "/cases/{ref}/timeline/stream",
    summary="Follow the timeline of a case as it grows",
    response_class=StreamingResponse,  # FastAPI would take EventSourceResponse to mean that we are a generator
    responses={200: {"content": {EventSourceResponse.media_type: {"schema": {"type": "string"}}}}},
)
async def stream(
    ref: Ref,
    needs: Needs,
    after: After = 0,
    last_event_id: Annotated[int | None, Header(ge=0, le=_LAST)] = None,
) -> EventSourceResponse:
    """Server-sent events, one an entry, as they are recorded. A reconnecting reader goes on where it was."""
    await _known(needs, ref)
    return EventSourceResponse(_events(needs, ref, after if last_event_id is None else last_event_id))


async def _events(needs: Resources, ref: str, after: int) -> AsyncIterator[bytes]:
    """For some minutes: a reader that goes on is asked anew who they are and whether they may."""
    until = time.monotonic() + _STREAM_SECONDS
    with needs.notices.about(ref) as told:
        while not needs.notices.ended and time.monotonic() < until:
            told.clear()
            async with needs.store.reading() as db:
                entries = await corrections.marked(db, ref, await timeline.entries_of(db, ref, after, _BATCH))
            for entry in entries:
                after = entry.seq
                yield format_sse_event(data_str=entry.model_dump_json(), event="entry", id=str(entry.seq))
            if entries:
                continue
            try:
                await asyncio.wait_for(told.wait(), _BEAT_SECONDS)
            except TimeoutError:
                yield b": still here\n\n"


async def _known(needs: Resources, ref: str) -> None:
    async with needs.store.reading() as db:
        if await cases.file_of(db, ref) is None:
            raise case_not_found(ref)
