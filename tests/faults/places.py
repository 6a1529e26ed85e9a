"""All that is kept, written or told outside the records, by where; and the records themselves."""

import re
from io import BytesIO
from typing import Final

import asyncpg
import httpx2
from temporalio.api.common.v1 import Payload
from temporalio.api.workflowservice.v1 import (
    DescribeScheduleRequest,
    DescribeWorkflowExecutionRequest,
    ListSchedulesRequest,
)
from temporalio.client import Client, WorkflowExecution

from runtime.database import dsn
from runtime.encryption import ENCRYPTED, payloads_in
from tests.encrypted import NAMESPACE
from tests.faults.whole import Whole, ok

TRACE: Final = re.compile(rb"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
AT_THE_ENGINE: Final = ("workflow ids", "search attributes", "memos", "descriptions", "histories", "not encrypted")
"""What it shows of each run. The last are payloads neither encrypted nor to search by: of ours there are none."""


async def everything_but_the_records(whole: Whole) -> dict[str, bytes]:
    """Whatever the product writes, the engine keeps and shows, and `/metrics` and traces tell."""
    return {
        **in_files(whole),
        **await at_the_engine(whole.stack.temporal.target),
        **await metrics_of(whole),
        "names of evidence": "\n".join(names_of_evidence(whole)).encode(),
        "traces": b"".join(whole.collector.sent),
    }


def in_files(whole: Whole) -> dict[str, bytes]:
    """Logs, and the engine's database."""
    here = whole.stack.folder
    folders = (here, here / "temporal", here / "postgres", here.parent / "clamd")
    logs = {path.name: path.read_bytes() for folder in folders for path in folder.glob("*.log")}
    kept = b"".join(path.read_bytes() for path in (here / "temporal").glob("temporal.db*"))
    return logs | {"temporal.db": kept}


def names_of_evidence(whole: Whole) -> list[str]:
    """Of files and folders. What stands in them is the evidence itself, and kept like the records."""
    folder = whole.stack.folder / "evidence"
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*")]


async def metrics_of(whole: Whole) -> dict[str, bytes]:
    told = {"metrics of the api": ok(await whole.staff("ops").get("/metrics")).content}
    async with httpx2.AsyncClient() as http:
        for whose, address in whole.metrics.items():
            told[f"metrics of the {whose}"] = ok(await http.get(address)).content
    return told


async def at_the_engine(target: str, only: str | None = None) -> dict[str, bytes]:
    """As it stands there, of every run and schedule: also what is under way, with why it failed the last time.
    `only` runs that a query finds.
    """
    kept: dict[str, list[bytes]] = {where: [] for where in AT_THE_ENGINE}
    client = await Client.connect(target)
    async for run in client.list_workflows(only):
        await _of_run(client, run, kept)
    listed = await client.workflow_service.list_schedules(ListSchedulesRequest(namespace=NAMESPACE))
    for one in listed.schedules:
        wanted = DescribeScheduleRequest(namespace=NAMESPACE, schedule_id=one.schedule_id)
        described = await client.workflow_service.describe_schedule(wanted)
        kept["descriptions"] += [one.SerializeToString(), described.SerializeToString()]
    return {where: b"\n".join(told) for where, told in kept.items()}


async def _of_run(client: Client, run: WorkflowExecution, kept: dict[str, list[bytes]]) -> None:
    wanted = DescribeWorkflowExecutionRequest(namespace=NAMESPACE)
    wanted.execution.workflow_id, wanted.execution.run_id = run.id, run.run_id
    described = await client.workflow_service.describe_workflow_execution(wanted)
    about = described.workflow_execution_info
    kept["workflow ids"].append(f"{run.id} {run.parent_id or ''} {run.task_queue}".encode())
    kept["search attributes"].append(about.search_attributes.SerializeToString())
    kept["memos"].append(about.memo.SerializeToString())
    kept["descriptions"].append(described.SerializeToString())
    async for event in client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history_events():
        kept["histories"].append(event.SerializeToString())
        kept["not encrypted"] += [one.SerializeToString() for one in payloads_in(event) if _is_plain(one)]


def _is_plain(payload: Payload) -> bool:
    """The one header that there is says two random numbers, by which spans belong together."""
    told = payload.metadata["encoding"] == ENCRYPTED or "type" in payload.metadata
    return not told and TRACE.fullmatch(payload.data) is None


async def records(whole: Whole) -> bytes:
    """Every row of every table."""
    written = BytesIO()
    owner = await asyncpg.connect(dsn(whole.stack.postgres.url("casework")))
    try:
        for table in await owner.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
            await owner.copy_from_table(table["tablename"], output=written)
    finally:
        await owner.close()
    return written.getvalue()
