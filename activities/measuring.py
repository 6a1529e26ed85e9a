"""Makes figures of what cases count. (reports, section 7)"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from activities.counting import Counting, Progress, as_known
from policy.measures import MEASURES
from policy.measures.base import Figure, figures, sorted_out
from policy.measures.outcomes import HALF_A_YEAR
from policy.measures.period import Period
from policy.working_days import london_day
from store import counted_in_all
from store.sessions import Store


@dataclass(frozen=True)
class Measured:
    """`figures` by measure, then by what stands under the dimensions that were asked for, `()` being all. What
    was `erased` is in none of them.
    """

    period: Period
    known_at: datetime
    figures: Mapping[str, Mapping[tuple[str, ...], Figure]]
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
        """From what was recorded by `known_at`, of the days up to then. Timelines are read of those cases alone on
        which more was recorded than was counted, or after `known_at`. Raises KeyError where there is no such
        measure, and ValueError for a time that has not begun by then.
        """
        wanted, period = [MEASURES[name] for name in names], period.up_to(london_day(known_at))
        await Counting(self.store).bring_up_to_date(progress)
        async with self.store.reading() as db:
            then = await as_known(db, known_at, wanted, progress)
            found = await counted_in_all.added_up(db, wanted, period, by, then.refs)
            read, erased = await counted_in_all.read(db, period.begins - HALF_A_YEAR, period.over)
        for one in wanted:
            in_time = (each for each in then.counts.get(one.name, ()) if one.holds(each, period))
            for place, values in sorted_out(in_time, by).items():
                found[one.name][place].update(values)
        told = {one.name: figures(one.unit, found[one.name]) for one in wanted}
        return Measured(period=period, known_at=known_at, figures=told, cases=read, erased=erased)
