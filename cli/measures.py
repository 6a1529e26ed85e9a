"""`casework measures`: the figures of a time, from what was recorded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import NamedTuple, Self

from rich.progress import Progress

from activities.measuring import Measured, Measuring
from policy.measures import DIMENSIONS, MEASURES
from policy.measures.base import Figure
from policy.measures.period import Period
from policy.reports.labels import in_words as figure_in_words
from policy.reports.report import Told
from policy.working_days import day_in_words, london_day
from runtime.database import working_engine
from runtime.settings import Settings
from store.sessions import EVERYTHING, Store


class Wanted(NamedTuple):
    period: Period
    by: tuple[str, ...]

    @classmethod
    def of(cls, first: date, last: date, by: str) -> Self:
        """Raises ValueError, with a sentence, for a time that ends before it begins or is still to come, and for
        what nothing is sorted by.
        """
        if last < first:
            raise ValueError(f"{day_in_words(last)} is before {day_in_words(first)}: give the first day first.")
        if first > london_day(datetime.now(UTC)):
            raise ValueError(f"{day_in_words(first)} is still to come: there is nothing to count yet.")
        names = tuple(filter(None, by.split(",")))
        if unknown := [name for name in names if name not in DIMENSIONS]:
            raise ValueError(f"Nothing is sorted by {', '.join(unknown)}. Choose from: {', '.join(DIMENSIONS)}.")
        return cls(Period(first=first, last=last), names)


async def measured(settings: Settings, wanted: Wanted, progress: Progress) -> Measured:
    """Raises StoreAway."""
    database, bar = (
        working_engine(settings),
        progress.add_task("Cases, counted where something is new", total=None),
    )
    try:
        measuring = Measuring(Store(database, EVERYTHING))
        return await measuring.measured(
            wanted.period, datetime.now(UTC), by=wanted.by, progress=lambda more: progress.advance(bar, more)
        )
    finally:
        await database.dispose()


def in_words(found: Measured) -> Iterator[str]:
    period = found.period
    yield f"{day_in_words(period.first)} to {day_in_words(period.last)}, from {found.cases} cases."
    if found.erased:
        yield f"{found.erased} more have been erased and are in none of these."
    for name, figures in found.figures.items():
        measure = MEASURES[name]
        for place, figure in figures.items():
            where = f"  {', '.join(place)}: " if place else f"{measure.says} ({name}, version {measure.version}): "
            yield f"{where}{figure_in_words(measure.unit, Told(**figure.model_dump()))}"


def as_json(found: Measured) -> str:
    def lines(figures: Mapping[tuple[str, ...], Figure]) -> list[dict[str, object]]:
        return [{"of": list(place), **figure.model_dump()} for place, figure in figures.items()]

    said = asdict(found) | {
        "period": found.period.model_dump(mode="json"),
        "known_at": found.known_at.isoformat(),
        "figures": {
            name: {"version": MEASURES[name].version, "unit": MEASURES[name].unit, "lines": lines(figures)}
            for name, figures in found.figures.items()
        },
    }
    return json.dumps(said, indent=1)
