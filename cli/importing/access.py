"""Who may see a case, as its rows tell it. It holds from the moment at which the case is here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from cli.importing.rows import Beside, Source
from gateways.calendar import closure_days
from policy.access import folding, rules
from policy.access.file import AccessFile, Around
from policy.case_file import CaseFile
from policy.editions import in_force_on, of
from policy.refusals import Refused
from policy.refusals import access as refusals
from policy.working_days import london_day

_NOTHING_BEGAN: Final = "goes on with a restriction or connection that no earlier row began"
MAKES_NO_SENSE: Final[Mapping[type[Refused], str]] = {
    refusals.ConnectedWithTheCase: "opens its case to somebody who is connected with it",
    refusals.AccessIsOpen: _NOTHING_BEGAN,
    refusals.NoRestrictionToLookAt: _NOTHING_BEGAN,
    refusals.NotAdmitted: _NOTHING_BEGAN,
    refusals.NotConnected: _NOTHING_BEGAN,
}
"""Anything else that would be refused today was done all the same, and is kept."""


class MakesNoSense(Exception):
    """`line` is that of its row, `reason` quotes nothing."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def in_order(rows: Sequence[Beside]) -> list[Beside]:
    """As numbered, else as recorded."""
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(rows, key=lambda one: (one.order or 0, one.note.recorded_at if one.order is None else never))


def access_of(
    source: Source, case: str, file: CaseFile, rows: Sequence[Beside], unusual: Counter[str]
) -> AccessFile:
    """`rows` in order. Of a case that is over nobody is to look at why it is restricted. Raises MakesNoSense."""
    access, around = AccessFile(ref=file.ref, id=source.key(case, "access")), _around(source, file, rows)
    for one in rows:
        try:
            rules.check(access, one.note, around)
        except Refused as refused:
            if (reason := MAKES_NO_SENSE.get(type(refused))) is not None:
                raise MakesNoSense(one.line, reason) from None
            unusual[type(refused).__name__] += 1
        access = folding.after(access, one.note, around)
    return access.with_(owed={}) if file.finished else access


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
