"""A connection to PostgreSQL on which nothing comes any more, as where a firewall forgot it."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from runtime.database import engine, working_engine
from runtime.settings import Settings


@pytest.mark.parametrize("connected", [engine, working_engine])
async def test_postgresql_ends_a_transaction_in_which_nothing_is_asked_for_a_minute(
    settings: Settings, connected: Callable[[Settings], AsyncEngine]
) -> None:
    """Else a case stays locked for hours by somebody who has gone without a word."""
    database = connected(settings)
    async with database.connect() as connection:
        patience = await connection.scalar(text("SHOW idle_in_transaction_session_timeout"))
    await database.dispose()
    assert patience == "1min"
