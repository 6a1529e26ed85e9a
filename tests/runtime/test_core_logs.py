"""What the engine client's Rust core has to say."""

import asyncio

import pytest
from temporalio import activity
from temporalio.worker import Worker

from runtime.settings import Settings
from runtime.temporal import connect


@activity.defn
async def nothing() -> None: ...


async def test_the_core_speaks_through_our_log(
    settings: Settings, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """By itself it writes coloured text beside our JSON."""
    elsewhere = settings.model_copy(update={"temporal_namespace": "nowhere"})
    client = await connect(elsewhere, lazy=False)
    with pytest.raises(RuntimeError, match="nowhere"):
        await Worker(client, task_queue="none", activities=[nothing]).run()
    async with asyncio.timeout(60):
        while not any(record.name.startswith("temporalio.core") for record in caplog.records):
            await asyncio.sleep(0.05)
    assert "sdk_core" not in capfd.readouterr().out
