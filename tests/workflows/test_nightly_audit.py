"""The night's check on a real server: started by its schedule, told to the cases it is about, safe to repeat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from temporalio.client import Client, ScheduleUpdate, ScheduleUpdateInput, WorkflowHandle

from activities.night import Night, Page
from cli.audit import NoOpenCase, audit
from policy.audit import night_after
from policy.facts.auditing import FindingAnswered, PatternFound, PatternName
from policy.facts.closing import CaseClosed, Closing
from policy.working_days import moment_in_words
from runtime.settings import Settings
from store import cases, timeline
from store.sessions import Store
from tests.given import EDITION, ROWAN, assessed, contact, empty_file, entry, report
from tests.workflows.running import Pigeonholes
from workers.schedules import NIGHTLY, SELF_AUDIT, keep_schedules
from workers.worker import make_worker
from workflows.case_door import CaseDoor
from workflows.case_kind import workflow_id
from workflows.nightly_audit import NightlyAudit, Progress

DAY = timedelta(days=1)


class Caseload:
    """Cases on a real server, some of which nobody has touched for weeks."""

    def __init__(self, client: Client, settings: Settings, store: Store) -> None:
        self.client = client
        self.settings = settings
        self.store = store
        self.door = CaseDoor(client, settings.task_queue, seconds=20)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        async with make_worker(self.client, self.settings, self.store, Pigeonholes()):
            yield

    async def open(self, days_ago: int) -> str:
        at = datetime.now(UTC) - days_ago * DAY
        async with self.store.writing() as db:
            ref = await cases.next_ref(db, at.year)
            file = await cases.register(db, ref, EDITION.ref, empty_file(at.date()).closure_days, at)
        await self.door.open(file, entry(report(at, complainant=ROWAN), recorded_at=datetime.now(UTC)))
        await self.until(ref, "letter_sent")
        return ref

    async def facts(self, ref: str) -> list[str]:
        async with self.store.reading() as db:
            return [line.fact for line in await timeline.entries_of(db, ref)]

    async def until(self, ref: str, fact: str) -> list[str]:
        async with asyncio.timeout(60):
            while fact not in (facts := await self.facts(ref)):
                await asyncio.sleep(0.02)
        return facts

    async def found(self, ref: str) -> list[PatternName]:
        """As the live case has it, and the store with it."""
        standing = await self.door.standing(ref)
        async with asyncio.timeout(60):
            while True:
                async with self.store.reading() as db:
                    lines = await timeline.entries_of(db, ref)
                if len(lines) == standing.seq:
                    break
                await asyncio.sleep(0.02)
        facts = [line.entry().fact for line in lines]
        return sorted(one.pattern for one in facts if isinstance(one, PatternFound))

    async def night(self) -> Progress:
        """Started as the schedule starts it, and waited for. A schedule names its runs by the second."""
        if before := await self._runs():
            await asyncio.sleep(1.1)
        await self.client.get_schedule_handle(SELF_AUDIT).trigger()
        async with asyncio.timeout(60):
            while not (new := set(await self._runs()) - set(before)):
                await asyncio.sleep(0.05)
        handle: WorkflowHandle[NightlyAudit, Progress] = self.client.get_workflow_handle_for(
            NightlyAudit.run, new.pop()
        )
        return await handle.result()

    async def _runs(self) -> list[str]:
        described = await self.client.get_schedule_handle(SELF_AUDIT).describe()
        return [one.action.workflow_id for one in described.info.recent_actions]  # type: ignore[attr-defined]  # it starts workflows


@pytest_asyncio.fixture(loop_scope="session")
async def caseload(client: Client, settings: Settings, store: Store) -> AsyncIterator[Caseload]:
    await keep_schedules(client, settings)
    yield Caseload(client, settings, store)
    await client.get_schedule_handle(SELF_AUDIT).delete()


async def test_the_schedule_starts_the_check_and_the_case_has_what_was_found(caseload: Caseload) -> None:
    async with caseload.working():
        neglected, fresh = await caseload.open(60), await caseload.open(0)
        progress = await caseload.night()
        assert (progress.cases, progress.untold) == (2, 0)
        found = await caseload.found(neglected)
        assert PatternName.NOTHING_DONE in found
        assert progress.found == len(found)
        assert await caseload.found(fresh) == []
        owed = {d.key: d.owed for d in (await caseload.door.standing(neglected)).deadlines}
        assert "Look into this: the case is open and nothing is done on it" in owed.values()


async def test_a_second_check_the_same_night_changes_nothing(caseload: Caseload) -> None:
    async with caseload.working():
        ref = await caseload.open(60)
        await caseload.night()
        found, seq = await caseload.found(ref), (await caseload.door.standing(ref)).seq
        assert (await caseload.night()).found == 0
        assert await caseload.found(ref) == found
        assert (await caseload.door.standing(ref)).seq == seq


async def test_the_same_finding_signalled_again_or_after_its_answer_changes_nothing(caseload: Caseload) -> None:
    async with caseload.working():
        ref = await caseload.open(60)
        now = datetime.now(UTC)
        looked = await Night(caseload.store).look(Page(at=now))
        one = next(each.fact for each in looked.found if each.fact.pattern is PatternName.NOTHING_DONE)
        await caseload.door.observed(ref, one)
        await caseload.door.observed(ref, one)
        assert await caseload.found(ref) == [PatternName.NOTHING_DONE]
        key = next(d.key for d in (await caseload.door.standing(ref)).deadlines if d.key.startswith("finding-"))
        answer = FindingAnswered(at=datetime.now(UTC), matter=key, words="I ring tonight.")
        await caseload.door.record(ref, entry(answer, recorded_at=datetime.now(UTC)))
        await caseload.door.observed(ref, one)
        assert await caseload.found(ref) == [PatternName.NOTHING_DONE]


async def test_what_a_crash_kept_from_the_case_is_found_by_the_next_check(caseload: Caseload) -> None:
    async with caseload.working():
        ref = await caseload.open(60)
    handle = await caseload.client.start_workflow(
        NightlyAudit.run, Progress(), id=f"night-of-{ref}", task_queue=caseload.settings.task_queue
    )
    await handle.terminate("as if it had never been")
    async with caseload.working():
        assert await caseload.found(ref) == []
        await caseload.night()
        assert PatternName.NOTHING_DONE in await caseload.found(ref)


async def test_many_pages_are_gone_through_and_only_cases_with_findings_are_woken(caseload: Caseload) -> None:
    async with caseload.working():
        refs = [await caseload.open(days) for days in (60, 0, 60, 0, 60)]
        before = {ref: (await caseload.client.get_workflow_handle(workflow_id(ref)).describe()) for ref in refs}
        done = await caseload.client.execute_workflow(
            NightlyAudit.run, Progress(size=2), id=f"pages-{refs[0]}", task_queue=caseload.settings.task_queue
        )
        assert done.cases == 5
        assert [bool(await caseload.found(ref)) for ref in refs] == [True, False, True, False, True]
        for ref in (refs[1], refs[3]):
            described = await caseload.client.get_workflow_handle(workflow_id(ref)).describe()
            assert described.history_length == before[ref].history_length


async def test_a_case_that_has_ended_meanwhile_keeps_no_other_from_being_told(caseload: Caseload) -> None:
    async with caseload.working():
        gone, there = await caseload.open(60), await caseload.open(60)
        await caseload.client.get_workflow_handle(workflow_id(gone)).terminate("gone")
        progress = await caseload.night()
        assert 0 < progress.untold < progress.found
        assert await caseload.found(there)


async def test_a_closed_case_is_not_looked_at(caseload: Caseload) -> None:
    async with caseload.working():
        ref = await caseload.open(60)
        for fact in (contact(datetime.now(UTC)), assessed(datetime.now(UTC))):
            await caseload.door.record(ref, entry(fact, recorded_at=datetime.now(UTC)))
        closed = CaseClosed(at=datetime.now(UTC), closing=Closing.DEALT_WITH, reasons="Done.")
        await caseload.door.record(ref, entry(closed, recorded_at=datetime.now(UTC)))
        await caseload.until(ref, "case_closed")
        assert (await caseload.night()).cases == 0


async def test_a_case_that_cannot_be_read_keeps_no_other_from_being_looked_at(caseload: Caseload) -> None:
    async with caseload.working():
        unreadable, ref = await caseload.open(60), await caseload.open(60)
        async with caseload.store.writing() as db:
            await db.connection.execute(
                cases.cases.update().where(cases.cases.c.ref == unreadable).values(file={"ref": unreadable})
            )
        looked = await Night(caseload.store).look(Page(at=datetime.now(UTC)))
    assert looked.cases == 2
    assert looked.not_looked_at == 1
    assert {one.ref for one in looked.found} == {ref}


async def test_the_command_prints_what_would_be_found_and_changes_nothing(caseload: Caseload) -> None:
    async with caseload.working():
        first, second = await caseload.open(60), await caseload.open(60)
        before = await caseload.facts(second)
        told = await audit(caseload.settings, (second,))
        assert f"{second}  nothing-done (review-meetings): Nobody has recorded anything done" in told
        assert first not in told
        assert "\n1 open case looked at, " in told
        assert first in await audit(caseload.settings, ())
        assert await caseload.facts(second) == before


async def test_the_command_says_which_reference_is_of_no_open_case(caseload: Caseload) -> None:
    async with caseload.working():
        open_one, closed = await caseload.open(60), await caseload.open(0)
        at = datetime.now(UTC)
        async with caseload.store.writing() as db:
            await db.connection.execute(
                cases.cases.update().where(cases.cases.c.ref == closed).values(closed_at=at)
            )
        with pytest.raises(NoOpenCase) as refused:
            await audit(caseload.settings, (open_one, closed, "NOPE"))
    assert str(refused.value) == f"There is no case NOPE.\n{closed} was closed on {moment_in_words(at)}."


async def test_the_schedule_is_kept_up_to_date_and_a_pause_is_kept(caseload: Caseload) -> None:
    handle = caseload.client.get_schedule_handle(SELF_AUDIT)

    def another(known: ScheduleUpdateInput) -> ScheduleUpdate:
        known.description.schedule.spec.calendars = ()
        known.description.schedule.spec.intervals = ()
        return ScheduleUpdate(schedule=known.description.schedule)

    await handle.pause(note="Stocktaking")
    await handle.update(another)
    await keep_schedules(caseload.client, caseload.settings)
    described = await handle.describe()
    assert described.schedule.state.paused
    assert described.schedule.policy == NIGHTLY
    assert [one.hour[0].start for one in described.schedule.spec.calendars] == [EDITION.audit.at.hour]
    await handle.unpause()
    [first, second] = (await handle.describe()).info.next_action_times[:2]
    assert first == night_after(datetime.now(UTC), EDITION)
    assert second == night_after(first, EDITION)
