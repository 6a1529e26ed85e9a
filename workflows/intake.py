"""From what was told to a running case: kept in the store first, then carried to the engine, now or later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gateways.calendar import closure_days
from policy import rules
from policy.editions import in_force_on, of
from policy.facts import Entry
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.working_days import london_day
from store import cases, mentions, reports, timeline
from store.reports import Report
from store.sessions import Store, Writing
from workflows.case_door import CaseDoor, CaseNotRunning, EngineAway


class KeyUsedForAnotherReport(Exception):
    """The Idempotency-Key came with another body before."""


class IncidentNeedsAnOpenCase(LookupError):
    """No case of that reference is open."""


@dataclass(frozen=True)
class Intake:
    store: Store
    door: CaseDoor
    own_closure_days: Mapping[date, str]

    async def receive(self, entry: Entry) -> Report:
        """Commits a report under a new reference; the same key again gives the same report.
        Raises KeyUsedForAnotherReport, and Refused for a category or perception that the policy does not know.
        """
        rules.taken_as_told(entry, in_force_on(london_day(entry.at)))
        async with self.store.writing() as db:
            if kept := await self._kept(db, entry):
                return kept
            return await self._keep(db, entry, await self._registered(db, entry))

    async def receive_incident(self, ref: str, entry: Entry) -> Report:
        """Commits a further incident on an open case. Raises IncidentNeedsAnOpenCase, KeyUsedForAnotherReport."""
        async with self.store.writing() as db:
            if kept := await self._kept(db, entry):
                return kept
            if await timeline.place_of(db, ref, entry.id):
                raise KeyUsedForAnotherReport(entry.id)
            file = await cases.file_of(db, ref)
            if file is None or file.closed_at is not None:
                raise IncidentNeedsAnOpenCase(ref)
            rules.taken_as_told(entry, of(file.edition))
            return await self._keep(db, entry, ref)

    async def carry(self, report: Report) -> None:
        """Carries a kept report to the engine. Safe to repeat. An incident whose case has ended meanwhile
        becomes a case of its own. Raises EngineAway, OutcomeUnknown.
        """
        if not report.opens_case:
            if await self._taken_by_its_case(report):
                return
            report = await self._made_a_case(report)
        if report.settled_at is not None:
            return
        async with self.store.reading() as db:
            opening = await cases.opening_of(db, report.case_ref)
        await self.door.open(opening, report.entry)

    async def _taken_by_its_case(self, report: Report) -> bool:
        """False when the case has closed. One that is not running though it is open still waits to be opened."""
        if await self._closed(report.case_ref):
            return False
        try:
            await self.door.incident(report.case_ref, report.entry)
        except CaseNotRunning as missing:
            if await self._closed(report.case_ref):
                return False
            raise EngineAway("the case is not open yet") from missing
        async with self.store.writing() as db:
            await reports.carried(db, report.id)
        return True

    async def _closed(self, ref: str) -> bool:
        async with self.store.reading() as db:
            file = await cases.file_of(db, ref)
        return file is not None and file.closed_at is not None

    @staticmethod
    async def _kept(db: Writing, entry: Entry) -> Report | None:
        kept = await reports.claim(db, entry.id)
        if kept is not None and kept.digest != entry.digest:
            raise KeyUsedForAnotherReport(entry.id)
        return kept

    @staticmethod
    async def _keep(db: Writing, entry: Entry, ref: str) -> Report:
        report = Report(
            id=entry.id,
            case_ref=ref,
            opens_case=isinstance(entry.fact, ReportReceived),
            digest=entry.digest,
            entry=entry,
            received_at=entry.recorded_at,
        )
        await reports.keep(db, report, tried_at=entry.recorded_at)
        return report

    async def _registered(self, db: Writing, entry: Entry) -> str:
        day = london_day(entry.at)
        ref = await cases.next_ref(db, day.year)
        known = closure_days(day, self.own_closure_days)
        await cases.register(db, ref, in_force_on(day).ref, known, entry.at)
        return ref

    async def _made_a_case(self, report: Report) -> Report:
        """The report as it is now: somebody else may have made the case, or its own case taken it after all."""
        async with self.store.writing() as db:
            report = await reports.claim(db, report.id) or report
            told = report.entry.fact
            if not isinstance(told, IncidentReported) or report.settled_at is not None:
                return report
            complainant = await mentions.complainant(db, report.case_ref)
            earlier = {"complainant": complainant, "follows": report.case_ref}
            fact = ReportReceived.model_validate(told.model_dump(exclude={"fact"}) | earlier)
            entry = report.entry.model_copy(update={"fact": fact})
            ref = await self._registered(db, entry)
            await reports.move(db, report.id, ref, entry)
        return report.model_copy(update={"case_ref": ref, "opens_case": True, "entry": entry})
