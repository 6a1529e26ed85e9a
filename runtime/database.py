"""Connections to PostgreSQL."""

import ssl
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from prometheus_client import Gauge, Histogram
from pydantic import SecretStr
from sqlalchemy import URL, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, PoolProxiedConnection

from runtime.settings import Settings
from runtime.tracing import watch

Tls = ssl.SSLContext | Literal["prefer", "disable"]
"""As asyncpg takes it."""

WAITED: Final = Histogram(
    "casework_store_wait_seconds",
    "From asking for a connection until having one, opened for that or waited for, or giving up",
)
IN_USE: Final = Gauge("casework_store_connections_in_use", "Connections that somebody has")
AT_MOST: Final = Gauge("casework_store_connections_at_most", "So many may be in use at once")
_NOBODY_THERE: Final = "1min"
"""A transaction in which nothing is asked for so long is rolled back: whoever began it may have gone without a
word, and what it has locked would stay so for hours.
"""


class _Counted(AsyncAdaptedQueuePool):
    def connect(self) -> PoolProxiedConnection:
        began = time.perf_counter()
        try:
            return super().connect()
        finally:
            WAITED.observe(time.perf_counter() - began)


def engine(wanted: Settings, *, watching: bool = False) -> AsyncEngine:
    """As the API has it: it is shown what its caller may see, and adds nothing to a timeline. Who is `watching`
    has one connection beside those of the process, also while all of these are in use, and is not counted.
    """
    return _engine(wanted, wanted.database_url, watching=watching)


def working_engine(wanted: Settings, *, watching: bool = False) -> AsyncEngine:
    """As those have it who carry cases on, or check them: each connection is shown all cases, once for all that is
    asked over it, also where they have no role of their own.
    """
    url = wanted.worker_database_url or wanted.database_url
    return _engine(wanted, url, {"casework.sees": "*"}, watching=watching)


def _engine(
    wanted: Settings, url: SecretStr, says: Mapping[str, str] = MappingProxyType({}), *, watching: bool
) -> AsyncEngine:
    made = create_async_engine(
        url.get_secret_value(),
        poolclass=AsyncAdaptedQueuePool if watching else _Counted,
        pool_size=1 if watching else wanted.database_connections,
        max_overflow=0,
        pool_timeout=5,
        hide_parameters=True,  # an error ends in logs, and parameters are people and their words
        connect_args={
            "timeout": 5,
            "command_timeout": 30,
            "ssl": tls(wanted),
            "server_settings": {"idle_in_transaction_session_timeout": _NOBODY_THERE, **says},
        },
    )
    if not watching:
        AT_MOST.set(wanted.database_connections)
        event.listen(made.pool, "checkout", lambda *_: IN_USE.inc())
        event.listen(made.pool, "checkin", lambda *_: IN_USE.dec())
    watch(made, wanted)
    return made


def tls(wanted: Settings) -> Tls:
    """For every connection of ours. Under `verify-full` the server proves to be the host of the URL."""
    if wanted.database_tls != "verify-full":
        return wanted.database_tls
    return ssl.create_default_context(cafile=wanted.database_tls_ca)


def dsn(url: str | URL) -> str:
    """The same URL as asyncpg itself spells it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
