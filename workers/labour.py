"""The processes behind `casework worker` and `casework relay`, from start to a graceful end."""

import asyncio
from collections.abc import Collection
from contextlib import AsyncExitStack
from functools import partial

import structlog

from gateways.evidence_files import opened
from gateways.scanner import Clamd
from runtime.database import working_engine
from runtime.ending import asked_to_end
from runtime.metrics import counting_runtime
from runtime.revisions import revisions
from runtime.settings import Settings
from runtime.temporal import connect
from store.release import how_is
from store.sessions import Store
from workers.backlog import Backlog
from workers.crew import Crew
from workers.evidence import Caretaker
from workers.health import serving_health
from workers.patience import resting_while_store_is_away, until_engine_answers, until_store_answers
from workers.polls import Polls
from workers.relay import Relay
from workers.worker import make_worker, texts_of
from workflows.case_door import CaseDoor
from workflows.intake import Intake
from workflows.work import Work

log = structlog.get_logger()


async def work(wanted: Settings, only: Collection[Work] = tuple(Work)) -> None:
    """Until SIGTERM or SIGINT; then what is under way may finish within the graceful time. Raises
    TextMessagesSecretMissing before anything is waited for.
    """
    texts = texts_of(wanted)
    stopping = asked_to_end()
    async with AsyncExitStack() as stack:
        crew: Crew | None = None
        polls = Polls(wanted.task_queue, only, wanted.polls_unanswered_seconds)
        store, watched, door = await _collaborators(wanted, stack)

        async def ready() -> dict[str, str]:
            at_work = crew is not None and not crew.resting
            return await reached(watched, door) | {"worker": polls.how if at_work else "away"}

        health = serving_health(wanted.worker_health_host, wanted.worker_health_port, ready)
        await stack.enter_async_context(health)
        await until_store_answers(store, stopping)
        await until_engine_answers(door, stopping)
        if stopping.is_set():
            return
        client = await connect(wanted, counting_runtime(), lazy=False)
        crew = make_worker(client, wanted, store, texts=texts, only=only)
        async with crew:
            log.info("worker_started", task_queue=wanted.task_queue, only=sorted(only))
            beside = [
                asyncio.create_task(resting_while_store_is_away(crew, watched, door, stopping)),
                asyncio.create_task(polls.watch(crew, door, stopping)),
            ]
            if Work.BULK in only:
                beside.append(asyncio.create_task(_caretaker(wanted, store).run(stopping)))
            ends = [asyncio.create_task(event.wait()) for event in (stopping, crew.broken)]
            await asyncio.wait([*beside, *ends], return_when=asyncio.FIRST_COMPLETED)
            log.info("worker_stopping")
            stopping.set()
        await asyncio.wait(beside, timeout=1)
        for one in (*beside, *ends):
            if not one.cancel():
                one.result()


async def relay(wanted: Settings) -> None:
    stopping = asked_to_end()
    async with AsyncExitStack() as stack:
        store, watched, door = await _collaborators(wanted, stack)
        ready, told = partial(reached, watched, door), Backlog(store).told
        health = serving_health(wanted.worker_health_host, wanted.worker_health_port, ready, told)
        await stack.enter_async_context(health)
        await until_store_answers(store, stopping)
        log.info("relay_started")
        intake = Intake(store, door, wanted.closure_days, texts=wanted.texts)
        await Relay(intake, wanted.relay_rest_seconds).run(stopping)


def _caretaker(wanted: Settings, store: Store) -> Caretaker:
    files = opened(wanted.evidence_url, **wanted.evidence_access)
    scanner = Clamd(wanted.scanner_address) if wanted.scanner_address else None
    return Caretaker(store, files, scanner, wanted.evidence_rest_seconds)


async def _collaborators(wanted: Settings, stack: AsyncExitStack) -> tuple[Store, Store, CaseDoor]:
    """The store, the same by a connection that nobody else has, and the door to cases."""
    database, watching = working_engine(wanted), working_engine(wanted, watching=True)
    for one in (database, watching):
        stack.push_async_callback(one.dispose)
    door = CaseDoor(await connect(wanted, counting_runtime()), wanted.task_queue)
    return Store(database), Store(watching), door


async def reached(watched: Store, door: CaseDoor) -> dict[str, str]:
    engine = "here" if await door.reachable() else "away"
    return {"store": await how_is(watched, revisions(), quietly=True), "engine": engine}
