"""What all facts share, and the two measures of text that may cross the border."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, Field, ValidationInfo

from policy.frozen import Frozen

BORDER: Final = {"border": True}
"""Pydantic context under which lengths and characters are checked: the API's border, never a decode."""

_ALLOWED_CONTROLS: Final = "\n\t"


def _bounded(limit: int) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        if info.context is None or not info.context.get("border"):
            return value
        if not value.strip():
            raise ValueError("must not be empty")
        if len(value) > limit:
            raise ValueError(f"must be at most {limit} characters long")
        if any((ord(c) < 32 and c not in _ALLOWED_CONTROLS) or 0xD800 <= ord(c) <= 0xDFFF for c in value):  # noqa: PLR2004 - Unicode's own bounds: C0 controls, surrogates
            raise ValueError("must not contain control characters")
        return value

    return AfterValidator(check)


Words = Annotated[str, _bounded(8000), Field(json_schema_extra={"minLength": 1, "maxLength": 8000})]
"""What somebody said or decided, in their words. Never kept in the case file."""

Line = Annotated[str, _bounded(200), Field(json_schema_extra={"minLength": 1, "maxLength": 200})]
"""A name, an address line, a telephone number."""

Name = Annotated[str, _bounded(64), Field(json_schema_extra={"minLength": 1, "maxLength": 64}, examples=["noise"])]
"""A key of the edition or the reference of a member of staff."""


def _within_living_memory(value: datetime, info: ValidationInfo) -> datetime:
    """A moment that no calendar of ours can count from is a slip of the pen."""
    if info.context is not None and info.context.get("border") and not 1900 <= value.year < 2200:  # noqa: PLR2004 - any bound far from both ends of datetime would do
        raise ValueError("must lie between the years 1900 and 2200")
    return value


Moment = Annotated[AwareDatetime, AfterValidator(_within_living_memory)]


class Role(StrEnum):
    RESIDENT = "resident"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    OPS = "ops"
    SYSTEM = "system"


class Actor(Frozen):
    """Who recorded something: a reference, never a name."""

    id: str
    role: Role


SYSTEM: Final = Actor(id="casework", role=Role.SYSTEM)


class Fact(Frozen):
    """Something that happened. `at` is when it happened; when we learnt it stands in the entry."""

    at: Moment
