"""How a driver says that PostgreSQL is away, as opposed to saying no."""

from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_CONNECTION: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    PoolTimeout,
)

STORE_AWAY: Final = (*_CONNECTION, DBAPIError)
"""What a caller that only wants to try again later catches."""


def is_store_away(error: Exception) -> bool:
    """False for an error that trying again would not cure."""
    if isinstance(error, DBAPIError):
        cause = error.orig.__cause__ if error.orig is not None else None
        return error.connection_invalidated or isinstance(cause, _CONNECTION)
    return isinstance(error, _CONNECTION)
