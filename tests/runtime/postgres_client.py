"""A server for the length of a `with`, and one question to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from runtime.embedded.postgres import PostgresServer, start_postgres
from runtime.embedded.postgres_binaries import Binaries


@asynccontextmanager
async def running(
    folder: Path, *, durable: bool = False, binaries: Binaries | None = None
) -> AsyncIterator[PostgresServer]:
    server = await start_postgres(folder, durable=durable, binaries=binaries)
    try:
        yield server
    finally:
        await server.stop()


async def asked(url: str, query: str) -> object:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()
