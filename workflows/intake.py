"""From what was told to a running case: kept in the store first, then carried to the engine, now or later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gateways.calendar import closure_days
from policy import rules
from policy.across import as_carefully, echo_id
from policy.editions import in_force_on, of
from policy.facts import Entry, Role
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.working_days import london_day
from store import access, cases, mentions, reports, timeline
from store.reports import Report
from store.sessions import Store, Writing
from workflows.across import carry_across
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
    texts: bool = False

    async def receive(self, entry: Entry) -> Report:
        """Commits a report under a new reference; the same key again gives the same report.
        Raises KeyUsedForAnotherReport, and Refused for a category or perception that the policy does not know.
        """
        rules.taken_as_told(entry, in_force_on(london_day(entry.at)))
        async with self.store.writing() as db:
            if kept := await self._kept(db, entry):
                return kept
            if isinstance(entry.fact, ReportReceived):
                fact = await self._knowing_the_earlier_case(db, entry.fact)
                entry = entry.model_copy(update={"fact": fact})
            opened_by = None if entry.by.role is Role.RESIDENT else entry.by.id
            return await self._keep(db, entry, await self._registered(db, entry, opened_by))

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
        becomes a case of its own, and so does one that was separated. Raises EngineAway, OutcomeUnknown.
        """
        if report.settled_at is not None:
            return
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
        if isinstance(report.entry.fact, ReportReceived):
            return False
        if not isinstance(report.entry.fact, IncidentReported):
            await carry_across(self.store, self.door, report)
            return True
        if await self._closed(report.case_ref):
            return False
        ref, entry = await self._where_it_goes_on(report)
        try:
            await self.door.incident(ref, entry)
        except CaseNotRunning as missing:
            if await self._closed(report.case_ref):
                return False
            raise EngineAway("the case is not open yet") from missing
        async with self.store.writing() as db:
            await reports.carried(db, report.id)
        return True

    async def carry_what_follows(self, fact_id: str) -> None:
        """At once what the relay would carry soon: what a fact that is in its timeline means for other cases."""
        number = 0
        while kept := await self._report(echo_id(fact_id, number)):
            await self.carry(kept)
            number += 1

    async def _report(self, id_: str) -> Report | None:
        async with self.store.reading() as db:
            return await reports.by_id(db, id_)

    async def _where_it_goes_on(self, report: Report) -> tuple[str, Entry]:
        """A case that has joined another has its incidents told to that one, which says where they came from."""
        async with self.store.reading() as db:
            file = await cases.file_of(db, report.case_ref)
        if file is None or file.joined is None or await self._closed(file.joined.into):
            return report.case_ref, report.entry
        fact = report.entry.fact.model_copy(update={"told_on": report.case_ref})
        return file.joined.into, report.entry.model_copy(update={"fact": fact})

    async def _closed(self, ref: str) -> bool:
        async with self.store.reading() as db:
            file = await cases.file_of(db, ref)
        return file is not None and file.closed_at is not None

    @staticmethod
    async def _knowing_the_earlier_case(db: Writing, fact: ReportReceived) -> ReportReceived:
        """When the case that it follows closed decides whether that one is offered."""
        earlier = await cases.file_of(db, fact.follows) if fact.follows else None
        return fact.model_copy(update={"follows_closed_at": earlier.closed_at if earlier else None})

    @staticmethod
    async def _kept(db: Writing, entry: Entry) -> Report | None:
        kept = await reports.claim(db, entry.id)
        if kept is not None and kept.digest != entry.digest:
            raise KeyUsedForAnotherReport(entry.id)
        return kept

    @staticmethod
    async def _keep(db: Writing, entry: Entry, ref: str) -> Report:
        report = reports.told_on(ref, entry)
        await reports.keep(db, report, tried_at=entry.recorded_at)
        return report

    async def _registered(self, db: Writing, entry: Entry, opened_by: str | None) -> str:
        """`opened_by` took the report, and has the case until it is given to somebody. Of what was told on another
        case it is whoever has that one: who only passed it on may be somebody to whom that case is shut.
        """
        day = london_day(entry.at)
        ref = await cases.next_ref(db, day.year)
        known = closure_days(day, self.own_closure_days)
        await cases.register(db, ref, in_force_on(day).ref, known, entry.at, opened_by, texts=self.texts)
        if isinstance(entry.fact, ReportReceived) and entry.fact.follows:
            await access.follow(db, entry.fact.follows, ref)
        return ref

    async def _made_a_case(self, report: Report) -> Report:
        """The report as it is now: somebody else may have made the case, or its own case taken it after all."""
        async with self.store.writing() as db:
            report = await reports.claim(db, report.id) or report
            told = report.entry.fact
            if not isinstance(told, IncidentReported | ReportReceived) or report.opens_case or report.settled_at:
                return report
            complainant = await mentions.complainant(db, report.case_ref)
            earlier = {"complainant": complainant, "follows": report.case_ref}
            fact = ReportReceived.model_validate(told.model_dump(exclude={"fact"}) | earlier)
            if (file := await cases.file_of(db, report.case_ref)) is not None:
                fact = as_carefully(fact, file)
            fact = await self._knowing_the_earlier_case(db, fact)
            entry = report.entry.model_copy(update={"fact": fact})
            ref = await self._registered(db, entry, await cases.whose(db, report.case_ref))
            await reports.move(db, report.id, ref, entry)
        return report.model_copy(update={"case_ref": ref, "opens_case": True, "entry": entry})
