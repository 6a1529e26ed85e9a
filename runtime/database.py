"""Connections to PostgreSQL."""

from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from runtime.settings import Settings


def engine(wanted: Settings) -> AsyncEngine:
    return create_async_engine(
        wanted.database_url.get_secret_value(),
        pool_size=wanted.database_connections,
        max_overflow=0,
        pool_timeout=5,
        hide_parameters=True,  # an error ends in logs, and parameters are people and their words
        connect_args={"timeout": 5, "command_timeout": 30},
    )


def dsn(url: str | URL) -> str:
    """The same URL as asyncpg itself spells it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
