"""Alembic's entry. The URL of the owning role comes from the caller (`casework migrate`), never from a file."""

import asyncio
import ssl

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine


def _run(connection: Connection) -> None:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


async def _migrate(url: str, tls: ssl.SSLContext | str) -> None:
    engine = create_async_engine(url, connect_args={"ssl": tls})
    async with engine.connect() as connection:
        await connection.run_sync(_run)
        await connection.commit()
    await engine.dispose()


asyncio.run(_migrate(context.config.attributes["url"], context.config.attributes["tls"]))
