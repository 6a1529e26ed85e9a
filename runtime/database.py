"""Connections to PostgreSQL."""

import ssl
from typing import Final, Literal

from pydantic import SecretStr
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from runtime.settings import Settings

Tls = ssl.SSLContext | Literal["prefer", "disable"]
"""As asyncpg takes it."""

_NOBODY_THERE: Final = "1min"
"""A transaction in which nothing is asked for so long is rolled back: whoever began it may have gone without a
word, and what it has locked would stay so for hours.
"""


def engine(wanted: Settings) -> AsyncEngine:
    """As the API has it: it is shown what its caller may see, and adds nothing to a timeline."""
    return _engine(wanted, wanted.database_url)


def working_engine(wanted: Settings) -> AsyncEngine:
    """As those have it who carry cases on, or check them."""
    return _engine(wanted, wanted.worker_database_url or wanted.database_url)


def _engine(wanted: Settings, url: SecretStr) -> AsyncEngine:
    return create_async_engine(
        url.get_secret_value(),
        pool_size=wanted.database_connections,
        max_overflow=0,
        pool_timeout=5,
        hide_parameters=True,  # an error ends in logs, and parameters are people and their words
        connect_args={
            "timeout": 5,
            "command_timeout": 30,
            "ssl": tls(wanted),
            "server_settings": {"idle_in_transaction_session_timeout": _NOBODY_THERE},
        },
    )


def tls(wanted: Settings) -> Tls:
    """For every connection of ours. Under `verify-full` the server proves to be the host of the URL."""
    if wanted.database_tls != "verify-full":
        return wanted.database_tls
    return ssl.create_default_context(cafile=wanted.database_tls_ca)


def dsn(url: str | URL) -> str:
    """The same URL as asyncpg itself spells it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
