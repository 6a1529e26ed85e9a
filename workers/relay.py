"""The relay: carries to the engine the reports and applications that could not be carried when they were taken,
and open cases that were brought from another system.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from prometheus_client import Counter
from sqlalchemy.exc import NoResultFound

from policy.editions import EditionUnknown
from runtime.ending import pause
from store import applications, cases, imported, reports
from store.away import StoreAway, StoreRefused
from workflows.asking import Asking
from workflows.case_door import CaseFaulty, EngineAway, OutcomeUnknown
from workflows.intake import Intake

CARRIED = Counter(
    "casework_reports_carried_total",
    "Reports, applications and imported cases that the relay carried to the engine",
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
                await pause(stopping, min(self.rest_seconds, 1.0))

    async def carry_waiting(self) -> int:
        """How many were taken up, carried or not, of the kind of which there are most."""
        now, rest = datetime.now(UTC), timedelta(seconds=self.rest_seconds)
        asking = Asking(self.intake.store, self.intake.door, self.intake.own_closure_days)
        async with self.intake.store.writing() as db:
            told = await reports.take_unsettled(db, now, rest, self.batch)
            asked = await applications.take_waiting(db, now, rest, self.batch)
            brought = await imported.take_waiting(db, now, rest, self.batch)
        for report in told:
            await _carried(report.case_ref, self.intake.carry(report))
        for application in asked:
            await _carried(application.ref, asking.begin(application))
        await asyncio.gather(*(_carried(ref, self._carry_on(ref)) for ref in brought))
        return max(len(told), len(asked), len(brought))

    async def _carry_on(self, ref: str) -> None:
        """One that has come further since it was brought runs already."""
        async with self.intake.store.reading() as db:
            file = await cases.file_of(db, ref)
        if file is not None:
            await self.intake.door.carry_on(file)
        async with self.intake.store.writing() as db:
            await imported.settle(db, [ref], datetime.now(UTC))


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
