"""The API's border: raw bodies become facts here, strictly. Behind it types ignore what they do not know."""

import asyncio
import json
import re
from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any, Final, NoReturn, TypeVar
from uuid import UUID

from fastapi import Depends, Header, Request
from fastapi.dependencies.models import Dependant
from pydantic import TypeAdapter, ValidationError
from starlette.requests import ClientDisconnect

from api.examples import with_examples
from api.paging import is_procedure_ref
from api.permission import By
from api.problems import Wrong, case_not_found, invalid, problem, procedure_not_found
from policy.facts import BORDER, Actor, Entry, Fact, Recorded, digest
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.journal import BesideFact, Note
from store.changes import Told

R = TypeVar("R", bound=Recorded[Any])

MAX_BODY_BYTES: Final = 64 * 1024
"""A larger fact would slow or freeze its case; files travel by id."""

BODY_SECONDS: Final = 10.0
"""Anybody may report, so nobody holds a connection open with a body that never comes."""


async def _key(
    idempotency_key: Annotated[
        str | None, Header(description="A UUID. The same key with the same body gives the same answer.")
    ] = None,
) -> str:
    if idempotency_key is None:
        raise problem(HTTPStatus.BAD_REQUEST, "key-missing", "Every write needs an Idempotency-Key: a UUID.")
    try:
        return str(UUID(idempotency_key))
    except ValueError:
        raise problem(HTTPStatus.BAD_REQUEST, "key-not-a-uuid", "The Idempotency-Key must be a UUID.") from None


Key = Annotated[str, Depends(_key)]


def is_case_ref(ref: str) -> bool:
    """Whether a case can be called so."""
    return re.fullmatch("CW-[0-9]{4}-[0-9]{6,12}", ref) is not None


async def _ref(ref: str) -> str:
    if not is_case_ref(ref):
        raise case_not_found(ref)
    return ref


Ref = Annotated[str, Depends(_ref)]


async def _procedure_ref(ref: str) -> str:
    if not is_procedure_ref(ref):
        raise procedure_not_found(ref)
    return ref


ProcedureRef = Annotated[str, Depends(_procedure_ref)]
"""Of what is carried on beside a case: its case's reference and a number."""


async def _id(id_: UUID) -> str:
    return str(id_)


Id = Annotated[str, Depends(_id)]


async def readable(request: Request) -> None:
    """NUL is the one character that PostgreSQL cannot look for. A misspelt filter would find everything; where
    there is none to misspell, what a mail program adds to an agency's link breaks nothing.
    """
    no_nul(request)
    known = _asked_for(request.scope["route"].dependant)
    if known and (astray := sorted(request.query_params.keys() - set(known))):
        detail = f"Not known here: {', '.join(astray)}. What can be asked for: {', '.join(known)}."
        wrong = tuple(Wrong(field=name, why="is not known here") for name in astray)
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail, wrong=wrong)


def no_nul(request: Request) -> None:
    """Raises 422."""
    if "\0" in "".join(request.query_params.values()):
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "The query contains NUL.")


def _asked_for(by: Dependant) -> list[str]:
    """The parameters that an operation takes in its query."""
    inner = [name for each in by.dependencies for name in _asked_for(each)]
    return [param.alias for param in by.query_params] + inner


