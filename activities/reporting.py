"""Makes a report in the background, keeps it, and tells its readers. (reports, section 7)"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import structlog
from temporalio import activity

from activities.measuring import Measuring
from policy.frozen import Frozen
from policy.measures.period import Period
from policy.reports.kinds import ReportKind
from store import made_reports
from store.sessions import Store

log = structlog.get_logger()


class ReportWanted(Frozen):
    """Of the days from `first` to `last`. Asked for again under the same id it is the same report."""

    kind: ReportKind
    first: date
    last: date
    id: str


@dataclass(frozen=True)
class Reporter:
    store: Store

    @activity.defn(name="ask_for_report")
    async def ask(self, wanted: ReportWanted) -> None:
        """Safe to repeat: the first that is asked for under an id is kept."""
        async with self.store.writing() as db:
            await made_reports.ask(db, wanted.id, wanted.kind, wanted.first, wanted.last)

    @activity.defn(name="make_report")
    async def make(self, wanted: ReportWanted) -> None:
        """Safe to repeat: what has been made stays as it is."""
        now, period = datetime.now(UTC), Period(first=wanted.first, last=wanted.last)
        measured = await Measuring(self.store).measured(period, now)
        figures = {name: of[()].value for name, of in measured.figures.items()}
        async with self.store.writing() as db:
            await made_reports.made(db, wanted.id, figures, now)
        log.info("report_made", report=wanted.id)

    @activity.defn(name="give_up_report")
    async def give_up(self, wanted: ReportWanted) -> None:
        log.error("report_given_up", report=wanted.id)

    @activity.defn(name="send_report")
    async def send(self, wanted: ReportWanted) -> None:
        log.info("report_sent", report=wanted.id)
