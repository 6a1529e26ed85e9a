"""A connection to the engine on which nothing comes any more, as where a firewall forgot it."""

import asyncio
import time

from temporalio.service import RPCError

from runtime.embedded.temporal_server import TemporalServer
from runtime.settings import Settings
from runtime.temporal import connect
from tests.faults.network import Line

SECONDS = 30
"""Fifteen until it is asked whether it is still there, five for an answer, and time to connect anew."""


async def test_a_silent_connection_is_given_up_for_a_new_one(temporal: TemporalServer, settings: Settings) -> None:
    line = Line(int(temporal.target.rpartition(":")[2]))
    await line.listen()
    client = await connect(settings.model_copy(update={"temporal_address": f"127.0.0.1:{line.port}"}))
    assert await client.service_client.check_health()
    line.forget()
    began = time.monotonic()
    while True:
        try:
            async with asyncio.timeout(1):
                assert await client.service_client.check_health()
            break
        except (TimeoutError, RPCError):
            assert time.monotonic() - began < SECONDS
    await line.close()
