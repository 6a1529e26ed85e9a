"""The cases whose next day is the earliest, as their workflows have them at this moment."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.rendering import staff_page
from policy.frozen import Frozen
from policy.standing import Standing
from store import board
from store.board import Urgent
from workflows.case_door import CaseDoor, CaseFaulty, CaseNotRunning, EngineAway, OutcomeUnknown

routes = APIRouter(include_in_schema=False)

MOST: Final = 10
_AT_A_TIME: Final = 5
SECONDS: Final = 1.5
"""For all of them together. Who has not answered by then is shown as recorded."""
_NO_ANSWER: Final = (CaseNotRunning, EngineAway, OutcomeUnknown, CaseFaulty)


class Shown(Frozen):
    """`standing` is None where the workflow did not answer just now."""

    recorded: Urgent
    standing: Standing | None


@routes.get("/board/live")
async def shown(who: Who, needs: Needs) -> Response:
    """References, stages and days, as on the board. Also while the engine is away."""
    async with needs.store.reading() as db:
        most_urgent = await board.urgent(db, MOST)
    answers = await asked(needs.door, [one.ref for one in most_urgent])
    lines = [Shown(recorded=one, standing=answers.get(one.ref)) for one in most_urgent]
    of_us, now = [one.officer for one in most_urgent], datetime.now(UTC)
    return await staff_page(needs, who, "staff/live.html", "Board, live", of_us=of_us, lines=lines, now=now)


async def asked(door: CaseDoor, refs: Sequence[str]) -> Mapping[str, Standing]:
    """By reference, of those that answered in time."""
    few = asyncio.Semaphore(_AT_A_TIME)

    async def one(ref: str) -> Standing:
        async with few:
            return await door.live(ref)

    asking = {asyncio.create_task(one(ref)): ref for ref in refs}
    if not asking:
        return {}
    done, late = await asyncio.wait(asking, timeout=SECONDS)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    answers = {}
    for task in done:
        try:
            answers[asking[task]] = task.result()
        except _NO_ANSWER:
            continue
    return answers
