"""Who may see a case, as rows: what was told of it, or how it stands where that is not all of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import uuid4

from cli.importing.rows import OF_ACCESS
from gateways.calendar import closure_days
from policy.access import folding
from policy.access.facts import AccessRestricted, AdmissionEnded, ConflictDeclared, RestrictionReviewed
from policy.access.file import RESTRICTION, AccessFile, Around
from policy.editions import in_force_on, of
from policy.facts import Actor, Role
from policy.facts.base import Fact
from policy.journal import Note
from policy.working_days import london_day

WORDS: Final = "So it stood at the export: what was told before was told of another case."


def told_of(file: AccessFile, notes: Sequence[Note], now: datetime) -> list[Note]:
    """Told again, it opens the case to the same people. One that follows another is as shut as that one, of which
    it has no notes.
    """
    of_everybody = [note for note in notes if isinstance(note.fact, OF_ACCESS)]
    again, around = AccessFile(ref=file.ref, id=file.id), _around(of_everybody, now)
    for note in of_everybody:
        again = folding.after(again, note, around)
    if again.open_to_the_same(file):
        return of_everybody
    by = Actor(id=file.restricted_by or "export", role=Role.SYSTEM)
    return [Note(id=str(uuid4()), by=by, recorded_at=now, fact=fact) for fact in _standing(file, now)]


def _standing(file: AccessFile, now: datetime) -> Iterator[Fact]:
    """A restriction names somebody: where nobody is admitted, whoever restricted it, and not for long."""
    if file.restricted is not None:
        names = file.admitted or (file.restricted_by or "nobody",)
        yield AccessRestricted(at=now, why=file.restricted, named=names, words=WORDS)
        if not file.admitted:
            yield AdmissionEnded(at=now, who=names[0], words=WORDS)
        if RESTRICTION not in file.owed:
            yield RestrictionReviewed(at=now, agreed=True, words=WORDS)
    for who, why in file.conflicts.items():
        yield ConflictDeclared(at=now, who=who, why=why, words=WORDS)


def _around(notes: Sequence[Note], now: datetime) -> Around:
    """By what is owed nothing of it is told."""
    since = min((london_day(note.recorded_at) for note in notes), default=london_day(now))
    return Around(
        edition=of(in_force_on(london_day(now)).ref),
        closure_days=closure_days(london_day(now), {}, since=since),
        domestic_abuse=False,
        working_on_it=(),
    )
