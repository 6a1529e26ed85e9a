"""What the tables of an edition share."""

from typing import Annotated

from pydantic import ConfigDict, Field

from policy.frozen import Frozen

AtLeastOne = Annotated[int, Field(ge=1)]
"""A deadline of no days at all would stop every case that counts it."""


class Part(Frozen):
    """A misspelt number must not pass for a missing one: unknown fields are refused here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Table(Part):
    """A part that says where it comes from: a section of the policy, or our reading of it."""

    source: str


class Listed(Part):
    """One of a closed list: `key` in facts, `name` for people."""

    key: str
    name: str
