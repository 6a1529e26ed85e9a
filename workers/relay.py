"""The relay: carries reports and applications to the engine that could not be carried when they were taken."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from prometheus_client import Counter
from sqlalchemy.exc import NoResultFound

from policy.editions import EditionUnknown
from store import applications, reports
from store.away import StoreAway, StoreRefused
from workflows.asking import Asking
from workflows.case_door import CaseFaulty, EngineAway, OutcomeUnknown
from workflows.intake import Intake

CARRIED = Counter(
    "casework_reports_carried_total", "Reports and applications that the relay carried to the engine"
)

NOT_OURS_TO_CURE: Final = (StoreRefused, CaseFaulty, EditionUnknown, NoResultFound)
"""One report that cannot be carried keeps no other waiting; it is tried again, and said again."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Relay:
    """Looks every `rest_seconds`; what came in is tried again when its timeline does not have it by then."""

    intake: Intake
    rest_seconds: float
    batch: int = 50

    async def run(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            try:
                carried = await self.carry_waiting()
            except StoreAway as away:
                log.warning("store_away", why=str(away))
                carried = 0
            if carried < self.batch:
                await _pause(stopping, min(self.rest_seconds, 1.0))

    async def carry_waiting(self) -> int:
        """How many reports and applications were taken up, carried or not."""
        now, rest = datetime.now(UTC), timedelta(seconds=self.rest_seconds)
        asking = Asking(self.intake.store, self.intake.door, self.intake.own_closure_days)
        async with self.intake.store.writing() as db:
            told = await reports.take_unsettled(db, now, rest, self.batch)
            asked = await applications.take_waiting(db, now, rest, self.batch)
        for report in told:
            await _carried(report.case_ref, self.intake.carry(report))
        for application in asked:
            await _carried(application.ref, asking.begin(application))
        return max(len(told), len(asked))


async def _carried(ref: str, carrying: Awaitable[None]) -> None:
    try:
        await carrying
    except (EngineAway, OutcomeUnknown) as away:
        log.warning("report_waits_for_engine", case=ref, why=type(away).__name__)
    except NOT_OURS_TO_CURE as fault:
        log.error("report_not_carried", case=ref, why=type(fault).__name__)  # noqa: TRY400 - a trace may quote
    else:
        CARRIED.inc()
        log.info("report_carried", case=ref)


async def _pause(stopping: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
