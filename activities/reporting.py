"""Makes a report in the background, keeps it, and tells its readers."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid5

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.beating import beating
from activities.report_figures import ReportFigures
from gateways.delivery import DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable
from gateways.mail import Mail, Mailbox, OutgoingMail
from letters.compose import Letterhead
from letters.report import made as typeset
from letters.report_cover import cover
from letters.typesetting import NotTypeset
from policy.facts import digest
from policy.facts.base import SYSTEM
from policy.frozen import Frozen
from policy.measures.period import Period
from policy.reports.contents import CONTENTS, ReadBy
from policy.reports.kinds import ReportKind
from policy.reports.report import Report, read_by
from policy.reports.suppression import published
from policy.working_days import london_day
from store import made_reports
from store.made_reports import Made, MadeReport, MadeState, Reader, ReaderState
from store.sessions import Store

MEASURED: Final = 80
"""Percent of the way: typesetting takes the rest."""

log = structlog.get_logger()


class ReportWanted(Frozen):
    """Which report is to be made, of which days, under which id."""

    kind: ReportKind
    first: date
    last: date
    id: str


@dataclass(frozen=True)
class Reporter:
    """`readers` are addresses by kind, `link` the address of a report's page by its id, `homes` how many the
    landlord has.
    """

    store: Store
    mail: Mail
    mail_domain: str
    letterhead: Letterhead
    link: Callable[[str], str]
    readers: Mapping[ReportKind, tuple[str, ...]]
    homes: int | None = None

    @activity.defn(name="ask_for_report")
    async def ask(self, wanted: ReportWanted) -> None:
        """Safe to repeat: of one id there is one report."""
        line = asked_of(wanted, SYSTEM.id, datetime.now(UTC), tells=True)
        async with self.store.writing() as db:
            await made_reports.ask(db, line, digest([wanted.model_dump(mode="json")]))

    @activity.defn(name="make_report")
    @beating
    async def make(self, wanted: ReportWanted) -> None:
        """Safe to repeat: what was known when it was asked for gives the same figures. Raises an error that is not
        tried again where it cannot be made.
        """
        async with self.store.reading() as db:
            line = await made_reports.by_id(db, wanted.id)
        if line is None or line.state is not MadeState.BEING_MADE:
            return
        told = await self._measured(line)
        async with self.store.writing() as db:
            await made_reports.progressed(db, line.id, MEASURED)
        try:
            made = await asyncio.to_thread(self._typeset, told)
        except NotTypeset:
            log.error("report_not_typeset", report=line.id)  # noqa: TRY400 - a trace may quote
            raise ApplicationError("It cannot be typeset.", type="ReportNotMade", non_retryable=True) from None
        async with self.store.writing() as db:
            await made_reports.made(db, line.id, made, datetime.now(UTC))
        log.info("report_made", report=line.id, kind=line.kind)

    @activity.defn(name="give_up_report")
    async def give_up(self, wanted: ReportWanted) -> None:
        """So that whoever asked need not wait for it any longer. Safe to repeat."""
        async with self.store.writing() as db:
            await made_reports.failed(db, wanted.id)
        log.error("report_given_up", report=wanted.id)

    @activity.defn(name="tell_of_report")
    async def send(self, wanted: ReportWanted) -> None:
        """Tells each reader once that it stands on its page, and none of a report that was not made. Safe to
        repeat: what is known is written down before and after the mail server is asked. Raises DeliveryUnavailable
        while some have not been told, to be tried again.
        """
        async with self.store.reading() as db:
            line = await made_reports.by_id(db, wanted.id)
        if line is None or line.state is not MadeState.MADE or not line.tells:
            return
        async with self.store.writing() as db:
            await made_reports.to_tell(db, line.id, self.readers.get(line.kind, ()), datetime.now(UTC))
            readers = await made_reports.readers(db, line.id)
        later: DeliveryUnavailable | None = None
        for one in readers:
            if one.state is ReaderState.SENDING:
                await self._turn(line, one, ReaderState.IN_DOUBT)
            elif one.state is ReaderState.WAITING:
                later = await self._told(line, one) or later
        if later is not None:
            raise later

    async def _told(self, line: MadeReport, reader: Reader) -> DeliveryUnavailable | None:
        """What keeps it from going for now."""
        message = self._message(line, reader.address)
        if not await self._turn(line, reader, ReaderState.SENDING):
            return None
        begun = reader.model_copy(update={"state": ReaderState.SENDING})
        came_of, later = ReaderState.SENT, None
        try:
            await self.mail.send(message)
        except DeliveryUnavailable as away:
            came_of, later = ReaderState.WAITING, away
        except DeliveryRefused:
            came_of = ReaderState.REFUSED
        except DeliveryInDoubt:
            came_of = ReaderState.IN_DOUBT
        await self._turn(line, begun, came_of)
        log.info("report_told", report=line.id, came_of=came_of)
        return later

    def _message(self, line: MadeReport, address: str) -> OutgoingMail:
        subject, text = cover(line.kind, line.first, line.last, self.link(line.id), self.letterhead)
        return OutgoingMail(
            message_id=f"<{uuid5(UUID(line.id), address)}@{self.mail_domain}>",
            date=datetime.now(UTC),
            to=Mailbox(name="", address=address),
            subject=subject,
            text=text,
            attachment=None,
        )

    async def _turn(self, line: MadeReport, reader: Reader, state: ReaderState) -> bool:
        async with self.store.writing() as db:
            return await made_reports.turn(db, line.id, reader, state, datetime.now(UTC))

    async def _measured(self, line: MadeReport) -> Report:
        """Raises an error that is not tried again for days of which none had come when it was asked for."""
        try:
            period = Period(first=line.first, last=line.last).up_to(london_day(line.asked_at))
        except ValueError:
            raise ApplicationError("No day of it has come.", type="ReportNotMade", non_retryable=True) from None
        return await ReportFigures(self.store, self.homes).of(line.kind, period, line.asked_at)

    def _typeset(self, told: Report) -> Made:
        landlord = self.letterhead.name
        everybody = typeset(published(told), landlord) if CONTENTS[told.kind].publishes else None
        return Made(report=told, pdf=typeset(read_by(told, ReadBy.READERS), landlord), published_pdf=everybody)


def asked_of(wanted: ReportWanted, by: str, now: datetime, *, tells: bool) -> MadeReport:
    return MadeReport(
        **wanted.model_dump(),
        tells=tells,
        asked_at=now,
        by_id=by,
        state=MadeState.BEING_MADE,
        percent=0,
        made_at=None,
        sha256=None,
    )
