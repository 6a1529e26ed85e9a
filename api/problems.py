"""What went wrong, as RFC 9457 problems. Never a stack trace; the type is for machines, the detail for people."""

import json
import re
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import datetime
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from policy.frozen import Frozen
from policy.refusals import KeyUsedForAnotherFact, Refusal, Refused
from policy.working_days import moment_in_words
from store.away import StoreAway
from store.changes import KeyUsedForAnotherChange
from store.focus_areas import FocusAreaNotKnown
from store.journal import KeyUsedForAnotherNote
from store.keeping import RecordNotKnown
from store.people import MovedBeforeTheyMovedIn
from store.places import PlaceNotListed
from store.prevention import WorkNotKnown
from store.tenancies import ReferenceTaken
from workflows.case_door import CaseNotRunning, CaseRefused, EngineAway, OutcomeUnknown
from workflows.intake import IncidentNeedsAnOpenCase, KeyUsedForAnotherReport

MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = 5

log = structlog.get_logger()


class Wrong(Frozen):
    """One field that is wrong: where it stands in the body and why."""

    field: str
    why: str


class Problem(Frozen):
    """The body of every answer that is not a success."""

    type: str
    title: str
    status: int
    detail: str
    row: str | None = None
    section: str | None = None
    missing: tuple[str, ...] = ()
    missing_facts: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = ()


class ProblemRaised(Exception):
    """Raised anywhere in a request to answer it with the problem."""

    def __init__(self, problem: Problem, retry: int | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.retry = retry


def problem(status: HTTPStatus, name: str, detail: str, retry: int | None = None, **more: Any) -> ProblemRaised:  # noqa: ANN401 - the fields of Problem
    """`name` is the problem's type in kebab case."""
    title = name.replace("-", " ").capitalize()
    return ProblemRaised(
        Problem(type=f"/problems/{name}", title=title, status=status, detail=detail, **more), retry
    )


def refused(refusal: Refusal) -> ProblemRaised:
    if refusal.refused == KeyUsedForAnotherFact.__name__:
        return key_used_for_another_body()
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", refusal.refused).lower()
    return problem(
        HTTPStatus.CONFLICT,
        name,
        refusal.sentence,
        row=refusal.row,
        section=refusal.section,
        missing=refusal.missing,
        missing_facts=refusal.missing_facts,
    )


def case_not_found(ref: str) -> ProblemRaised:
    return problem(HTTPStatus.NOT_FOUND, "case-not-found", f"There is no case {ref}.")


def not_a_fact(said: object, known: Collection[str]) -> ProblemRaised:
    """Names what it may have been meant to be: there are many."""
    near = get_close_matches(said, known, cutoff=0.5) if isinstance(said, str) else []
    meant = f"Was it {' or '.join(near)}?" if near else "The API's description has all that can be."
    detail = f"Say in `fact` what happened. This cannot be recorded here. {meant}"
    wrong = (Wrong(field="fact", why="not known"),)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail, wrong=wrong)


def procedure_not_found(ref: str) -> ProblemRaised:
    return problem(HTTPStatus.NOT_FOUND, "not-found", f"There is nothing of the reference {ref}.")


def no_case_then(ref: str, reported: datetime) -> ProblemRaised:
    detail = f"There was no case {ref} then: it was reported on {moment_in_words(reported)}."
    return problem(HTTPStatus.NOT_FOUND, "no-case-then", detail)


def engine_away(called: str = "case") -> ProblemRaised:
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "engine-away",
        f"The {called} cannot be reached right now. Try again with the same key.",
        RETRY_SECONDS,
    )


def being_started(called: str) -> ProblemRaised:
    detail = f"The {called} is being started. Try again in a moment, with the same key where you record something."
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, "being-started", detail, RETRY_SECONDS)


def not_running(called: str) -> ProblemRaised:
    """Although it is not over."""
    detail = f"Nothing carries this {called} on any more."
    return problem(HTTPStatus.CONFLICT, "not-running", detail)


def _store_away() -> ProblemRaised:
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "store-away",
        "The records cannot be reached right now. Try again with the same key.",
        RETRY_SECONDS,
    )


def _outcome_unknown() -> ProblemRaised:
    return problem(
        HTTPStatus.GATEWAY_TIMEOUT,
        "outcome-unknown",
        "No answer in time. It may still be recorded: repeat with the same key to find out.",
        RETRY_SECONDS,
    )


def _case_not_running() -> ProblemRaised:
    return problem(
        HTTPStatus.CONFLICT,
        "case-not-running",
        "The case has come to its end. Report what happens now as a new case.",
    )


def _case_is_closed() -> ProblemRaised:
    return problem(HTTPStatus.CONFLICT, "case-is-closed", "This case is closed. Report it as a new case.")


def _no_such(what: str) -> Callable[[], ProblemRaised]:
    """`place`: of the type `place-not-found`."""
    name = f"{what.replace(' ', '-')}-not-found"
    return lambda: problem(HTTPStatus.NOT_FOUND, name, f"There is no such {what}.")


