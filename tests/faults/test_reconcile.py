"""PostgreSQL and Temporal restored to different moments: what either has comes together again, and nobody's
case is lost or mixed up.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx2
from rich.progress import Progress
from sqlalchemy.ext.asyncio import create_async_engine

from cli.reconcile import Reconciled, reconcile
from cli.reconciling import Way
from cli.verify import verify
from gateways.evidence_files import opened
from policy.facts.people import Person
from runtime.database import working_engine
from runtime.temporal import connect
from store import cases, timeline
from store.sessions import EVERYTHING, Store
from tests.faults.load import Load
from tests.faults.stack import Stack, running_stack
from tests.faults.test_kill_legal_action import EFFECT, PROPOSED, REPORT
from tests.given import entry, report
from tests.store.erasing import DAY, NAME, REPORTED, closed_case, found, objection_days_are_over
from workflows.case_door import CaseDoor
from workflows.retention import Kept, Retention

CONTACT: Final = {"fact": "contact_made", "means": "phone", "words": "Spoke."}
ASKED: Final = {
    "asked_by": "victim",
    "district": "canterbury",
    "words": "Nobody rings back.",
    "asker": {"name": "Rowan Example", "email": "rowan@example.org"},
}
NO_PROGRESS: Final = Progress(disable=True)


async def looked(stack: Stack, *, apply: bool) -> Reconciled:
    return await reconcile(stack.settings, NO_PROGRESS, apply=apply)


async def until_all_holds(stack: Stack) -> None:
    async with asyncio.timeout(60):
        while not (found := await verify(stack.settings, NO_PROGRESS)).clean:
            await asyncio.sleep(0.5)
    assert found.faults == []


async def kept_ids(stack: Stack) -> list[str]:
    database = working_engine(stack.settings)
    async with Store(database, EVERYTHING).reading() as db:
        found = list(
            (
                await db.connection.scalars(
                    timeline.timeline.select().with_only_columns(timeline.timeline.c.fact_id)
                )
            ).all()
        )
    await database.dispose()
    return found


async def broken_off(stack: Stack, ref: str) -> None:
    """Half of it: begun anew, and what had been brought to the run that ended is not told again yet."""
    database = working_engine(stack.settings)
    door = CaseDoor(await connect(stack.settings, lazy=False), stack.settings.task_queue)
    async with Store(database).reading() as db:
        file = await cases.file_of(db, ref)
    assert file is not None
    await door.end(ref, "begun anew from the records")
    await door.replace(file)
    await database.dispose()


class Officer(Load):
    """Who also asks for a legal action, and remembers the bodies that were sent."""

    async def opened(self, http: httpx2.AsyncClient, body: dict[str, Any] = REPORT) -> str:
        return str((await self.post(http, "/api/reports", body))["ref"])

    async def told(self, http: httpx2.AsyncClient, ref: str, *facts: dict[str, Any]) -> None:
        for fact in facts:
            await self.post(http, f"/api/cases/{ref}/facts", fact, ref)


def differing(found: Reconciled) -> dict[str, list[Way]]:
    told = dict[str, list[Way]]()
    for step in found.steps:
        told.setdefault(step.both.ref, []).append(step.way)
    return told


async def all_acknowledged(stack: Stack, officer: Load) -> None:
    """Each once."""
    kept = await kept_ids(stack)
    told = [id_ for ids in officer.acknowledged.values() for id_ in ids]
    assert [id_ for id_ in told if kept.count(id_) != 1] == []


def numbers(refs: Sequence[str]) -> list[int]:
    return [int(ref.split("-")[2]) for ref in refs]


async def test_a_restore_of_either_loses_nothing_that_the_other_has(tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    backup.mkdir()
    async with running_stack(tmp_path / "stack") as stack:
        officer = Officer(stack.api, stack.settings)
        headers = officer.by("officer-1")
        async with httpx2.AsyncClient(base_url=stack.api, timeout=10, headers=headers) as http:
            known = await officer.opened(http)
            await officer.told(http, known, CONTACT, EFFECT)
            await until_all_holds(stack)
            for server in ("postgres", "temporal"):
                await stack.back_up(server, backup / server)
            await stack.until_ready()
            await officer.told(http, known, CONTACT, PROPOSED)
            new = await officer.opened(http)
            await officer.told(http, new, CONTACT)
            review = str((await officer.post(http, "/api/case-reviews", ASKED | {"cases": [known]}))["ref"])
            await until_all_holds(stack)

            await stack.restore("postgres", backup / "postgres")
            await stack.until_ready()
            found = differing(await looked(stack, apply=False))
            assert found == {known: [Way.ENTER], new: [Way.ENTER], review: [Way.ENTER]} | {
                ref: [Way.ENTER] for ref in found
            }
            done = await looked(stack, apply=True)
            assert done.left == []
            assert differing(done) == found
            (action,) = found.keys() - {known, new, review}
            assert action.startswith(known)
            await until_all_holds(stack)
            await all_acknowledged(stack, officer)
            after = await officer.opened(http)
            assert numbers([after])[0] > max(numbers([known, new]))

            await officer.told(http, new, CONTACT)
            await until_all_holds(stack)
            await stack.restore("temporal", backup / "temporal")
            await stack.until_ready()
            await officer.told(http, known, CONTACT)
            await broken_off(stack, known)
            done = await looked(stack, apply=True)
            assert done.left == []
            expected = {ref: [Way.ANEW] for ref in (action, new, after, review)}
            assert differing(done) == {**expected, known: [Way.TELL]}
            for ref in (known, new, after):
                await officer.told(http, ref, CONTACT)
            await until_all_holds(stack)
            await all_acknowledged(stack, officer)
            await opened(stack.settings.evidence_url).note_erased(known, datetime.now(UTC))
            done = await looked(stack, apply=False)
            assert done.steps == []
            assert done.left == [
                f"{known}: it was erased, and is in the records again: see that it is erased again"
            ]


@asynccontextmanager
async def records(stack: Stack) -> AsyncIterator[Store]:
    """As their owner."""
    owner = stack.settings.migration_database_url
    assert owner is not None
    database = create_async_engine(owner.get_secret_value())
    yield Store(database, EVERYTHING)
    await database.dispose()


async def erased_by_night(stack: Stack, http: httpx2.AsyncClient, ref: str) -> None:
    """Proposed one night, approved by a manager, and gone once the days are over in which anybody may object."""
    client = await connect(stack.settings, lazy=False)

    async def night(at: datetime) -> Kept:
        return await client.execute_workflow(
            Retention.run, Kept(at=at), id=f"retention-{uuid4()}", task_queue=stack.settings.task_queue
        )

    assert (await night(datetime.now(UTC))).proposed == 1
    key = {"Idempotency-Key": str(uuid4())}
    answer = await http.post(f"/api/retention/{ref}/facts", json={"fact": "erasure_approved"}, headers=key)
    assert answer.status_code == 201, answer.text
    async with records(stack) as store:
        await objection_days_are_over(store)
        assert (await night(datetime.now(UTC) + 16 * DAY)).erased == 1
        assert await found(store, NAME) == set()


async def test_what_was_erased_and_came_back_is_erased_again(tmp_path: Path) -> None:
    """Step 9 of the runbook."""
    backup = tmp_path / "postgres"
    async with running_stack(tmp_path / "stack") as stack:
        by = Load(stack.api, stack.settings).by("manager-1")
        async with httpx2.AsyncClient(base_url=stack.api, timeout=10, headers=by) as http:
            async with records(stack) as store:
                ref = await closed_case(store, entry(report(REPORTED, complainant=Person(name=NAME))))
            await stack.back_up("postgres", backup)
            await stack.until_ready()
            await erased_by_night(stack, http, ref)
            assert (await looked(stack, apply=False)).left == []

            await stack.restore("postgres", backup)
            await stack.until_ready()
            async with records(stack) as store:
                assert await found(store, NAME) == {"mentions", "timeline_content"}
            again = [f"{ref}: it was erased, and is in the records again: see that it is erased again"]
            assert (await looked(stack, apply=True)).left == again
            await erased_by_night(stack, http, ref)
            assert (await looked(stack, apply=False)).left == []
