"""Lists in pages: how many at once, and where the next page begins."""

import base64
import binascii
import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query

from api.problems import ProblemRaised, problem

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(description="`next` of the page before")]

_PROCEDURE: Final = re.compile("C[WR]-[0-9]{4}-[0-9]{6,12}(-[0-9]{1,9})?")


def cursor(moment: datetime, *rest: str) -> str:
    return base64.urlsafe_b64encode("|".join([moment.isoformat(), *rest]).encode()).decode()


def after(cursor: str | None) -> tuple[datetime, str] | None:
    """Where the page before ended: a moment and a name. Raises the problem that the cursor has."""
    if cursor is None:
        return None
    moment, rest = _read(cursor, 1)
    return moment, rest[0]


def after_id(cursor: str | None) -> tuple[datetime, str] | None:
    """As `after`, where the name is a UUID."""
    behind = after(cursor)
    try:
        return behind and (behind[0], str(UUID(behind[1])))
    except ValueError:
        raise _no_cursor() from None


def after_two(cursor: str | None) -> tuple[datetime, str, str] | None:
    """As `after`, where a moment needs two names beside it."""
    if cursor is None:
        return None
    moment, rest = _read(cursor, 2)
    return moment, rest[0], rest[1]


def after_ref(cursor: str | None) -> str | None:
    """Where the page before ended: a reference of what is carried on beside a case."""
    return after_one_of(cursor, _PROCEDURE)


def after_one_of(cursor: str | None, shape: re.Pattern[str]) -> str | None:
    """As `after_ref`, of references of that shape."""
    if cursor is not None and shape.fullmatch(cursor) is None:
        raise _no_cursor()
    return cursor


def is_procedure_ref(ref: str) -> bool:
    return _PROCEDURE.fullmatch(ref) is not None


def _read(cursor: str, parts: int) -> tuple[datetime, list[str]]:
    try:
        moment, *rest = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
        at = datetime.fromisoformat(moment)
        if len(rest) != parts or at.tzinfo is None or "\0" in moment.join(rest):
            raise ValueError(cursor)
        return at.astimezone(UTC), rest
    except (ValueError, OverflowError, binascii.Error):
        raise _no_cursor() from None


def _no_cursor() -> ProblemRaised:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "This is not a cursor.")
