"""A worker begins, and begins again, when the store serves its release and the engine is there."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from runtime.embedded.processes import LOOPBACK, free_port
from runtime.revisions import revisions
from runtime.temporal import connect
from store.release import StoreIs
from store.sessions import Store
from tests.workers.at_work import Office, begun, until
from tests.workers.test_task_queues import FEW, Slow
from workers import patience
from workers.labour import reached
from workers.patience import resting_while_store_is_away
from workers.worker import make_worker
from workflows.case_door import CaseDoor


async def at(store: Store, revision: str) -> None:
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": revision})


async def test_a_worker_waits_until_the_migrations_of_its_release_have_run(
    office: Office, store: Store, tmp_path: Path
) -> None:
    await at(store, revisions()[1])
    worker = begun(office.settings, tmp_path)

    async def waits() -> bool:
        return "store_behind" in worker.child.said()

    await until(waits)
    assert await worker.ready() == 503
    assert "worker_started" not in worker.child.said()
    await at(store, revisions()[0])
    await worker.until_ready()
    await worker.child.stop()
    assert worker.child.process.returncode == 0, worker.child.said()


async def test_why_the_store_refuses_is_said_once_while_it_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, store: Store, working_store: Store, office: Office
) -> None:
    """Before anything was migrated there, say; whoever looks whether we are ready has the answer from us."""
    monkeypatch.setattr(patience, "_SECONDS", 0.02)
    async with store.writing() as db:
        await db.connection.execute(text("ALTER TABLE alembic_version RENAME TO not_yet"))
    with capture_logs() as said:
        waiting = asyncio.create_task(patience.until_store_answers(working_store, asyncio.Event()))
        await asyncio.sleep(0.5)
        assert (await reached(working_store, office.door))["store"] == StoreIs.BEHIND
        async with store.writing() as db:
            await db.connection.execute(text("ALTER TABLE not_yet RENAME TO alembic_version"))
        await asyncio.wait_for(waiting, 30)
    assert [one["event"] for one in said] == ["store_refused", "store_behind"]


async def test_cases_go_on_while_a_letter_from_before_the_rest_is_still_on_its_way(office: Office) -> None:
    mail = Slow()
    settings = office.settings.model_copy(update=FEW)
    async with make_worker(office.client, settings, office.store, mail) as crew:
        for _ in range(FEW["letters_at_once"]):
            await office.opened()
        await until(mail.full)
        crew.rest()
        assert crew.resting
        crew.resume()
        ref = await office.opened()
        await until(lambda: office.has(ref, "report_received"))
        assert mail.sent == []
        mail.may_go.set()
        await until(lambda: office.has(ref, "letter_sent"))


async def test_after_a_rest_nothing_begins_before_the_engine_is_there(office: Office, store: Store) -> None:
    nowhere = office.settings.model_copy(update={"temporal_address": f"{LOOPBACK}:{free_port()}"})
    door = CaseDoor(await connect(nowhere), nowhere.task_queue)
    stopping = asyncio.Event()
    with capture_logs() as said:
        async with make_worker(office.client, office.settings, office.store) as crew:
            watching = asyncio.create_task(resting_while_store_is_away(crew, office.store, door, stopping))

            async def says(event: str) -> bool:
                return event in [one["event"] for one in said]

            await at(store, revisions()[1])
            await until(lambda: says("worker_rests"))
            await at(store, revisions()[0])
            await until(lambda: says("engine_away"))
            assert crew.resting
            stopping.set()
            await watching
    assert not await says("worker_resumes")
