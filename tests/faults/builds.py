"""Workers of two builds as real processes, and the cases that they carry on."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from runtime.embedded.processes import Child, free_port, start_child
from runtime.settings import Settings
from runtime.temporal import connect
from store.sessions import Store
from tests.given import contact, entry
from tests.keys import TEST_KEYS
from tests.workflows.running import Case, Cases, Pigeonholes, until_running
from tests.workflows.test_refreshing import a_referral, a_review, legal_action
from workflows.beside import id_of
from workflows.case_kind import workflow_id
from workflows.door import EngineAway, OutcomeUnknown
from workflows.procedure_door import door_to

BESIDE: Final[tuple[Callable[[Cases, Case], Awaitable[tuple[str, str]]], ...]] = (
    legal_action,
    a_referral,
    a_review,
)


def environment(settings: Settings, tree: Path) -> dict[str, str]:
    """As operations give it to each process, and the source that it runs."""
    assert settings.worker_database_url is not None
    assert settings.migration_database_url is not None
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(tree),
        "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
        "CASEWORK_WORKER_DATABASE_URL": settings.worker_database_url.get_secret_value(),
        "CASEWORK_MIGRATION_DATABASE_URL": settings.migration_database_url.get_secret_value(),
        "CASEWORK_TEMPORAL_ADDRESS": settings.temporal_address,
        "CASEWORK_TASK_QUEUE": settings.task_queue,
        "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
        "CASEWORK_EVIDENCE_URL": settings.evidence_url,
        "CASEWORK_SMTP_PORT": str(settings.smtp_port),
    }


async def worker(settings: Settings, tree: Path, build: str, folder: Path) -> Child:
    """Once it works."""
    told = {"CASEWORK_BUILD_ID": build, "CASEWORK_WORKER_HEALTH_PORT": str(free_port())}
    command = [sys.executable, "-P", "-m", "cli.main", "worker"]  # not what lies here, but the tree
    log = folder / f"worker-{build}.log"
    child = start_child(f"worker {build}", command, log=log, environment=environment(settings, tree) | told)
    async with asyncio.timeout(90):
        while "worker_started" not in child.said():
            assert child.running, child.last_words()
            await asyncio.sleep(0.1)
    return child


@dataclass
class Office:
    """Officers who record facts on every case all the while, each until it is taken, under one key."""

    client: Client
    cases: list[Case]
    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    ending: bool = False

    async def record(self, case: Case) -> None:
        fact = entry(contact(case.now))
        async with asyncio.timeout(120):
            while True:
                try:
                    await case.door.record(case.ref, fact)
                    break
                except (OutcomeUnknown, EngineAway):
                    await asyncio.sleep(0.2)
        self.acknowledged.setdefault(case.ref, set()).add(fact.id)

    @asynccontextmanager
    async def all_the_while(self) -> AsyncIterator[None]:
        async def goes_on(case: Case) -> None:
            while not self.ending:
                await self.record(case)
                await asyncio.sleep(1)

        self.ending = False
        officers = [asyncio.create_task(goes_on(case)) for case in self.cases]
        try:
            yield
        finally:
            self.ending = True
            await asyncio.gather(*officers)

    async def all_kept_once(self) -> None:
        for case in self.cases:
            acknowledged = self.acknowledged.get(case.ref, set())
            async with asyncio.timeout(30):
                while not acknowledged <= {line.fact_id for line in await case.timeline()}:
                    await asyncio.sleep(0.1)
            assert max(Counter(line.fact_id for line in await case.timeline()).values()) == 1


async def opened(settings: Settings, store: Store, number: int) -> tuple[Office, list[str]]:
    """So many cases, three of them with a legal action, a referral and a case review beside them; and the ids of
    all that runs.
    """
    client = await connect(settings, lazy=False)
    here = Cases(WorkflowEnvironment.from_client(client), client, store, settings, Pigeonholes())
    cases = [await here.open() for _ in range(number)]
    ids = [workflow_id(case.ref) for case in cases]
    for case, begun in zip(cases, BESIDE, strict=False):
        kind, ref = await begun(here, case)
        door = door_to(kind, case.door)
        await until_running(door, ref)
        ids.append(id_of(door.rulebook, ref))
    return Office(client, cases), sorted(ids)


async def on_build(client: Client, queue: str) -> dict[str, list[str]]:
    """The ids of what runs, by its build."""
    found = dict[str, list[str]]()
    async for run in client.list_workflows(f"ExecutionStatus = 'Running' AND TaskQueue = '{queue}'"):
        described = await client.get_workflow_handle(run.id).describe()
        version = described.raw_description.workflow_execution_info.versioning_info.deployment_version
        found.setdefault(version.build_id, []).append(run.id)
    return {build: sorted(ids) for build, ids in found.items()}
