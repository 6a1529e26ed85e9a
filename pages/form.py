"""A form that a page sent."""

from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import parse_qs

from fastapi import Depends, Request

from api.border import read_body
from api.problems import problem

_MOST_FIELDS: Final = 100


async def form_of(request: Request) -> dict[str, list[str]]:
    """Raises 408, 413 and 422."""
    raw = await read_body(request)
    try:
        said = parse_qs(raw.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "This is no form that we know.") from None
    if any("\0" in value for values in said.values() for value in values):
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "The form contains NUL.")
    return said


Form = Annotated[dict[str, list[str]], Depends(form_of)]
"""By field, in the order in which they were sent."""
