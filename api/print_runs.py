"""What waits for the post, printed together: made as a list, printed as one PDF, recorded as posted."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
from tempfile import TemporaryFile
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from fastapi import APIRouter, Response

from api import paging
from api.border import Body, Id, Key, schema_of, understood
from api.facts import recorded
from api.files import handed_out
from api.paging import Cursor, Limit
from api.permission import By, Who
from api.problems import ProblemRaised, key_used_for_another_body, problem
from api.resources import Needs, Resources
from letters.print_run import Bulk, print_job
from policy.facts import CaseFact, Entry, digest
from policy.facts.base import Actor, Moment
from policy.facts.letters import LetterNotSent, LetterSent
from policy.facts.people import Means
from policy.frozen import Frozen
from policy.permissions import Action
from policy.working_days import london_day
from store import print_runs
from store.lookings import found_cases
from store.print_runs import Line, Run
from workflows.door import CaseFaulty, CaseNotRunning, CaseRefused, EngineAway, OutcomeUnknown

routes = APIRouter(tags=["print runs"])

_ONE_AT_A_TIME: Final = asyncio.Semaphore(1)
"""Of a thousand letters, one run takes some 100 MB while it is put together."""
_PIECE: Final = 1 << 20
_AT_ONCE: Final = 8
"""Cases that are told at the same time: fewer than the connections to PostgreSQL."""
_ALL: Final[dict[str, Any]] = {"what waits": {"value": {}}}
_PILE: Final[dict[str, Any]] = {"one letter": {"value": {"letters": ["0f9e9c9a-6b0c-5c39-9b1d-0d2f6a1b7c11"]}}}


class NewRun(Frozen):
    """Of all that waits: there is nothing to say."""


class Pile(Frozen):
    """`letters` are their ids, as the run's `lines` have them."""

    letters: tuple[str, ...]


class Posted(Pile):
    """`at` is when it was handed to the post; without it, now."""

    at: Moment


class TakenOut(Pile):
    """What did not go."""


class RunPage(Frozen):
    runs: tuple[Run, ...]
    next: str | None


class RunWithLetters(Run):
    """`lines` of cases that you may see: the bulk in its order, then what needs something by hand first."""

    lines: tuple[Line, ...]


class CameOf(StrEnum):
    RECORDED = "recorded"
    REFUSED = "refused"
    LATER = "later"
    """The case could not be reached. Ask again."""


class Told(Frozen):
    """What its case made of it. `why` is what the policy refused."""

    id: str
    case_ref: str
    key: str
    came_of: CameOf
    why: str | None = None


class ToldOfRun(Frozen):
    """`waiting` are letters of the run that still wait to be posted, as far as you may see them."""

    told: tuple[Told, ...]
    waiting: int


@routes.get("/print-runs", summary="Print runs")
async def runs(needs: Needs, cursor: Cursor = None, limit: Limit = 50) -> RunPage:
    """The newest first. `letters` and `waiting` count those of cases that you may see."""
    async with needs.store.reading() as db:
        found = await print_runs.page(db, limit, paging.after_id(cursor))
    last = found[-1] if len(found) == limit else None
    return RunPage(runs=tuple(found), next=last and paging.cursor(last.made_at, last.id))


@routes.post(
    "/print-runs",
    summary="Print what waits for the post",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(NewRun, _ALL),
)
async def make(body: Body, key: Key, who: Who, needs: Needs) -> RunWithLetters:
    """At most 1,000 letters, the oldest first; none of a case that is open to few. The same key again gives the
    same run. 409 where nothing waits.
    """
    understood(NewRun, body)
    asked, now = digest([who.id, body]), datetime.now(UTC)
    async with needs.store.writing() as db:
        await print_runs.alone(db)
        known = await print_runs.made_before(db, key)
        if known is not None and known != asked:
            raise key_used_for_another_body()
        if known is None and not await print_runs.make(db, key, asked, who.id, now):
            raise problem(
                HTTPStatus.CONFLICT, "nothing-to-post", "No letter that you may see waits to be printed."
            )
    made = await _of(needs, key)
    await found_cases(needs.store, print_runs.of_cases(made.lines), who, Action.POST_LETTERS)
    return made


@routes.get("/print-runs/{id_}", summary="A print run")
async def run(id_: Id, who: Who, needs: Needs) -> RunWithLetters:
    """Which of its letters still wait, and which are not to be posted any more."""
    made = await _of(needs, id_)
    await found_cases(needs.store, print_runs.of_cases(made.lines), who, Action.POST_LETTERS)
    return made


@routes.get("/print-runs/{id_}/letters.pdf", summary="A print run as one PDF", response_class=Response)
async def pdf(id_: Id, who: Who, needs: Needs) -> Response:
    """A cover, and each letter behind a sheet with its reference. What is not to be posted any more is not in it,
    and is named on the cover. That you looked is written down for each case.
    """
    made = await _of(needs, id_)
    await found_cases(needs.store, print_runs.of_cases(made.lines), who, Action.POST_LETTERS)
    return handed_out(_printed(needs, made), "print-run", f"{london_day(made.made_at):%Y-%m-%d}", "pdf")


