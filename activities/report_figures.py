"""Measures all that a report says, and tells the stories that were approved to be told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from activities.counting import Progress
from activities.measuring import Measuring
from policy.measures.history import history
from policy.measures.period import Period
from policy.packs.masking import Mask
from policy.reports.contents import CONTENTS
from policy.reports.kinds import ReportKind
from policy.reports.report import Asking, Figures, Report, asked, report
from policy.reports.stories import stories
from store import publicity
from store.sessions import Store

Part = Callable[[int, int], Awaitable[None]]
"""Is told how many of how many parts have been measured."""


async def _unseen(_done: int, _of_all: int) -> None:
    pass


@dataclass(frozen=True)
class ReportFigures:
    """`homes` is how many the landlord has, None where nobody said."""

    store: Store
    homes: int | None = None

    async def of(
        self,
        kind: ReportKind,
        period: Period,
        known_at: datetime,
        part: Part = _unseen,
        read: Progress = lambda _: None,
    ) -> Report:
        """From what was recorded by `known_at`: the same whenever it is made. Raises ValueError for a time that
        has not begun by then.
        """
        wanted = asked(kind, period, known_at)
        measuring, found = Measuring(self.store), dict[Asking, Figures]()
        cases = erased = 0
        for done, (asking, names) in enumerate(wanted.items()):
            await part(done, len(wanted))
            measured = await measuring.measured(asking.period, known_at, names, asking.by, read)
            found[asking] = measured.figures
            cases, erased = max(cases, measured.cases), max(erased, measured.erased)
        told = report(kind, period, known_at, found, self.homes)
        told = told.model_copy(update={"cases": cases, "erased": erased})
        return await self._with_stories(told) if CONTENTS[kind].publishes else told

    async def _with_stories(self, told: Report) -> Report:
        """One in which a name or an address stands of anybody on its case is held back, and counted."""
        async with self.store.reading() as db:
            given_out = await publicity.given_out_in(db, told.period)
        kept, held_back = list[str](), 0
        for one in given_out:
            mask = Mask(one.known)
            for words in stories(history(one.opening, one.entries, told.known_at), told.period):
                if mask(words)[1]:
                    held_back += 1
                else:
                    kept.append(words)
        return told.model_copy(update={"stories": tuple(kept), "stories_held_back": held_back})
