"""What PostgreSQL's failures mean to us, in words that quote no row and no statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_CONNECTION: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresIOError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    PoolTimeout,
)

log = structlog.get_logger()


_TWO_AT_ONCE = frozenset({"40P01", "40001"})
"""A deadlock, or what another transaction came before: done again, it works."""


class StoreAway(Exception):
    """PostgreSQL cannot be reached or does not serve now. Trying again later may help."""


class StoreRefused(Exception):
    """PostgreSQL said no, and would again: a constraint, a right, a value that it does not hold."""


@contextmanager
def failures_named(*, quietly: bool = False) -> Iterator[None]:
    """Raises StoreAway or StoreRefused for whatever the driver raises; other errors pass. A refusal is logged,
    unless the same is asked again and again.
    """
    try:
        yield
    except DBAPIError as error:
        cause = error.orig.__cause__ if error.orig is not None else None
        if error.connection_invalidated or isinstance(cause, _CONNECTION):
            raise StoreAway(type(cause).__name__) from None
        if getattr(cause, "sqlstate", None) in _TWO_AT_ONCE:
            raise StoreAway(type(cause).__name__) from None
        told = type(cause).__name__, getattr(cause, "constraint_name", None), getattr(cause, "sqlstate", None)
        if not quietly:
            log.error("store_refused", error=told[0], constraint=told[1], sqlstate=told[2])  # noqa: TRY400 - a trace quotes rows
        raise StoreRefused(" ".join(part for part in told if part)) from None
    except _CONNECTION as error:
        raise StoreAway(type(error).__name__) from None
