"""Past cases told again under a proposed edition, on all the cores that there are for it. (policy-simulation)"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from activities.retelling import retelling
from policy.editions.proposal import proposal
from policy.measures.period import Period
from policy.simulation.account import Account, account
from policy.simulation.ahead import Far
from policy.simulation.tally import Tally
from policy.simulation.trial import Asked, Past, tried
from policy.working_days import london_day
from store import past
from store.sessions import Store

CASES_A_PAGE: Final = 20
Progress = Callable[[Far], None]
Going = dict[asyncio.Future[Tally], int]
"""Pages that are being told, and how many facts there are on each."""


@dataclass(frozen=True)
class Simulating:
    store: Store
    processes: int

    async def simulated(
        self,
        text: str,
        period: Period,
        known_at: datetime,
        examples: int = 10,
        progress: Progress = lambda _: None,
    ) -> Account:
        """Of cases that were open in the period, up to `known_at`. Never more of them are held than are told again
        at the moment. Raises ProposalNotSane, and ValueError for a time that has not begun.
        """
        edition, period = proposal(text), period.up_to(london_day(known_at))
        asked = Asked(edition.name, period, known_at, examples)
        async with self.store.reading() as db:
            number, of_facts = await past.number(db, period.begins, period.over)
        found, going, facts, began = Tally(), Going(), 0, time.monotonic()

        async def some_done() -> None:
            nonlocal facts
            facts += await _some_done(going, found, examples)
            took = timedelta(seconds=time.monotonic() - began)
            progress(Far(found.alive, number, facts, of_facts, took))

        async with retelling(text, self.processes) as pool:
            async for page in self._pages(period):
                told = asyncio.get_running_loop().run_in_executor(pool, tried, page, asked)
                going[told] = sum(one.facts for one in page)
                if len(going) >= 2 * self.processes:
                    await some_done()
            while going:
                await some_done()
        return account(found, edition, asked)

    async def _pages(self, period: Period) -> AsyncIterator[list[Past]]:
        after = ""
        while True:
            async with self.store.reading() as db:
                page = await past.page(db, period.begins, period.over, after, CASES_A_PAGE)
            if page:
                yield page
            if len(page) < CASES_A_PAGE:
                return
            after = page[-1].opening.ref


async def _some_done(going: Going, found: Tally, examples: int) -> int:
    """How many facts more were told."""
    done, _ = await asyncio.wait(going, return_when=asyncio.FIRST_COMPLETED)
    for told in done:
        found.add(await told, examples)
    return sum(going.pop(told) for told in done)