@routes.post(
    "/print-runs/{id_}/posted", summary="Say that a print run was posted", openapi_extra=schema_of(Posted, _PILE)
)
async def posted(id_: Id, body: Body, key: Key, by: By, needs: Needs) -> ToldOfRun:
    """Of the letters that were in the pile: what somebody else may see, or may see again since, was not in yours.
    Records it on each case. Safe to repeat, which tells those that could not be reached before. 422 for a letter
    of another run.
    """
    del key  # what is recorded has a key of its own for each letter
    said: Posted = understood(Posted, {"at": datetime.now(UTC)} | body)
    made = await _of(needs, id_)
    going = _of_the_pile(made, said)
    facts = [LetterSent(at=said.at, key=line.key, means=Means.POST) for line in going]
    return await _told(needs, by, made.id, going, facts)


@routes.post(
    "/print-runs/{id_}/taken-out",
    summary="Take letters out of a print run",
    openapi_extra=schema_of(TakenOut, _PILE),
)
async def taken_out(id_: Id, body: Body, key: Key, by: By, needs: Needs) -> ToldOfRun:
    """Spoilt, or not posted: each is made out again and is in the next run. 422 for one of another run."""
    del key  # as above
    said: TakenOut = understood(TakenOut, body)
    made = await _of(needs, id_)
    going = _of_the_pile(made, said)
    now = datetime.now(UTC)
    return await _told(needs, by, made.id, going, [LetterNotSent(at=now, key=line.key) for line in going])


def _of_the_pile(made: RunWithLetters, said: Pile) -> list[Line]:
    """Those that still wait. Raises 422."""
    if missing := set(said.letters) - {line.id for line in made.lines if line.number is not None}:
        detail = f"Not in this run: {', '.join(sorted(missing)[:5])}."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail)
    return [line for line in made.lines if line.id in said.letters and line.waits]


async def _of(needs: Resources, id_: str) -> RunWithLetters:
    """Raises 404."""
    async with needs.store.reading() as db:
        found = await print_runs.by_id(db, id_)
        lines = await print_runs.lines_of(db, id_)
    if found is None:
        raise problem(HTTPStatus.NOT_FOUND, "print-run-not-found", "There is no such print run.")
    return RunWithLetters(**found.model_dump(), lines=tuple(lines))


async def _printed(needs: Resources, made: RunWithLetters) -> AsyncIterator[bytes]:
    bulk = Bulk(
        landlord=needs.settings.landlord_name,
        made_on=london_day(made.made_at),
        printed=[(line.number, line.case_ref, line.id) for line in made.lines if line.number and line.printed],
        by_hand=[line.case_ref for line in made.lines if line.number is None],
        left_out=[line.case_ref for line in made.lines if line.number and not line.printed],
    )

    async def pdf_of(letter: str) -> bytes:
        async with needs.store.reading() as db:
            return await print_runs.pdf_of(db, letter)

    with TemporaryFile() as written:
        async with _ONE_AT_A_TIME:
            await print_job(bulk, pdf_of, written)
        written.seek(0)
        while piece := written.read(_PIECE):
            yield piece


async def _told(
    needs: Resources, by: Actor, run_id: str, lines: Sequence[Line], facts: Sequence[CaseFact]
) -> ToldOfRun:
    a_few = asyncio.Semaphore(_AT_ONCE)

    async def one(line: Line, fact: CaseFact) -> Told:
        async with a_few:
            came_of, why = await _recorded(needs, by, run_id, line, fact)
        return Told(id=line.id, case_ref=line.case_ref, key=line.key, came_of=came_of, why=why)

    told = await asyncio.gather(*(one(line, fact) for line, fact in zip(lines, facts, strict=True)))
    left = await _of(needs, run_id)
    return ToldOfRun(told=tuple(told), waiting=left.waiting)


async def _recorded(
    needs: Resources, by: Actor, run_id: str, line: Line, fact: CaseFact
) -> tuple[CameOf, str | None]:
    """Under an id made from run and letter, and so once."""
    about = [run_id, line.id, fact.fact]
    entry = Entry(
        id=str(uuid5(NAMESPACE_URL, "/".join(about))),
        by=by,
        recorded_at=datetime.now(UTC),
        fact=fact,
        digest=digest(about),
    )
    try:
        await recorded(needs, line.case_ref, entry, Response())
    except CaseRefused as refused:
        return CameOf.REFUSED, refused.refusal.sentence
    except ProblemRaised as raised:
        status = raised.problem.status
        came_of = CameOf.LATER if status >= HTTPStatus.INTERNAL_SERVER_ERROR else CameOf.REFUSED
        return came_of, raised.problem.detail
    except (EngineAway, OutcomeUnknown, CaseFaulty, CaseNotRunning) as away:
        return CameOf.LATER, type(away).__name__
    return CameOf.RECORDED, None
