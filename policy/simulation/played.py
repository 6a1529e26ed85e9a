"""What became of a case and of what was carried on beside it, until the clock stopped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, Generic, TypeVar

from policy.case_file import CaseFile
from policy.deadlines import Deadline, SetAside, clocks_set_aside
from policy.editions import of
from policy.facts import Entry
from policy.facts.base import Recorded
from policy.file import File
from policy.ledger import Ending, Line, last_of_each
from policy.refusals import Refusal
from policy.rulebook import Rulebook
from policy.standing import Standing, standing

F = TypeVar("F", bound=File)
E = TypeVar("E", bound=Recorded[Any])


@dataclass(frozen=True)
class Taken(Generic[F, E]):
    """An entry, when it was taken, and the file after it. `lines` are the ledger's lines that it changed."""

    entry: E
    at: datetime
    file: F
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class TurnedAway(Generic[E]):
    """An entry that the policy refused. Nothing has changed."""

    entry: E
    refusal: Refusal


@dataclass(frozen=True)
class PlayedFile(Generic[F, E]):
    """What became of one file."""

    rulebook: Rulebook[F, E]
    opening: F
    taken: tuple[Taken[F, E], ...]
    refused: tuple[TurnedAway[E], ...]
    stopped_at: datetime

    @property
    def entries(self) -> tuple[E, ...]:
        """The timeline."""
        return tuple(taken.entry for taken in self.taken)

    @property
    def file(self) -> F:
        return self.taken[-1].file if self.taken else self.opening

    def file_at(self, moment: datetime) -> F:
        """As it stood when everything taken up to the moment had been taken."""
        known = [taken.file for taken in self.taken if taken.at <= moment]
        return known[-1] if known else self.opening

    def deadlines_at(self, moment: datetime) -> list[Deadline]:
        return self.rulebook.deadlines(self.file_at(moment))

    def ledger(self) -> list[Line]:
        """Every occurrence of every deadline in its last state, in the order in which they came up."""
        return last_of_each(list(chain.from_iterable(taken.lines for taken in self.taken)))

    def flagged(self) -> list[Line]:
        """What we were noticed to miss, did late, or wrote down late. What residents leave undone is no miss."""
        wrong = (Ending.LATE, Ending.RECORDED_LATE)
        ours = (line for line in self.ledger() if line.deadline.ours)
        return [line for line in ours if line.noticed_at or (line.ended and line.ended.ending in wrong)]


@dataclass(frozen=True)
class Played(PlayedFile[CaseFile, Entry]):
    """What became of a case. `beside` is what was carried on beside it, by the key of its matter."""

    beside: Mapping[str, PlayedFile[Any, Any]] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        return standing(self.file, of(self.file.edition))

    def set_aside(self) -> list[SetAside]:
        """Every clock that was ever set aside, once for each reason."""
        files = (taken.file for taken in self.taken)
        found = chain.from_iterable(clocks_set_aside(file, of(file.edition)) for file in files)
        return list(dict.fromkeys(found))
