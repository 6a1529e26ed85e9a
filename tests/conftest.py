"""Real servers for the whole session, a database of its own for each test that asks."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import asyncpg
import hypothesis
import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from temporalio.client import Client

from cli.migrate import make_roles, migrate_database
from runtime.database import dsn
from runtime.embedded.postgres import PostgresServer, start_postgres
from runtime.embedded.temporal_server import TemporalOptions, TemporalServer, start_temporal
from runtime.settings import Settings
from runtime.temporal import SEARCH_ATTRIBUTES, connect
from store.sessions import EVERYTHING, Store
from tests.keys import TEST_KEYS

gc.disable()  # until all is collected: what is imported stays
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")

TEMPLATE = "casework_template"
CASES_A_TEST = 1000
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
MEMORY_WANTED = 4 * 1024**3
APP_PASSWORD = "app-password-of-a-test"  # noqa: S105 - a server that lives for one test session
OFTEN = {"reports_an_hour": 10**6, "case_reviews_an_hour": 10**6, "requests_a_minute": 10**6}
"""All tests come from one address."""
_CLOCKS_THAT_SKIP: dict[str, bool | int | str] = {
    "frontend.WorkflowTimeSkippingEnabled": True,
    "history.timerProcessorMaxTimeShift": "10ms",  # a clock that was moved is there as soon
}
_numbers = count(1)
LONGEST = (
    "faults/test_kill_legal_action.py",
    "pages/test_every_staff_page.py",
    "workflows/test_sending_referrals.py",
    "stories/test_stories.py",
    "faults/test_upgrades.py",
    "policy/test_any_order.py",
    "faults/test_nothing_personal_kept.py",
    "api/test_api_fuzz.py",
    "faults/test_faults_at_random.py",
    "readme/test_readme.py",
    "faults/test_rotation.py",
    "policy/test_simulation.py",
    "faults/test_reconcile.py",
    "stories/test_every_clock.py",
    "workflows/test_a_year_by_the_clock.py",
    "stories/test_every_remedy.py",
    "replay/test_careless_changes.py",
    "policy/test_audit.py",
    "workflows/test_heavy_case.py",
    "workflows/test_schedules.py",
    "faults/test_kill_import.py",
    "pages/test_every_page.py",
    "workflows/test_case_keys.py",
    "pages/test_staff_permissions.py",
    "benchmarks/test_benchmarks.py",
    "cli/test_demonstrating.py",
    "pages/test_reporting.py",
    "policy/legal_action/test_any_order_beside_its_case.py",
)
"""Files that take longest. They are given out first, those that wait for servers among those that reckon: one that
begins last would keep one core waiting.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    begins = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: begins.get(item.path, len(LONGEST)))


def pytest_collection_finish() -> None:
    """Thousands of tests that stay until the end need not be looked through for rubbish each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.fixture(scope="session")
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where a database is made in a quarter of the time that it takes on a disk, if there is such a place."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < MEMORY_WANTED:
        yield tmp_path_factory.mktemp("on-disk")
        return
    for left in MEMORY.glob("casework-tests-*"):  # by a run that was killed
        if not Path("/proc", left.name.rpartition("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = MEMORY / f"casework-tests-{os.getpid()}"
    folder.mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres(in_memory: Path) -> AsyncIterator[PostgresServer]:
    """Migrated once into a template that tests are cloned from."""
    server = await start_postgres(in_memory / "postgres", durable=False)
    await server.create_database(TEMPLATE)
    owner = server.url(TEMPLATE)
    await make_roles(owner, _as_app(owner), as_worker(owner))
    await asyncio.to_thread(migrate_database, owner)
    yield server
    await server.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def temporal(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TemporalServer]:
    """Which also takes cases with a clock of their own (`skipping` of tests/workflows/running.py)."""
    options = TemporalOptions(SEARCH_ATTRIBUTES, _CLOCKS_THAT_SKIP, in_memory=True, with_ui=False)
    server = await start_temporal(tmp_path_factory.mktemp("temporal"), options)
    yield server
    await server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def database(postgres: PostgresServer) -> AsyncIterator[str]:
    """The URL of a fresh database under the owning role."""
    number = next(_numbers)
    name = f"test_{number}"
    admin = await asyncpg.connect(dsn(postgres.url("postgres")))
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    await _number_cases_from(postgres.url(name), number * CASES_A_TEST)
    yield postgres.url(name)
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture
def app_url(database: str) -> str:
    """The same database under the role that the API has."""
    return _as_app(database)


@pytest.fixture
def worker_url(database: str) -> str:
    """The same under the role that worker and relay have."""
    return as_worker(database)


@pytest_asyncio.fixture(loop_scope="session")
async def store(database: str) -> AsyncIterator[Store]:
    """As the owning role has it: what a test sets up or looks at, whoever would in life."""
    engine = create_async_engine(database)
    yield Store(engine, EVERYTHING)
    await engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def working_store(worker_url: str) -> AsyncIterator[Store]:
    """As a worker has it."""
    engine = create_async_engine(worker_url)
    yield Store(engine, EVERYTHING)
    await engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def app_store(app_url: str) -> AsyncIterator[Store]:
    """As the API has it, for what the system itself does."""
    engine = create_async_engine(app_url)
    yield Store(engine, EVERYTHING)
    await engine.dispose()


@pytest.fixture
def task_queue() -> str:
    """Its own for each test, so that no worker of another test serves it."""
    return f"cases-{next(_numbers)}"


@pytest.fixture
def settings(  # noqa: PLR0913, PLR0917 - where everything of one test is
    app_url: str, worker_url: str, database: str, temporal: TemporalServer, task_queue: str, tmp_path: Path
) -> Settings:
    return Settings(
        database_url=SecretStr(app_url),
        worker_database_url=SecretStr(worker_url),
        migration_database_url=SecretStr(database),
        temporal_address=temporal.target,
        task_queue=task_queue,
        token_secret=SecretStr("a-secret-that-is-only-for-tests-000"),
        encryption_keys=SecretStr(TEST_KEYS),
        evidence_url=(tmp_path / "evidence").as_uri(),
        relay_rest_seconds=0.5,
        **OFTEN,
    )


@pytest_asyncio.fixture(loop_scope="session")
async def client(settings: Settings) -> Client:
    return await connect(settings, lazy=False)


async def _number_cases_from(url: str, first: int) -> None:
    """Tests share one Temporal, so no two of them may open a case of the same reference."""
    connection = await asyncpg.connect(dsn(url))
    await connection.execute(f"ALTER SEQUENCE case_number RESTART WITH {first}")
    await connection.execute(f"ALTER SEQUENCE case_review_number RESTART WITH {first}")
    await connection.close()


def _as_app(owner_url: str) -> str:
    return _under("casework_app", owner_url)


def as_worker(owner_url: str) -> str:
    return _under("casework_worker", owner_url)


def _under(role: str, owner_url: str) -> str:
    return make_url(owner_url).set(username=role, password=APP_PASSWORD).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).parent.parent
