from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy import make_url
from temporalio.client import Client

from runtime.database import dsn
from runtime.embedded.mailbox import Mailbox, start_mailbox
from runtime.embedded.postgres import PostgresServer
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from store.sessions import Store
from tests.api.product import Product, elsewhere, report, serving
from tests.conftest import APP_PASSWORD, OFTEN, TEMPLATE, as_worker
from tests.keys import TEST_KEYS
from workers.worker import make_worker


@pytest_asyncio.fixture(loop_scope="session")
async def mailbox(tmp_path: Path) -> AsyncIterator[Mailbox]:
    mailbox = await start_mailbox(tmp_path / "mail")
    yield mailbox
    await mailbox.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def product(
    settings: Settings, working_store: Store, client: Client, mailbox: Mailbox
) -> AsyncIterator[Product]:
    """API, worker and mailbox."""
    settings = elsewhere(settings, smtp_port=mailbox.port)
    async with make_worker(client, settings, working_store), serving(settings, mailbox) as product:
        yield product


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def door(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    """One API without an engine, for questions that never reach it."""
    admin = await asyncpg.connect(dsn(postgres.url("postgres")))
    await admin.execute(f"CREATE DATABASE door TEMPLATE {TEMPLATE}")
    await admin.close()
    app = make_url(postgres.url("door")).set(username="casework_app", password=APP_PASSWORD)
    settings = Settings(
        database_url=SecretStr(app.render_as_string(hide_password=False)),
        worker_database_url=SecretStr(as_worker(postgres.url("door"))),
        temporal_address=f"127.0.0.1:{free_port()}",
        token_secret=SecretStr("a-secret-that-is-only-for-tests-000"),
        encryption_keys=SecretStr(TEST_KEYS),
        evidence_url=tmp_path_factory.mktemp("evidence").as_uri(),
        failed_sign_ins_an_hour=10**6,
        **OFTEN,
    )
    async with serving(settings) as product:
        yield product


@pytest.fixture
async def ref(door: Product) -> str:
    """A case that has its reference and nothing that runs it."""
    answer = await door.public.post("/api/reports", report())
    assert answer.status_code == 202
    return answer.json()["ref"]
