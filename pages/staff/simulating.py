"""A manager tries a proposed edition on past cases, in the background, and reads what would be different.
(policy-simulation)
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from api.permission import By, Who
from api.problems import ProblemRaised, key_used_for_another_body, problem
from api.resources import Needs, Resources
from pages.form import MOST_BYTES, stays
from pages.multipart import Part, Parts, fields_first
from pages.staff.recording.form import key_in
from pages.staff.rendering import staff_page
from pages.staff.simulated import shown_of
from policy.caller import Caller
from policy.editions import Edition
from policy.editions.proposal import ProposalNotSane, proposal
from policy.facts import digest
from policy.measures.period import Period
from policy.simulation.ahead import in_words
from policy.working_days import london_day
from store import simulations
from store.simulations import SimulationLine, SimulationState
from workflows.trying_door import have_simulated

routes = APIRouter(include_in_schema=False)

_SHOWN: Final = 50
_NO_FILE: Final = "Choose the file of the proposed edition"


@routes.get("/simulation")
async def shown(who: Who, needs: Needs) -> Response:
    """What was asked for of late, by any manager, and the form for another."""
    return await _page(needs, who, {})


@routes.post("/simulation")
async def ask(request: Request, by: By, who: Who, needs: Needs) -> Response:
    """Sent twice it is one. Whatever is wrong is said on the page, where the days stay as they were typed."""
    if "multipart/" not in request.headers.get("content-type", ""):
        return await _page(needs, who, {}, [_NO_FILE])
    parts = Parts(request, 2 * MOST_BYTES).each()
    said, file = await fields_first(parts)
    stays(request, said)
    text, wrong = await _text_of(file)
    with suppress(ProblemRaised):
        async for _ in parts:
            pass
    edition, not_sane = _edition(text) if text is not None else (None, [])
    period, never = _period(said)
    if edition is None or period is None or text is None:
        return await _page(needs, who, said, [*wrong, *not_sane, *never])
    key = key_in(said)
    line = SimulationLine(
        id=key,
        name=edition.name,
        title=edition.title,
        first=period.first,
        last=period.last,
        asked_at=datetime.now(UTC),
        by_id=by.id,
        state=SimulationState.BEING_MADE,
        percent=0,
        made_at=None,
    )
    asked = digest([by.id, text, period.model_dump(mode="json")])
    async with needs.store.writing() as db:
        if await simulations.ask(db, asked, line, text) != asked:
            raise key_used_for_another_body()
    await have_simulated(needs.door, key)
    return RedirectResponse(f"/simulation/{key}", HTTPStatus.SEE_OTHER)


@routes.get("/simulation/{id_}")
async def one(id_: UUID, who: Who, needs: Needs) -> Response:
    """How far it has come, or what it found."""
    async with needs.store.reading() as db:
        line, found = await simulations.by_id(db, str(id_)), await simulations.account_of(db, str(id_))
        seen = await simulations.seen(db, found) if found else None
    if line is None:
        raise problem(
            HTTPStatus.NOT_FOUND, "simulation-not-found", "There is none of that name. Each is kept for 30 days."
        )
    now = datetime.now(UTC)
    return await staff_page(
        needs,
        who,
        "staff/simulation.html",
        f"Edition {line.name}, tried",
        of_us=[line.by_id, *(one.officer for one in (found.work if found else ()))],
        line=line,
        left=in_words(line.ready_at - now) if line.ready_at and line.ready_at > now else None,
        found=found,
        told=shown_of(seen) if seen else None,
        not_named=len(found.refs - seen.refs) if found and seen else 0,
    )


async def _text_of(file: Part | None) -> tuple[str | None, list[str]]:
    if file is None or not file.file_name:
        return None, [_NO_FILE]
    raw = bytearray()
    try:
        async for piece in file:
            raw += piece
            if len(raw) > MOST_BYTES:
                return None, ["The file is too large: an edition has less than a megabyte"]
        return raw.decode(), []
    except UnicodeDecodeError:
        return None, ["The file is no text in UTF-8. Save it as plain text"]
    except ProblemRaised as raised:
        return None, [raised.problem.detail]


def _edition(text: str) -> tuple[Edition | None, list[str]]:
    try:
        return proposal(text), []
    except ProposalNotSane as not_sane:
        return None, [str(one) for one in not_sane.wrong]


def _period(said: Mapping[str, Sequence[str]]) -> tuple[Period | None, list[str]]:
    try:
        first, last = (date.fromisoformat(said.get(name, [""])[0]) for name in ("first", "last"))
        period = Period(first=first, last=last)
    except ValidationError:
        return None, ["The last day is before the first one"]
    except ValueError:
        return None, ["Give the first and the last day of the time"]
    if period.first > london_day(datetime.now(UTC)):
        return None, ["This time is still to come: there are no cases in it yet"]
    return period, []


async def _page(
    needs: Resources, who: Caller, said: Mapping[str, Sequence[str]], wrong: Sequence[str] = ()
) -> Response:
    async with needs.store.reading() as db:
        lines = await simulations.page(db, _SHOWN)
    return await staff_page(
        needs,
        who,
        "staff/simulations.html",
        f"{'Error: ' if wrong else ''}Try an edition",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        of_us=[one.by_id for one in lines],
        lines=lines,
        wrong=wrong,
        key=key_in(said),
        typed={name: said.get(name, [""])[0] for name in ("first", "last")},
    )
