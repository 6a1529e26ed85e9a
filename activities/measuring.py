"""Makes figures of what cases count. (reports, section 7)"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from activities.counting import Counting, Progress, as_known
from policy.measures import MEASURES, prevention
from policy.measures.base import Asking, Figure, figure, figures, sorted_out
from policy.measures.outcomes import HALF_A_YEAR
from policy.measures.period import Period
from policy.measures.prevention import PREVENTION
from policy.working_days import london_day
from store import counted_in_all
from store.counted_in_all import Wanted
from store.prevention import begun
from store.sessions import Reading, Store

Figures = Mapping[str, Mapping[tuple[str, ...], Figure]]
"""By measure, then by what stands under the dimensions that were asked for, `()` being all."""


@dataclass(frozen=True)
class Measured:
    """What was `erased` is in none of the figures."""

    period: Period
    known_at: datetime
    figures: Figures
    cases: int
    erased: int


class Together(NamedTuple):
    """All of it as it stood at the same moment."""

    figures: Mapping[Asking, Figures]
    cases: int
    erased: int


@dataclass(frozen=True)
class Measuring:
    store: Store

    async def measured(
        self,
        period: Period,
        known_at: datetime,
        names: Sequence[str] = tuple(MEASURES),
        by: Sequence[str] = (),
        progress: Progress = lambda _: None,
    ) -> Measured:
        """Of the days up to when it is known; otherwise as `together`. Raises ValueError for a time that has not
        begun by then.
        """
        asking = Asking(period.up_to(london_day(known_at)), tuple(by))
        found = await self.together({asking: names}, known_at, progress)
        return Measured(asking.period, known_at, found.figures[asking], found.cases, found.erased)

    async def together(self, wanted: Wanted, known_at: datetime, progress: Progress = lambda _: None) -> Together:
        """From what was recorded by `known_at`. Timelines are read of those cases alone on which more was recorded
        than was counted, or after `known_at`. Raises KeyError where there is no such measure.
        """
        async with self.of_one_moment(progress) as db:
            return await together(db, wanted, known_at, progress)

    @asynccontextmanager
    async def of_one_moment(self, progress: Progress = lambda _: None) -> AsyncIterator[Reading]:
        """What is asked in it is asked of the store as it then stands, with all of it counted."""
        await Counting(self.store).bring_up_to_date(progress)
        async with self.store.reading() as db:
            yield db


async def of_officer(
    db: Reading, officer: str, periods: Sequence[Period], names: Sequence[str]
) -> Mapping[str, Sequence[Figure]]:
    """Of each measure a figure for each time, as it was last counted; of the cases that the reader may see."""
    found = await counted_in_all.added_up(db, {Asking(one): names for one in periods}, officer=officer)
    return {name: [figure(MEASURES[name].unit, found[Asking(one)][name][()]) for one in periods] for name in names}


async def together(
    db: Reading, wanted: Wanted, known_at: datetime, progress: Progress = lambda _: None
) -> Together:
    """As `Measuring.together`, where it is counted already."""
    names = sorted({name for each in wanted.values() for name in each})
    then = await as_known(db, known_at, [MEASURES[name] for name in names], progress)
    found = await counted_in_all.added_up(db, wanted, then.refs)
    begin, end = min(one.period.begins for one in wanted), max(one.period.over for one in wanted)
    began = [*prevention.began(await begun(db, known_at))] if PREVENTION.name in names else []
    read, erased = await counted_in_all.read(db, begin - HALF_A_YEAR, end)
    for asking, each in found.items():
        for name, places in each.items():
            told = began if name == PREVENTION.name else then.counts.get(name, ())
            in_time = (one for one in told if MEASURES[name].holds(one, asking.period))
            for place, values in sorted_out(in_time, asking.by).items():
                places[place].update(values)
    made = {
        asking: {name: figures(MEASURES[name].unit, places) for name, places in each.items()}
        for asking, each in found.items()
    }
    return Together(made, read, erased)
