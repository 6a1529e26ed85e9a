"""Makes a simulation of a proposed edition in the background."""

import asyncio
from asyncio import Lock
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.simulating import Simulating
from policy.editions.proposal import ProposalNotSane
from policy.frozen import Frozen
from store import simulations
from store.sessions import Store

_BEAT_SECONDS: Final = 5.0

log = structlog.get_logger()


class Trying(Frozen):
    """Which simulation is to be made. What it says is in PostgreSQL alone."""

    id: str


@dataclass
class _Far:
    percent: int = 0


@dataclass(frozen=True)
class Simulator:
    """One at a time: `processes` are all that a worker gives them."""

    store: Store
    processes: int
    alone: Lock = field(default_factory=Lock)

    @activity.defn
    async def simulate(self, trying: Trying) -> None:
        """Reads only, but for what it keeps in the end, so it is safe to repeat. Raises an error that is not tried
        again where the edition is not sane any more, as when another of its name was released.
        """
        far = _Far()
        async with self._beating(trying.id, far), self.alone:
            async with self.store.reading() as db:
                wanted = await simulations.wanted(db, trying.id)
            if wanted is None:
                return

            def progress(done: int, number: int) -> None:
                far.percent = min(99, 100 * done // max(1, number))

            now = datetime.now(UTC)
            try:
                found = await Simulating(self.store, self.processes).simulated(
                    wanted.edition, wanted.period, now, progress=progress
                )
            except ProposalNotSane:
                log.error("edition_not_sane", simulation=trying.id)  # noqa: TRY400 - nobody needs a trace
                raise ApplicationError("It is not sane.", type="EditionNotSane", non_retryable=True) from None
            async with self.store.writing() as db:
                await simulations.made(db, trying.id, found, datetime.now(UTC))
            log.info("simulation_made", simulation=trying.id, cases=found.cases)

    @activity.defn
    async def give_up_simulating(self, trying: Trying) -> None:
        """So that whoever asked need not wait for it any longer. Safe to repeat."""
        async with self.store.writing() as db:
            await simulations.failed(db, trying.id)
        log.error("simulation_given_up", simulation=trying.id)

    @asynccontextmanager
    async def _beating(self, id_: str, far: _Far) -> AsyncIterator[None]:
        beating = asyncio.create_task(self._beat(id_, far))
        try:
            yield
        finally:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)

    async def _beat(self, id_: str, far: _Far) -> None:
        while True:
            activity.heartbeat(far.percent)
            async with self.store.writing() as db:
                await simulations.progressed(db, id_, far.percent)
            await asyncio.sleep(_BEAT_SECONDS)
