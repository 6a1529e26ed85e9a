"""Each kind of work waits for its own kind alone."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from statistics import median
from uuid import uuid4

from activities.reporting import ReportWanted
from gateways.mail import OutgoingMail
from policy.reports.kinds import ReportKind
from tests.given import contact
from tests.workers.at_work import Office, until
from tests.workflows.running import Pigeonholes
from workers.worker import make_worker
from workflows.case_kind import workflow_id
from workflows.reporting_door import have_made
from workflows.work import Work, queue_of

FEW = {"cases_at_once": 4, "letters_at_once": 4, "reports_at_once": 2, "bulk_at_once": 1}
LETTERS, REPORTS = 20, 12
TIMES = 10
"""What takes so many times as long as in quiet is no delay; in a common queue it would not happen at all."""


@dataclass
class Slow(Pigeonholes):
    """A mail server that takes its time."""

    may_go: asyncio.Event = field(default_factory=asyncio.Event)
    begun: int = 0

    async def full(self) -> bool:
        return self.begun == FEW["letters_at_once"]

    async def send(self, message: OutgoingMail) -> None:
        self.begun += 1
        await self.may_go.wait()
        await super().send(message)


async def test_a_case_s_facts_are_written_by_one_queue_and_its_letters_go_by_another(office: Office) -> None:
    async with make_worker(office.client, office.settings, office.store, Pigeonholes()):
        ref = await office.opened()
        await until(lambda: office.has(ref, "letter_sent"))
        history = await office.client.get_workflow_handle(workflow_id(ref)).fetch_history()
    asked = [event.activity_task_scheduled_event_attributes for event in history.events]
    found = {one.activity_type.name: one.task_queue.name for one in asked if one.activity_type.name}
    cases = office.settings.task_queue
    assert found == {"enter": cases, "send": queue_of(Work.LETTERS, cases)}
    assert queue_of(Work.LETTERS, cases) != cases


async def test_what_one_worker_does_not_do_waits_for_one_that_does(office: Office) -> None:
    mail = Pigeonholes()
    async with make_worker(office.client, office.settings, office.store, mail, only=[Work.CASES]):
        ref = await office.opened()
        await office.told(ref, contact(datetime.now(UTC)))
        assert not mail.sent
        async with make_worker(office.client, office.settings, office.store, mail, only=[Work.LETTERS]):
            await until(lambda: office.has(ref, "letter_sent"))
    assert len(mail.sent) == 1


async def test_letters_that_hang_and_reports_that_are_made_delay_no_fact_and_no_deadline(office: Office) -> None:
    """Where they had a queue in common, letters that hang would take every place in it."""
    mail = Slow()
    settings = office.settings.model_copy(update=FEW)
    async with make_worker(office.client, settings, office.store, mail):
        ref = await office.opened()
        quiet = await _fact(office, ref), await _missed(office)
        for _ in range(LETTERS):
            await office.opened()
        for _ in range(REPORTS):
            january = {"first": date(2026, 1, 1), "last": date(2026, 1, 31)}
            await have_made(office.door, ReportWanted(kind=ReportKind.MONTHLY, id=str(uuid4()), **january))
        await until(mail.full)
        flooded = await _fact(office, ref), await _missed(office)
        assert len(mail.sent) == 0
        mail.may_go.set()
    for calm, busy in zip(quiet, flooded, strict=True):
        assert busy < TIMES * calm, (quiet, flooded)


async def _fact(office: Office, ref: str) -> float:
    """From an officer's pressing of the button until it stands in the record."""
    return await _seconds(lambda: office.told(ref, contact(datetime.now(UTC))))


async def _missed(office: Office) -> float:
    """From the opening of a case that is late already until that stands in its record."""

    async def noticed() -> None:
        ref = await office.opened(days_ago=30)
        await until(lambda: office.has(ref, "deadline_missed"))

    return await _seconds(noticed)


async def _seconds(act: Callable[[], Awaitable[None]], times: int = 5) -> float:
    """The middle one of several."""
    taken = []
    for _ in range(times):
        began = time.monotonic()
        await act()
        taken.append(time.monotonic() - began)
    return median(taken)