async def read_body(request: Request, most: int = MAX_BODY_BYTES) -> bytes:
    """Within a time and a size. Raises 408 and 413."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _raw(request, most)
    except (TimeoutError, ClientDisconnect):
        raise problem(HTTPStatus.REQUEST_TIMEOUT, "body-too-slow", "The body did not arrive.") from None


async def _body(request: Request) -> dict[str, Any]:
    return await read_json(request)


async def read_json(request: Request, most: int = MAX_BODY_BYTES) -> dict[str, Any]:
    """Raises 400, 408, 413 and 422."""
    raw = await read_body(request, most)
    try:
        body = json.loads(raw, parse_constant=_no_such_number)
    except (ValueError, RecursionError):
        raise problem(HTTPStatus.BAD_REQUEST, "not-json", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "The body must be a JSON object.")
    return body


async def _raw(request: Request, most: int) -> bytes:
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > most:
            detail = f"The body is larger than {most // 1024} kB."
            raise problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body-too-large", detail)
    return bytes(raw)


def _no_such_number(word: str) -> NoReturn:
    raise ValueError(word)


Body = Annotated[dict[str, Any], Depends(_body)]


def taken_in(kind: Any, body: dict[str, Any], key: str, by: Actor, about: str = "") -> Entry:  # noqa: ANN401 - a union is no type
    """The same as an entry of a case."""
    return taken_in_as(Entry, kind, body, key, by, about)


def taken_in_as(entry: type[R], kind: Any, body: dict[str, Any], key: str, by: Actor, about: str = "") -> R:  # noqa: ANN401 - as above; what makes an entry
    """The body as a fact recorded now. Without `at` it happened now. `about` is what else tells it from another
    with the same body under the same key. Raises the problem that it has.
    """
    now = datetime.now(UTC)
    fact: Fact = understood(kind, {"at": now} | body)
    happened_at = fact.happened_at if isinstance(fact, ReportReceived | IncidentReported) else None
    _not_in_the_future(max(fact.at, happened_at or fact.at), now)
    return entry(id=key, by=by, recorded_at=now, fact=fact, digest=digest([about, body] if about else body))


def noted(kind: Any, body: dict[str, Any], key: str, by: Actor, about: str) -> Note:  # noqa: ANN401 - as above
    """The body as a fact for the journal, recorded now. Raises the problem that it has."""
    now = datetime.now(UTC)
    fact: BesideFact = understood(kind, {"at": now} | body)
    _not_in_the_future(fact.at, now)
    return Note(id=key, by=by, recorded_at=now, fact=fact, digest=digest([about, body]))


def understood(kind: Any, body: dict[str, Any]) -> Any:  # noqa: ANN401 - as above
    """The body as what it should be, strictly. Raises the problem that it has."""
    try:
        return _strict(kind).validate_python(body, extra="forbid", context=BORDER)
    except ValidationError as error:
        raise invalid(error.errors(include_url=False, include_input=False, include_context=False)) from None


def _not_in_the_future(moment: datetime, now: datetime) -> None:
    if moment > now:
        raise problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "fact-in-the-future", "This is dated in the future.", row="as-of"
        )


def some_of(body: dict[str, Any]) -> dict[str, Any]:
    """A body in which whatever is said replaces what was there. Raises 422 where it says nothing."""
    if not body:
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "Say what is to be corrected.")
    return body


async def _changes(key: Key, body: Body, by: By, request: Request) -> Told:
    asked = digest([request.url.path, body])
    return Told(id=key, by=by, at=datetime.now(UTC), digest=asked)


Changes = Annotated[Told, Depends(_changes)]
"""A change of what we keep beside cases: its key, who wishes it and when."""


@cache
def _strict(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a union is no type to the type checker
    return TypeAdapter(kind)


def schema_of(
    kind: Any,  # noqa: ANN401 - as above
    examples: dict[str, Any],
    *,
    in_part: bool = False,
    ours: Collection[str] = (),
) -> dict[str, Any]:
    """The OpenAPI description of a body that is read here rather than by FastAPI; `in_part` needs no field. What
    is `ours` nobody else says. The schemas that it refers to stand in its `$defs`, for api/description.py to name.
    """
    schema = _strict(kind).json_schema(ref_template="#/components/schemas/{model}")
    named = {name: with_examples(_as_taken(one), name) for name, one in schema.pop("$defs", {}).items()}
    schema = with_examples(_as_taken(schema))
    if in_part:
        schema["required"] = []
    if ours:
        schema["properties"] = {name: one for name, one in schema["properties"].items() if name not in ours}
    content = {"application/json": {"schema": schema | {"$defs": named}, "examples": examples}}
    return {"requestBody": {"required": True, "content": content}}


def _as_taken(schema: dict[str, Any]) -> dict[str, Any]:
    """As the border takes it: without `at` it happened now."""
    required = [name for name in schema.get("required", []) if name != "at"]
    return schema | {"required": required} if "required" in schema else schema
