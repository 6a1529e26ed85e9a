"""What a process counts, as Prometheus reads it: our own numbers and those of the engine's client together."""

import asyncio
from functools import lru_cache
from http.client import HTTPConnection
from typing import Final, NamedTuple

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from temporalio.runtime import PrometheusConfig, Runtime

from runtime.embedded.processes import LOOPBACK, free_port
from runtime.temporal import new_runtime

MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
_SECONDS: Final = 5.0


class _Counting(NamedTuple):
    runtime: Runtime
    port: int


def counting_runtime() -> Runtime:
    """For the engine's client of a process that serves `/metrics`. One per process."""
    return _counting().runtime


async def everything_counted() -> bytes:
    """Raises as `counted_by_the_client`."""
    return generate_latest() + await counted_by_the_client()


async def counted_by_the_client() -> bytes:
    """Raises OSError where they cannot be had, RuntimeError where this process has no thread left to ask."""
    return await asyncio.to_thread(_of_the_client)


@lru_cache
def _counting() -> _Counting:
    """The client's Rust core tells its numbers by HTTP alone: on loopback, and we pass them on."""
    port = free_port()
    told = PrometheusConfig(
        f"{LOOPBACK}:{port}", counters_total_suffix=True, unit_suffix=True, durations_as_seconds=True
    )
    return _Counting(new_runtime(told), port)


def _of_the_client() -> bytes:
    connection = HTTPConnection(LOOPBACK, _counting().port, timeout=_SECONDS)
    try:
        connection.request("GET", "/metrics")
        return connection.getresponse().read()
    finally:
        connection.close()
