"""A case as it was at one moment, as far as it was known at another. (as-of)

What happened is told from when we learnt of it: a contact of Monday that was written down on Friday was made on
Monday, and was not known of on Wednesday.
"""

from collections.abc import Sequence
from datetime import datetime

from pydantic import AwareDatetime

from policy import folding
from policy.case_file import CaseFile
from policy.deadlines import Deadline
from policy.editions import of
from policy.facts import Entry
from policy.frozen import Frozen
from policy.standing import Standing, standing


class Moments(Frozen):
    """The case as it was `at`, from what was known at `known_at`."""

    at: AwareDatetime
    known_at: AwareDatetime

    @property
    def judged_at(self) -> datetime:
        """Deadlines are judged at the earlier: nothing is known of a day that has not come."""
        return min(self.at, self.known_at)

    def had_happened(self, happened_at: datetime, recorded_at: datetime, fact: str) -> bool:
        return _happened_at(happened_at, recorded_at, fact) <= self.at

    def count(self, happened_at: datetime, recorded_at: datetime, fact: str) -> bool:
        """Whether a fact belongs to the case as it was then and was known then."""
        return self.had_happened(happened_at, recorded_at, fact) and recorded_at <= self.known_at

    def came_later(self, happened_at: datetime, recorded_at: datetime, fact: str) -> bool:
        """Whether a fact about that time was recorded only after it."""
        return self.had_happened(happened_at, recorded_at, fact) and recorded_at > self.judged_at


class AsOf(Frozen):
    """`passed_unnoticed` had fallen due by then, and the case had not noticed yet."""

    standing: Standing
    passed_unnoticed: tuple[Deadline, ...]


Placed = tuple[int, Entry]
"""An entry with its sequence number in the timeline."""


def file_as_of(opening: CaseFile, entries: Sequence[Placed], moments: Moments) -> CaseFile:
    """Folds what counts in the order of recording, each entry at its own place, since letters are named by it."""
    file = opening
    for seq, entry in entries:
        if moments.count(entry.at, entry.recorded_at, entry.fact.fact):
            file = folding.after(file.with_(seq=seq - 1), entry, of(file.edition))
    return file


def as_of(opening: CaseFile, entries: Sequence[Placed], moments: Moments) -> AsOf:
    file = file_as_of(opening, entries, moments)
    stood = standing(file, of(file.edition))
    unnoticed = tuple(d for d in stood.deadlines if d.due <= moments.judged_at and not d.noticed)
    return AsOf(standing=stood, passed_unnoticed=unnoticed)


def _happened_at(at: datetime, recorded_at: datetime, fact: str) -> datetime:
    """A missed deadline is dated when it fell due; what happened is that it was noticed."""
    return recorded_at if fact == "deadline_missed" else at
