"""Cases on a real server with a virtual clock each, and a worker whose store and letters are real."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest_asyncio
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from gateways.mail import OutgoingMail
from policy.facts import Actor, CaseFact
from policy.facts.people import Person
from policy.facts.reporting import Channel, IncidentReported
from policy.standing import Standing
from runtime.settings import Settings
from store import cases, timeline
from store.sessions import Store
from store.timeline import TimelineEntry
from tests.given import EDITION, OFFICER, ROWAN, empty_file, entry, report
from workers.worker import make_worker
from workflows.case import CaseWorkflow
from workflows.case_door import CaseDoor
from workflows.case_kind import workflow_id
from workflows.door import CaseNotRunning, Door


async def until_running(door: Door, ref: str) -> None:
    """Whatever begins it has it begun a moment later."""
    async with asyncio.timeout(60):
        while True:
            with suppress(CaseNotRunning):
                if await door.running(ref):
                    return
            await asyncio.sleep(0.05)


@dataclass
class Pigeonholes:
    """A mail gateway that keeps what it is given, or fails as it is told to."""

    sent: list[OutgoingMail] = field(default_factory=list)
    failing: list[Exception] = field(default_factory=list)

    async def send(self, message: OutgoingMail) -> None:
        if self.failing:
            raise self.failing.pop(0)
        self.sent.append(message)


@pytest_asyncio.fixture(loop_scope="session")
async def skipping(client: Client) -> TimeSkipper:
    """Gives each case that begins by its client a clock of its own, which stands until it is moved."""
    return TimeSkipper(client, config=TimeSkippingConfig(enabled=False))


@dataclass
class Case:
    """One running case as a test drives it. Its clock starts with the wall's and is moved on by hand."""

    env: TimeSkipper
    door: CaseDoor
    store: Store
    ref: str
    reported_at: datetime
    skipped: timedelta = timedelta(0)

    @property
    def handle(self) -> WorkflowHandle[CaseWorkflow, Standing]:
        return self.door.client.get_workflow_handle_for(CaseWorkflow.run, workflow_id(self.ref))

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.skipped

    async def record(self, fact: CaseFact, by: Actor = OFFICER) -> int:
        return (await self.door.record(self.ref, entry(fact, by, self.now))).seq

    def again(self) -> IncidentReported:
        """What a further incident would be, now."""
        return IncidentReported(at=self.now, channel=Channel.PHONE, words="Again.")

    async def until(self, moment: datetime) -> None:
        """Moves the clock just past the moment."""
        step = moment - self.now + timedelta(seconds=1)
        self.skipped += step
        await self.env.fast_forward(self.handle, step)

    async def standing(self) -> Standing:
        return await self.door.standing(self.ref)

    async def timeline(self) -> list[TimelineEntry]:
        async with self.store.reading() as db:
            return await timeline.entries_of(db, self.ref)

    async def facts(self) -> list[str]:
        return [line.fact for line in await self.timeline()]

    async def until_recorded(self, seq: int) -> list[TimelineEntry]:
        async with asyncio.timeout(60):
            while len(lines := await self.timeline()) < seq:
                await asyncio.sleep(0.02)
        return lines

    async def events(self) -> list[str]:
        """The kinds of event in the current run's history."""
        handle = self.door.client.get_workflow_handle(workflow_id(self.ref))
        return [
            EventType.Name(e.event_type).removeprefix("EVENT_TYPE_") async for e in handle.fetch_history_events()
        ]

    async def under_way(self) -> list[str]:
        """The activities that the case waits for."""
        described = await self.handle.describe()
        return [one.activity_type.name for one in described.raw_description.pending_activities]

    async def events_when_idle(self) -> list[str]:
        """The same once everything that the case has begun is done."""
        async with asyncio.timeout(60):
            while True:
                events = await self.events()
                begun, done = "{}_TASK_SCHEDULED".format, "{}_TASK_COMPLETED".format
                if all(events.count(begun(kind)) == events.count(done(kind)) for kind in ("WORKFLOW", "ACTIVITY")):
                    return events
                await asyncio.sleep(0.02)


@dataclass
class Cases:
    """Opens cases on a worker of their own."""

    env: TimeSkipper
    client: Client
    store: Store
    settings: Settings
    mail: Pigeonholes

    async def open(
        self, category: str = "noise", complainant: Person | None = ROWAN, at: datetime | None = None
    ) -> Case:
        reported_at = at or datetime.now(UTC)
        async with self.store.writing() as db:
            ref = await cases.next_ref(db, reported_at.year)
            days = empty_file(reported_at.date()).closure_days
            file = await cases.register(db, ref, EDITION.ref, days, reported_at)
        door = CaseDoor(self.client, self.settings.task_queue, seconds=20)
        await door.open(file, entry(report(reported_at, category, complainant)))
        return Case(self.env, door, self.store, ref, reported_at)


@pytest_asyncio.fixture(loop_scope="session")
async def cases_here(skipping: TimeSkipper, settings: Settings, store: Store) -> AsyncIterator[Cases]:
    mail = Pigeonholes()
    async with make_worker(skipping.client, settings, store, mail):
        yield Cases(skipping, skipping.client, store, settings, mail)
