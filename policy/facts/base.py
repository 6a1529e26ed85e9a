"""What all facts share, and the two measures of text that may cross the border."""

import re
import unicodedata
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Annotated, Final, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, Field, ValidationInfo

from policy.frozen import Frozen

BORDER: Final = {"border": True}
"""Pydantic context under which lengths and characters are checked: the API's border, never a decode."""

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
"""Controls but for tab and line feed, and halves of characters."""
_UNSEEN: Final = "CZ"
"""Unicode's categories of what is not seen: a letter could not be made out with a text of nothing else."""


def _at_border(info: ValidationInfo) -> bool:
    return info.context is not None and bool(info.context.get("border"))


def _bounded(limit: int) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        if not _at_border(info):
            return value
        if all(unicodedata.category(c)[0] in _UNSEEN for c in value):
            raise ValueError("must not be empty")
        if len(value) > limit:
            raise ValueError(f"must be at most {limit} characters long")
        if _FORBIDDEN.search(value):
            raise ValueError("must not contain control characters")
        return value

    return AfterValidator(check)


Words = Annotated[str, _bounded(8000), Field(json_schema_extra={"minLength": 1, "maxLength": 8000})]
"""What somebody said or decided, in their words. Never kept in the case file."""

Line = Annotated[str, _bounded(200), Field(json_schema_extra={"minLength": 1, "maxLength": 200})]
"""A name, an address line, a telephone number."""

Name = Annotated[str, _bounded(64), Field(json_schema_extra={"minLength": 1, "maxLength": 64})]
"""A key of the edition or the reference of a member of staff."""


def shaped(pattern: str, what: str) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        if _at_border(info) and re.fullmatch(pattern, value) is None:
            raise ValueError(f"must be {what}")
        return value

    return AfterValidator(check)


Email = Annotated[
    Line, shaped(r"[^\s@]+@[^\s@]+\.[^\s@]+", "an e-mail address"), Field(examples=["rowan@example.org"])
]
Phone = Annotated[Line, shaped(r"[+(]?[\d\s().+-]{5,}", "a telephone number"), Field(examples=["01632 960001"])]

_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)


def _in_the_calendar(value: datetime, info: ValidationInfo) -> datetime:
    if _at_border(info) and not _EARLIEST <= value < _LATEST:
        raise ValueError(f"must lie between the years {_EARLIEST.year} and {_LATEST.year}")
    return value


Moment = Annotated[AwareDatetime, AfterValidator(_in_the_calendar)]
"""A date and time with its offset, far enough from the calendar's ends to be counted from."""


def _by_the_clock(value: time, info: ValidationInfo) -> time:
    if _at_border(info) and (value.tzinfo is not None or value.second or value.microsecond):
        raise ValueError("must be hours and minutes as the clock here shows them, such as 10:30")
    return value


Hour = Annotated[time, AfterValidator(_by_the_clock), Field(examples=["10:30"])]
"""A time of day in London."""


class Role(StrEnum):
    RESIDENT = "resident"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    COMMUNITY_SAFETY = "community_safety"
    SOLICITOR = "solicitor"
    DATA_PROTECTION = "data_protection"
    LETTINGS = "lettings"
    OPS = "ops"
    AGENCY = "agency"
    SYSTEM = "system"


class Actor(Frozen):
    """Who recorded something: a reference, never a name."""

    id: str
    role: Role


SYSTEM: Final = Actor(id="casework", role=Role.SYSTEM)


class Fact(Frozen):
    """Something that happened, of the kind `fact`. `at` is when; when we learnt it stands in the entry."""

    at: Moment
    fact: str


F = TypeVar("F", bound=Fact)


class Recorded(Frozen, Generic[F]):
    """A fact as recorded: under which id (the Idempotency-Key), by whom, and when we learnt it.
    `digest` tells two bodies under one id apart; the door that took the body makes it, so it outlives our types.
    """

    id: str
    by: Actor
    recorded_at: AwareDatetime
    fact: F
    digest: str = ""

    @property
    def at(self) -> datetime:
        return self.fact.at
