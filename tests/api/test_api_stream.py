"""A timeline as it happens: server-sent events."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2

from runtime.embedded.processes import free_port, start_child
from runtime.settings import Settings
from tests.api.product import Product, elsewhere, report, serving, until
from tests.keys import TEST_KEYS

CONTACT = {"means": "phone", "words": "Spoke."}


class Reader:
    """Reads one stream's events."""

    def __init__(self, answer: httpx2.Response) -> None:
        self._lines = answer.aiter_lines()

    async def next(self, seconds: float = 2) -> dict[str, Any]:
        """The next entry; its event's id and name have been looked at."""
        said: dict[str, str] = {}
        async with asyncio.timeout(seconds):
            async for line in self._lines:
                if line.startswith(":"):
                    continue
                if line:
                    name, _, value = line.partition(": ")
                    said[name] = value
                elif said:
                    break
        assert said["event"] == "entry"
        entry: dict[str, Any] = json.loads(said["data"])
        assert said["id"] == str(entry["seq"])
        return entry

    async def ended(self) -> bool:
        async for line in self._lines:
            assert not line.startswith("data")
        return True


@asynccontextmanager
async def stream(product: Product, ref: str, last: int | None = None, **params: Any) -> AsyncIterator[Reader]:
    headers = product.officer.headers() | ({} if last is None else {"Last-Event-ID": str(last)})
    async with product.http.stream(
        "GET", f"/api/cases/{ref}/timeline/stream", headers=headers, params=params
    ) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Reader(answer)


async def settled(product: Product, ref: str) -> int:
    """The last sequence number once the acknowledgement has gone."""

    async def gone() -> Any:
        standing = (await product.officer.get(f"/api/cases/{ref}")).json()["standing"]
        return standing["seq"] if not standing["letters_waiting"] else None

    return int(await until(gone))


async def test_what_somebody_else_records_arrives_within_two_seconds(product: Product) -> None:
    ref = await product.officer.reported()
    seq = await settled(product, ref)
    async with stream(product, ref, after=seq) as reader:
        for n in range(3):
            await product.supervisor.recorded(ref, "contact_made", **CONTACT | {"words": f"Spoke {n}."})
            entry = await reader.next(2)
            assert (entry["fact"], entry["content"]["words"]) == ("contact_made", f"Spoke {n}.")


async def test_a_reader_goes_on_where_it_was(product: Product) -> None:
    ref = await product.officer.reported()
    seq = await settled(product, ref)
    async with stream(product, ref) as reader:
        assert [(await reader.next())["seq"] for _ in range(seq)] == list(range(1, seq + 1))
    await product.officer.recorded(ref, "contact_made", **CONTACT)
    async with stream(product, ref, last=seq, after=0) as reader:
        assert (await reader.next())["seq"] == seq + 1


async def test_a_reader_that_leaves_leaves_nothing_behind(product: Product) -> None:
    ref = await product.officer.reported()
    await settled(product, ref)
    notices = product.resources.notices
    for _ in range(3):
        async with stream(product, ref) as reader:
            await reader.next()
            assert notices.waiting == 1

        async def gone() -> bool:
            return notices.waiting == 0

        await until(gone, 10)


async def test_streams_end_when_the_api_is_asked_to_leave(settings: Settings) -> None:
    async with serving(elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}")) as product:
        ref = (await product.public.post("/api/reports", report())).json()["ref"]
        async with stream(product, ref) as reader:
            ending = asyncio.create_task(reader.ended())
            await asyncio.sleep(0.2)
            began = time.monotonic()
            product.resources.notices.end_waits()
            assert await ending
            assert time.monotonic() - began < 5, "that it waits for the next beat"


async def test_the_process_leaves_at_once_with_a_stream_open(settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    environment = {
        "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
        "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CASEWORK_EVIDENCE_URL": settings.evidence_url,
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
        "CASEWORK_TEMPORAL_ADDRESS": f"127.0.0.1:{free_port()}",
        "CASEWORK_API_PORT": str(port),
        "PATH": os.environ["PATH"],
    }
    api = start_child(
        "api", [sys.executable, "-m", "cli.main", "api"], log=tmp_path / "api.log", environment=environment
    )
    try:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:

            async def answers() -> bool:
                try:
                    return (await http.get("/health/ready")).status_code == 200
                except httpx2.ConnectError:
                    return False

            await until(answers, 30)
            product = Product(settings, None, str(http.base_url), http, None)  # type: ignore[arg-type] # another process
            ref = (await product.public.post("/api/reports", report())).json()["ref"]
            async with stream(product, ref):
                began = time.monotonic()
                api.process.send_signal(signal.SIGTERM)
                assert await api.ended(within=5), "it waits for the stream"
                assert time.monotonic() - began < 3
        assert "Traceback" not in api.said()
    finally:
        await api.stop()
