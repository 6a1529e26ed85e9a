import pytest_asyncio
from temporalio.client import Client

from runtime.settings import Settings
from store.sessions import Store
from tests.workers.at_work import Office


@pytest_asyncio.fixture(loop_scope="session")
async def office(client: Client, settings: Settings, working_store: Store) -> Office:
    return Office(client, settings, working_store)
