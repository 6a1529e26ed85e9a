"""A case as measures read it: what had been recorded by one moment, what it made of the case, and its ledger."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from policy.book import Book
from policy.case import CASE
from policy.case_file import CaseFile
from policy.editions import Edition, of
from policy.facts import Entry
from policy.ledger import Line, last_of_each

Dimensions = Mapping[str, tuple[str, ...]]
"""By what it is sorted, and under which it stands there; under several where it is several at once."""

TEAM: Final = "team"
OF_EVERY_CASE: Final = ("category", "group", "ward", "officer", TEAM, "seriousness", "strand")
NOBODY = "nobody"
"""Whose a case is that nobody was given."""


class CaseHistory(NamedTuple):
    """`teams` are those of its officer."""

    file: CaseFile
    entries: tuple[Entry, ...]
    ledger: tuple[Line, ...]
    teams: tuple[str, ...] = ()

    @property
    def edition(self) -> Edition:
        return of(self.file.edition)

    @property
    def officer(self) -> str:
        return self.file.officer or self.file.taken_by or NOBODY

    def beginning_of(self, matter: str) -> Entry | None:
        """The entry that began what is called so: its number is that entry's."""
        number = matter.rpartition("-")[2]
        return self.entries[int(number) - 1] if number.isdecimal() and 0 < int(number) <= self.file.seq else None

    def dimensions(self) -> Dimensions:
        file = self.file
        category = self.edition.category(self.edition.leading(file.categories) or "")
        return {
            "category": (category.key,) if category else (),
            "group": (category.group,) if category else (),
            "ward": (file.ward,) if file.ward else (),
            "officer": (self.officer,),
            TEAM: self.teams,
            "seriousness": ("serious" if file.serious else "ordinary",),
            "strand": tuple(file.hate.strands) if file.hate else (),
        }


def history(opening: CaseFile, entries: Iterable[Entry], known_at: datetime) -> CaseHistory:
    """From what was recorded by then alone, so that a figure of last year is the same whenever it is made."""
    taken = tuple(entry for entry in entries if entry.recorded_at <= known_at)
    file, book = opening, Book(CASE.deadlines(opening))
    for entry in taken:
        file, owed = CASE.after_and_owed(file, entry)
        book.turn(owed, entry)
    return CaseHistory(file, taken, tuple(last_of_each(book.lines)))
