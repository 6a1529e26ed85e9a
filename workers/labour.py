"""The processes behind `casework worker` and `casework relay`, from start to a graceful end."""

import asyncio
from contextlib import AsyncExitStack

import structlog

from gateways.evidence_files import opened
from gateways.scanner import Clamd
from runtime.database import working_engine
from runtime.ending import asked_to_end
from runtime.settings import Settings
from runtime.temporal import connect
from store.sessions import Store
from workers.evidence import Caretaker
from workers.health import serving_health
from workers.patience import until_engine_answers, until_store_answers
from workers.relay import Relay
from workers.worker import make_worker, texts_of
from workflows.case_door import CaseDoor
from workflows.intake import Intake

log = structlog.get_logger()


async def work(wanted: Settings) -> None:
    """Until SIGTERM or SIGINT; then tasks under way may finish within the graceful time. Raises
    TextMessagesSecretMissing before anything is waited for.
    """
    texts = texts_of(wanted)
    stopping = asked_to_end()
    async with AsyncExitStack() as stack:
        store, door = await _collaborators(wanted, stack)
        await until_store_answers(store)
        await until_engine_answers(door)
        worker = make_worker(await connect(wanted, lazy=False), wanted, store, texts=texts)

        async def ready() -> bool:
            return worker.is_running and await door.reachable()

        health = serving_health(wanted.worker_health_host, wanted.worker_health_port, ready)
        await stack.enter_async_context(health)
        log.info("worker_started", task_queue=wanted.task_queue)
        working = asyncio.create_task(worker.run())
        caring = asyncio.create_task(_caretaker(wanted, store).run(stopping))
        stopped = asyncio.create_task(stopping.wait())
        await asyncio.wait({working, caring, stopped}, return_when=asyncio.FIRST_COMPLETED)
        log.info("worker_stopping")
        stopping.set()
        stopped.cancel()
        await worker.shutdown()
        await working
        await asyncio.wait({caring}, timeout=1)
        if not caring.cancel():
            caring.result()


async def relay(wanted: Settings) -> None:
    stopping = asked_to_end()
    async with AsyncExitStack() as stack:
        store, door = await _collaborators(wanted, stack)
        await until_store_answers(store)
        health = serving_health(wanted.worker_health_host, wanted.worker_health_port, door.reachable)
        await stack.enter_async_context(health)
        log.info("relay_started")
        intake = Intake(store, door, wanted.closure_days, texts=wanted.texts)
        await Relay(intake, wanted.relay_rest_seconds).run(stopping)


def _caretaker(wanted: Settings, store: Store) -> Caretaker:
    files = opened(wanted.evidence_url, **wanted.evidence_access)
    scanner = Clamd(wanted.scanner_address) if wanted.scanner_address else None
    return Caretaker(store, files, scanner, wanted.evidence_rest_seconds)


async def _collaborators(wanted: Settings, stack: AsyncExitStack) -> tuple[Store, CaseDoor]:
    database = working_engine(wanted)
    stack.push_async_callback(database.dispose)
    return Store(database), CaseDoor(await connect(wanted), wanted.task_queue)