def key_used_for_another_body() -> ProblemRaised:
    return problem(
        HTTPStatus.CONFLICT,
        "key-used-for-another-body",
        "This Idempotency-Key came with another body before. Use a new key for something new.",
    )


def person_not_found() -> ProblemRaised:
    return problem(HTTPStatus.NOT_FOUND, "person-not-found", "There is no such person.")


def tenancy_not_found() -> ProblemRaised:
    return problem(HTTPStatus.NOT_FOUND, "tenancy-not-found", "There is no such tenancy.")


def people_not_known(ids: Iterable[str]) -> ProblemRaised:
    """Somebody named in a body."""
    detail = f"There is no such person: {', '.join(ids)}."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "person-not-known", detail)


def _moved_before() -> ProblemRaised:
    detail = "They moved to the address that we have on that day or later. Correct that address if it is wrong."
    return problem(HTTPStatus.CONFLICT, "moved-before-they-moved-in", detail)


def _reference_taken() -> ProblemRaised:
    return problem(HTTPStatus.CONFLICT, "reference-taken", "Another tenancy has this reference.")


_PLAINLY: Final = {
    "missing": "must be given",
    "extra_forbidden": "is not known here",
    "string_type": "must be text",
    "string_unicode": "must be text",
    "too_short": "must hold more",
    "finite_number": "must be a number",
    "int": "must be a whole number",
    "bool": "must be true or false",
    "date": "must be a day, such as 2026-11-24",
    "datetime": "must be a moment, such as 2026-11-24T10:00:00Z",
    "timezone": "must have a time zone, as in 2026-11-24T10:00:00Z",
    "tuple": "must be a list",
    "list": "must be a list",
    "dict": "must be an object with fields",
    "model": "must be an object with fields",
}
"""By Pydantic's type of error, or how that begins."""


def invalid(errors: Any) -> ProblemRaised:  # noqa: ANN401 - Pydantic's list of error details
    wrong = tuple(Wrong(field=".".join(map(str, e["loc"])), why=_plainly(e["type"], e["msg"])) for e in errors)
    detail = "; ".join(f"{w.field} {w.why}".strip() for w in wrong) + "."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail, wrong=wrong)


def _plainly(kind: str, said: str) -> str:
    """Our own rules and choices say what must be; what Pydantic says of its types is for programmers."""
    known = _PLAINLY.get(kind) or _PLAINLY.get(kind.partition("_")[0])
    return known or said.removeprefix("Value error, ").replace("Input should be", "must be", 1)


_FRAMEWORK: Final = (RequestValidationError, HTTPException)

_SPEAKS_FOR_ITSELF: Final[dict[type[Exception], Callable[[], ProblemRaised]]] = {
    EngineAway: engine_away,
    StoreAway: _store_away,
    OutcomeUnknown: _outcome_unknown,
    CaseNotRunning: _case_not_running,
    IncidentNeedsAnOpenCase: _case_is_closed,
    KeyUsedForAnotherReport: key_used_for_another_body,
    KeyUsedForAnotherNote: key_used_for_another_body,
    PlaceNotListed: _no_such("place"),
    FocusAreaNotKnown: _no_such("focus area"),
    WorkNotKnown: _no_such("prevention work"),
    RecordNotKnown: _no_such("record"),
    KeyUsedForAnotherChange: key_used_for_another_body,
    MovedBeforeTheyMovedIn: _moved_before,
    ReferenceTaken: _reference_taken,
}


def meant_by(error: Exception) -> ProblemRaised:
    if made := _SPEAKS_FOR_ITSELF.get(type(error)):
        return made()
    match error:
        case ProblemRaised():
            return error
        case CaseRefused() | Refused():
            return refused(error.refusal)
        case RequestValidationError():
            return invalid(error.errors())
        case HTTPException():
            status = HTTPStatus(error.status_code)
            return problem(status, status.phrase.lower().replace(" ", "-"), str(error.detail))
        case _:
            log.error("request_failed", exc_info=error)
            return problem(
                HTTPStatus.INTERNAL_SERVER_ERROR, "fault", "Something went wrong here. We have been told."
            )


def answer_to(error: Exception) -> Response:
    raised = meant_by(error)
    body = json.dumps(raised.problem.model_dump(exclude_defaults=True))  # ASCII: what was sent may be no Unicode
    return Response(body, raised.problem.status, headers_of(error, raised), MEDIA_TYPE)


def headers_of(error: Exception, raised: ProblemRaised) -> dict[str, str]:
    headers = {}
    if raised.retry is not None:
        headers["Retry-After"] = str(raised.retry)
    if isinstance(error, HTTPException) and error.headers:
        headers |= error.headers
    if raised.problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return headers


async def _answer(_: Request, error: Exception) -> Response:
    return answer_to(error)


def install(app: FastAPI, answer: Callable[[Request, Exception], Awaitable[Response]] = _answer) -> None:
    for kind in (*_SPEAKS_FOR_ITSELF, ProblemRaised, CaseRefused, Refused, *_FRAMEWORK, Exception):
        app.add_exception_handler(kind, answer)
