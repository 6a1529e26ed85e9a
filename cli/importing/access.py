"""Who may see a case, as its rows tell it. It holds from the moment at which the case is here."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from cli.importing.rows import Beside, Source
from gateways.calendar import closure_days
from policy.access import folding, rules
from policy.access.facts import RestrictionReviewed
from policy.access.file import AccessFile, Around
from policy.case_file import CaseFile
from policy.editions import in_force_on, of
from policy.journal import Note
from policy.refusals import Refused
from policy.refusals.access import ConnectedWithTheCase, NoRestrictionToLookAt
from policy.working_days import london_day

_OPENS: Final = "opens its case to somebody who is connected with it"
_LOOKED_AT: Final = "ends a restriction that somebody had looked at already"


class MakesNoSense(Exception):
    """`line` is that of its row, `reason` quotes nothing."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def in_order(rows: Sequence[Beside]) -> list[Beside]:
    """As numbered, if all are, else as recorded."""
    if all(one.order is not None for one in rows):
        return sorted(rows, key=lambda one: one.order or 0)
    return sorted(rows, key=lambda one: one.note.recorded_at)


def access_of(
    source: Source, case: str, file: CaseFile, rows: Sequence[Beside], unusual: Counter[str]
) -> AccessFile:
    """`rows` in order. Of a case that is over nobody is to look at why it is restricted. Raises MakesNoSense."""
    access, around = AccessFile(ref=file.ref, id=source.key(case, "access")), _around(source, file, rows)
    for one in rows:
        try:
            rules.check(access, one.note, around)
        except Refused as refused:
            if reason := _no_sense(access, one.note, refused):
                raise MakesNoSense(one.line, reason) from None
            unusual[type(refused).__name__] += 1
        access = folding.after(access, one.note, around)
    return access.with_(owed={}) if file.finished else access


def _no_sense(access: AccessFile, note: Note, refused: Refused) -> str | None:
    """Only what would open the case to somebody. Anything else was done all the same, and is kept."""
    if isinstance(refused, ConnectedWithTheCase):
        return _OPENS
    if access.restricted and isinstance(note.fact, RestrictionReviewed) and not note.fact.agreed:
        return _LOOKED_AT if isinstance(refused, NoRestrictionToLookAt) else None
    return None


def _around(source: Source, file: CaseFile, rows: Sequence[Beside]) -> Around:
    today = london_day(source.now)
    cover = file.cover.officer if file.cover and file.cover.until >= today else None
    since = min(london_day(one.note.recorded_at) for one in rows)
    return Around(
        edition=of(in_force_on(today).ref),
        closure_days=closure_days(today, source.closed_days, since=date(since.year, 1, 1)),
        domestic_abuse=bool(file.domestic_abuse),
        working_on_it=tuple(one for one in (file.officer, cover) if one),
    )
