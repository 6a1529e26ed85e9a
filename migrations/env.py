"""Alembic's entry. The URL of the owning role comes from the caller (`casework migrate`), never from a file."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alembic import context
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_TAKE_TURN = text("SELECT pg_try_advisory_lock(hashtextextended('casework migrate', 0))")
_WAIT_BRIEFLY = text("SET LOCAL lock_timeout = '5s'")
"""Everybody else waits behind who waits for a table. Outside a transaction it says nothing: an index that is built
while others write waits for them and holds nobody up.
"""


def _run(connection: Connection) -> None:
    event.listen(connection, "begin", lambda begun: begun.execute(_WAIT_BRIEFLY))
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


@asynccontextmanager
async def _one_at_a_time(engine: AsyncEngine) -> AsyncIterator[None]:
    """Who waits asks again and again: a statement that waits has a snapshot, and an index that is built while
    others write waits for that.
    """
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        while not await connection.scalar(_TAKE_TURN):  # noqa: ASYNC110 - PostgreSQL alone knows
            await asyncio.sleep(0.5)
        yield


async def _migrate(url: str, tls: ssl.SSLContext | str) -> None:
    engine = create_async_engine(url, connect_args={"ssl": tls})
    try:
        async with _one_at_a_time(engine), engine.connect() as connection:
            await connection.run_sync(_run)
            await connection.commit()
    finally:
        await engine.dispose()  # which gives the turn to whoever is next


asyncio.run(_migrate(context.config.attributes["url"], context.config.attributes["tls"]))
