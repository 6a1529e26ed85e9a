"""Ways into PostgreSQL. Who takes `Reading` cannot write; `Writing` is a transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import MetaData, Tuple, Uuid, literal, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.away import failures_named

METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


@dataclass(frozen=True)
class Reading:
    """A read-only transaction. All that is read in it stood there at the same moment."""

    connection: AsyncConnection


@dataclass(frozen=True)
class Writing(Reading):
    """A transaction that commits when its block ends and rolls back when the block raises."""


@dataclass(frozen=True)
class Store:
    engine: AsyncEngine

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reading]:
        """Raises StoreAway and StoreRefused."""
        with failures_named():
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                yield Reading(connection)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Reading]:
        """For one question, which needs no transaction: one round trip in place of three. Raises as `reading`."""
        with failures_named():
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                yield Reading(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Writing]:
        """Raises StoreAway and StoreRefused, also from the commit."""
        with failures_named():
            async with self.engine.begin() as connection:
                yield Writing(connection)


def behind(after: tuple[date, str]) -> Tuple:
    """A moment or day and a UUID as PostgreSQL compares them with a row's: where the page before ended."""
    return tuple_(literal(after[0]), literal(after[1], Uuid(as_uuid=False)))
