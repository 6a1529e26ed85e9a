"""Measures all that a report says, and tells the stories that were approved to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from activities.counting import Progress
from activities.measuring import Measuring, together
from policy.measures.history import history
from policy.measures.period import Period
from policy.packs.masking import Mask
from policy.reports.contents import CONTENTS
from policy.reports.kinds import ReportKind
from policy.reports.report import Report, asked, report
from policy.reports.stories import stories
from store import publicity
from store.publicity import GivenOut
from store.sessions import Store


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
        progress: Progress = lambda _: None,
    ) -> Report:
        """From what was recorded by `known_at`: the same whenever it is made. Raises ValueError for a time that
        has not begun by then.
        """
        async with Measuring(self.store).of_one_moment(progress) as db:
            found = await together(db, asked(kind, period, known_at), known_at, progress)
            given_out = await publicity.given_out_in(db, period) if CONTENTS[kind].publishes else []
        told = report(kind, period, known_at, found.figures, self.homes)
        told = told.model_copy(update={"cases": found.cases, "erased": found.erased})
        return _with_stories(told, given_out)


def _with_stories(told: Report, given_out: Sequence[GivenOut]) -> Report:
    """One in which a name or an address stands of anybody on its case is held back, and counted."""
    kept, held_back = list[str](), 0
    for one in given_out:
        mask = Mask(one.known)
        for words in stories(history(one.opening, one.entries, told.known_at), told.period):
            if mask(words)[1]:
                held_back += 1
            else:
                kept.append(words)
    return told.model_copy(update={"stories": tuple(kept), "stories_held_back": held_back})
