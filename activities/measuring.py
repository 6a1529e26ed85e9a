"""Makes figures from the timelines of cases, a page of them at a time. (reports, section 7)"""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from policy.measures import MEASURES
from policy.measures.base import Counted, Figure, figures
from policy.measures.history import CaseHistory, history
from policy.measures.others import InShort, Others
from policy.measures.outcomes import HALF_A_YEAR
from policy.measures.period import Period
from policy.working_days import london_day
from store import histories
from store.sessions import Store

CASES_A_PAGE: Final = 200
Progress = Callable[[int], None]
"""Is told how many cases more have been read; each is read twice."""


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
        """From what was recorded by `known_at`, of the days up to then. Raises KeyError where there is no such
        measure, and ValueError for a time that has not begun by then.
        """
        wanted, period = [MEASURES[name] for name in names], period.up_to(london_day(known_at))
        short, erased = [], 0
        async for case in self._cases(period, known_at, progress):
            erased += case is None
            short += [InShort.of(case)] if case else []
        others, found = Others(short), defaultdict[str, list[Counted]](list)
        async for case in self._cases(period, known_at, progress):
            for measure in wanted if case else ():
                found[measure.name] += measure.counts(case, period, others) if case else ()
        told = {one.name: figures(one.unit, found[one.name], by) for one in wanted}
        return Measured(period=period, known_at=known_at, figures=told, cases=len(short), erased=erased)

    async def _cases(
        self, period: Period, known_at: datetime, progress: Progress
    ) -> AsyncIterator[CaseHistory | None]:
        """Also those that were closed half a year before, whose peace is measured. None where one was erased."""
        since, after = period.begins - HALF_A_YEAR, ""
        while True:
            async with self.store.reading() as db:
                page = await histories.page(db, since, period.over, after, CASES_A_PAGE)
            for one in page:
                if one.entries is None:
                    yield None
                else:
                    yield history(one.opening, one.entries, known_at)._replace(teams=one.teams)
            progress(len(page))
            if len(page) < CASES_A_PAGE:
                return
            after = page[-1].opening.ref
