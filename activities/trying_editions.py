"""Makes a simulation of a proposed edition in the background."""

import asyncio
from asyncio import Lock
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.simulating import Simulating
from policy.editions.proposal import ProposalNotSane
from policy.frozen import Frozen
from policy.simulation.account import Account
from policy.simulation.ahead import Far
from store import simulations
from store.away import StoreAway
from store.sessions import Store

_BEAT_SECONDS: Final = 5.0
_RESTS_SECONDS: Final = (1.0, 5.0, 25.0)
"""Before what was found is tried to be kept again: to find it once more takes far longer."""

log = structlog.get_logger()


class Trying(Frozen):
    """Which simulation is to be made. What it says is in PostgreSQL alone."""

    id: str


@dataclass
class _Known:
    percent: int = 0
    ready_at: datetime | None = None


@dataclass(frozen=True)
class Simulator:
    """One at a time: `processes` are all that a worker gives them."""

    store: Store
    processes: int
    alone: Lock = field(default_factory=Lock)
    beat_seconds: float = _BEAT_SECONDS

    @activity.defn
    async def simulate(self, trying: Trying) -> None:
        """Reads only, but for what it keeps in the end, so it is safe to repeat. Raises an error that is not tried
        again where the edition is not sane any more, as when another of its name was released.
        """
        far = _Known()
        async with self._beating(trying.id, far), self.alone:
            async with self.store.reading() as db:
                wanted = await simulations.wanted(db, trying.id)
            if wanted is None:
                return

            def progress(told: Far) -> None:
                far.percent = told.percent
                if told.left is not None:
                    far.ready_at = datetime.now(UTC) + told.left

            now = datetime.now(UTC)
            try:
                found = await Simulating(self.store, self.processes).simulated(
                    wanted.edition, wanted.period, now, progress=progress
                )
            except ProposalNotSane:
                log.error("edition_not_sane", simulation=trying.id)  # noqa: TRY400 - nobody needs a trace
                raise ApplicationError("It is not sane.", type="EditionNotSane", non_retryable=True) from None
            await self._keep(trying.id, found)
            log.info("simulation_made", simulation=trying.id, cases=found.cases)

    @activity.defn
    async def give_up_simulating(self, trying: Trying) -> None:
        """So that whoever asked need not wait for it any longer. Safe to repeat."""
        async with self.store.writing() as db:
            await simulations.failed(db, trying.id)
        log.error("simulation_given_up", simulation=trying.id)

    async def _keep(self, id_: str, found: Account) -> None:
        for rest in (*_RESTS_SECONDS, None):
            try:
                async with self.store.writing() as db:
                    await simulations.made(db, id_, found, datetime.now(UTC))
            except StoreAway:
                if rest is None:
                    raise
                await asyncio.sleep(rest)
            else:
                return

    @asynccontextmanager
    async def _beating(self, id_: str, far: _Known) -> AsyncIterator[None]:
        beating = asyncio.create_task(self._beat(id_, far))
        try:
            yield
        finally:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)

    async def _beat(self, id_: str, far: _Known) -> None:
        """Goes on where PostgreSQL is away for a while."""
        while True:
            activity.heartbeat(far.percent)
            with suppress(StoreAway):
                async with self.store.writing() as db:
                    await simulations.progressed(db, id_, far.percent, far.ready_at)
            await asyncio.sleep(self.beat_seconds)
