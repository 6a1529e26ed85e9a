"""`casework report`: a report as a file, made here and kept nowhere."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, NamedTuple, Self

from rich.progress import Progress

from activities.report_figures import ReportFigures
from letters.report import made
from letters.spreadsheets import as_csv, as_xlsx
from policy.measures.period import Period
from policy.reports.contents import CONTENTS, ReadBy
from policy.reports.kinds import KINDS, ReportKind
from policy.reports.report import Report, read_by
from policy.reports.suppression import published
from policy.working_days import day_in_words, london_day
from runtime.database import working_engine
from runtime.settings import Settings
from store.sessions import EVERYTHING, Store

_AS: Final[Mapping[str, Callable[[Report, str], bytes]]] = {
    ".pdf": made,
    ".csv": lambda told, _: as_csv(told),
    ".xlsx": lambda told, _: as_xlsx(told),
}


class Wanted(NamedTuple):
    """`for_everybody`: without small numbers."""

    kind: ReportKind
    period: Period
    known_at: datetime
    to: Path
    for_everybody: bool

    @classmethod
    def of(cls, kind: ReportKind, first: date | None, last: date | None, to: Path, *, for_everybody: bool) -> Self:
        """Without days, the last whole time that such a report is of. Raises ValueError with a sentence."""
        now = datetime.now(UTC)
        usual = KINDS[kind].last_before(now)
        first, last = first or usual.first, last or usual.last
        if last < first:
            raise ValueError(f"{day_in_words(last)} is before {day_in_words(first)}: give the first day first.")
        if first > london_day(now):
            raise ValueError(f"{day_in_words(first)} is still to come: there is nothing to count yet.")
        if to.suffix not in _AS:
            raise ValueError(f"It is written as {', '.join(_AS)}: end the file's name so.")
        if for_everybody and not CONTENTS[kind].publishes:
            raise ValueError("This report is for people who work here: there is no version to publish.")
        return cls(kind, Period(first=first, last=last), now, to, for_everybody)


async def written(settings: Settings, wanted: Wanted, progress: Progress) -> None:
    """Raises StoreAway, NotTypeset, and OSError where the file cannot be written."""
    database = working_engine(settings)
    bar = progress.add_task("Cases, counted where something is new", total=None)
    try:
        figures = ReportFigures(Store(database, EVERYTHING), settings.landlord_homes)
        told = await figures.of(
            wanted.kind, wanted.period, wanted.known_at, lambda more: progress.advance(bar, more)
        )
    finally:
        await database.dispose()
    reads = published(told) if wanted.for_everybody else read_by(told, ReadBy.READERS)
    wanted.to.write_bytes(_AS[wanted.to.suffix](reads, settings.landlord_name))
