"""A long list in parts: which part is shown, of how many, and the ways to the others."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

PartNumber = Annotated[int, Query(ge=1, le=1000)]
"""From one on."""


@dataclass(frozen=True)
class Part:
    """`there` of them are shown, of `of_all`. The others stand at `path` under `asked`."""

    path: str
    number: int
    there: int
    of_all: int
    at_once: int
    asked: str = "part"

    @property
    def first(self) -> int:
        return skipped(self.number, self.at_once) + 1

    @property
    def last(self) -> int:
        return self.first + self.there - 1

    @property
    def coming(self) -> int:
        """How many the next part has."""
        return max(min(self.of_all - self.last, self.at_once), 0) if self.there else 0

    @property
    def whole(self) -> bool:
        return self.number == 1 and not self.coming

    def way(self, number: int) -> str:
        more = "&" if "?" in self.path else "?"
        return f"{self.path}{more}{self.asked}={number}" if number > 1 else self.path


def skipped(number: int, at_once: int) -> int:
    return (number - 1) * at_once


async def part(
    path: str, number: int, there: int, at_once: int, counting: Callable[[], Awaitable[int]], asked: str = "part"
) -> Part:
    """All are counted only where there may be more than are shown."""
    of_all = await counting() if there == at_once else skipped(number, at_once) + there
    return Part(path, number, there, of_all, at_once, asked)
