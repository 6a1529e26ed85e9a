"""A form that a page sent. What was written in it stays with its request, to be shown whatever goes wrong."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import parse_qs

from fastapi import Depends, Request

from api.border import read_body
from api.problems import problem

MOST_BYTES: Final = 1024 * 1024
"""Far more than we take, so that who wrote too much is told so on the page, where it still stands."""

_MOST_FIELDS: Final = 1000
_NOT_WRITTEN: Final = frozenset({"idempotency-key", "key", "answer"})
"""Ours, and the second fact."""


def stays(request: Request, said: Mapping[str, Sequence[str]]) -> None:
    request.state.form = said


def written_in(request: Request) -> list[str]:
    """What somebody wrote, and did not choose: it has a blank in it."""
    said: Mapping[str, Sequence[str]] = getattr(request.state, "form", {})
    values = [value.strip() for name, sent in said.items() if name not in _NOT_WRITTEN for value in sent]
    return [value for value in values if any(one.isspace() for one in value)]


async def form_of(request: Request) -> dict[str, list[str]]:
    """Raises 408, 413 and 422."""
    raw = await read_body(request, MOST_BYTES)
    try:
        said = parse_qs(raw.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "This is no form that we know.") from None
    stays(request, said)
    if any("\0" in value for values in said.values() for value in values):
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "The form contains NUL.")
    return said


Form = Annotated[dict[str, list[str]], Depends(form_of)]
"""By field, in the order in which they were sent."""
