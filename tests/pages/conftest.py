"""The whole product behind a real uvicorn, and Debian's Chromium, which reaches nothing but it."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect
from pydantic import SecretStr
from sqlalchemy import make_url
from temporalio.client import Client

from pages.app import with_pages
from policy.caller import STAFF_ROLES
from runtime.database import dsn
from runtime.embedded.mailbox import start_mailbox
from runtime.embedded.postgres import PostgresServer
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from store.sessions import Store
from tests.api.product import Product, elsewhere, serving
from tests.conftest import APP_PASSWORD, OFTEN, TEMPLATE, as_worker
from tests.keys import TEST_KEYS
from workers.worker import make_worker

expect.set_options(timeout=15_000)
CHROMIUM = Path("/usr/bin/chromium")
GROUPS = {role.value: (role.value,) for role in STAFF_ROLES}
"""Each role is a group of that name."""
TELEPHONE: ViewportSize = {"width": 320, "height": 640}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(postgres: PostgresServer) -> AsyncIterator[Product]:
    """API and pages without an engine: a report is taken all the same. Its cases are CW-2024."""
    admin = await asyncpg.connect(dsn(postgres.url("postgres")))
    await admin.execute(f"CREATE DATABASE site TEMPLATE {TEMPLATE}")
    await admin.close()
    app = make_url(postgres.url("site")).set(username="casework_app", password=APP_PASSWORD)
    port = free_port()
    settings = Settings(
        local=True,
        database_url=SecretStr(app.render_as_string(hide_password=False)),
        worker_database_url=SecretStr(as_worker(postgres.url("site"))),
        temporal_address=f"127.0.0.1:{free_port()}",
        token_secret=SecretStr("a-secret-that-is-only-for-tests-000"),
        encryption_keys=SecretStr(TEST_KEYS),
        failed_sign_ins_an_hour=10**6,
        public_url=f"http://127.0.0.1:{port}",
        role_groups=GROUPS,
        team_groups={"north": ("north",)},
        sign_in_issuer=f"http://127.0.0.1:{free_port()}",
        **OFTEN,
    )
    settings = elsewhere(settings, leave_quickly_to=f"http://localhost:{port}/health/live")
    async with serving(settings, port=port, make=with_pages) as product:
        yield product


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing. Install it: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
        )
        yield browser
        await browser.close()


async def opened(browser: Browser, site: Product, **how: object) -> BrowserContext:
    context = await browser.new_context(base_url=site.base, **how)  # type: ignore[arg-type] # Playwright's own options
    context.set_default_timeout(15_000)
    return context


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, site: Product) -> AsyncIterator[BrowserContext]:
    """A browser of its own for each test, on a telephone of 320 px."""
    context = await opened(browser, site, viewport=TELEPHONE)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> Page:
    return await context.new_page()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def window(browser: Browser, site: Product) -> AsyncIterator[Page]:
    """One for all tests of a file that do no more than look at pages: a page is opened sooner than a browser."""
    context = await opened(browser, site, viewport=TELEPHONE)
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def without_scripts(browser: Browser, site: Product) -> AsyncIterator[Page]:
    context = await opened(browser, site, java_script_enabled=False)
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def lived_in(
    settings: Settings, working_store: Store, client: Client, tmp_path: Path
) -> AsyncIterator[Product]:
    """Pages, API, worker and mailbox."""
    mailbox = await start_mailbox(tmp_path / "mail")
    port = free_port()
    settings = elsewhere(
        settings,
        local=True,
        smtp_port=mailbox.port,
        public_url=f"http://127.0.0.1:{port}",
        evidence_document_megabytes=1,
        role_groups=GROUPS,
        sign_in_issuer=f"http://127.0.0.1:{free_port()}",
    )
    async with (
        make_worker(client, settings, working_store),
        serving(settings, mailbox, port, with_pages) as product,
    ):
        yield product
    await mailbox.stop()
