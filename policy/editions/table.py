"""The shape of an edition's tables: each says where its numbers come from, and none takes a misspelt one."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import ConfigDict, Field

from policy.frozen import Frozen

AtLeastOne = Annotated[int, Field(ge=1)]
"""A deadline of no days at all would stop every case that counts it."""


class Part(Frozen):
    """Something inside a table. Unknown fields are refused: a misspelt one must not pass for a missing one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Table(Part):
    source: str


class Listed(Part):
    """One of a closed list: `key` in facts, `name` for people."""

    key: str
    name: str


def named(key: str | None, listed: Iterable[Listed]) -> str | None:
    """How people call it; None where it is none of these."""
    return next((one.name for one in listed if one.key == key), None)


def choices(listed: Iterable[Listed]) -> str:
    """`Police (police); Social services (social_services)`: what there is, and how it is recorded."""
    return "; ".join(f"{one.name} ({one.key})" for one in listed)
