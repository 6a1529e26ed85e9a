"""After a whole story nobody's name, address or words are anywhere but in the records: not in what the engine
keeps, not in a log, not in what `/metrics` of API, worker and engine tell. There are no traces: nothing makes any.
"""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest
from temporalio.client import Client

from runtime.embedded.mailbox import start_mailbox
from runtime.embedded.processes import LOOPBACK, free_port
from runtime.encryption import ENCRYPTED, payloads_in
from runtime.tokens import issue
from tests.api.product import Caller
from tests.encrypted import NAMESPACE
from tests.faults.scanning import found
from tests.faults.stack import Stack, running_stack

WORDS = (
    *("Quillonë", "Emberdown", "Brackenthwaite", "opalescent", "zanzibarine", "Tamarind", "Larkfield"),
    *("gooseberry", "periwinkle", "marmalade", "huckleberry", "persimmon", "Weatherbell"),
)
FAILURE = "Connect call failed"
"""The words of the failing activity."""
JSON = {"CASEWORK_LOG_FORMAT": "json", "CASEWORK_LOG_LEVEL": "debug"}


@pytest.mark.parametrize("before", ["", "x", "xy"])
@pytest.mark.parametrize("word", ["Quillonë", "opalescent"])
def test_the_scanner_sees_a_word_however_it_is_written(word: str, before: str) -> None:
    for told in (word, word.upper(), word.lower()):
        assert found([word], f"{before}{told} there".encode()) == [word]
        assert found([word], f"{before}{told}".encode("utf-16-le")) == [word]
    for told in (word, word.lower()):
        assert found([word], base64.b64encode(f"{before}{told} there".encode())) == [word]
        assert found([word], base64.urlsafe_b64encode(f"{before}{told}".encode()) + b"AA") == [word]
    assert found([word], base64.b64encode(b"something else altogether")) == []


async def until(true: Callable[[], Awaitable[Any]]) -> Any:
    async with asyncio.timeout(60):
        while not (got := await true()):
            await asyncio.sleep(0.1)
    return got


async def told(officer: Caller, supervisor: Caller) -> tuple[str, str]:
    """A report, a letter, a refusal, a legal action; the references of the case and of the action."""
    ref = await officer.reported(
        words="A zanzibarine noise.",
        complainant={
            "name": "Quillonë Emberdown",
            "email": "opalescent@example.org",
            "address": ["4 Brackenthwaite Way"],
            "prefers": "email",
        },
        about={"name": "Tamarind Weatherbell", "address": ["5 Larkfield Close"]},
    )
    await officer.recorded(ref, "contact_made", means="phone", words="Ate gooseberry jam.")
    again = {"channel": "phone", "words": "A periwinkle noise."}
    assert (await officer.post(f"/api/cases/{ref}/incidents", again)).status_code == 202
    refused = await officer.fact(ref, "case_closed", closing="with_letter", reasons="All is persimmon.")
    assert refused.status_code == 409, refused.text
    effect = {"effect": "A marmalade stair.", "causes": ["alcohol"], "words": "Beer.", "substantial": True}
    await officer.recorded(ref, "effect_recorded", **effect)
    proposed = {"remedy": "injunction", "tenure": "assured", "person": "perpetrator-1"}
    reasons = {"very_serious": "He held a knife.", "reasons": "A huckleberry threat."}
    await officer.recorded(ref, "legal_action_proposed", **proposed, **reasons)

    async def begun() -> Any:
        beside = (await officer.get(f"/api/cases/{ref}")).json()["beside"]
        url = f"/api/legal-actions/{beside[0]['ref']}" if beside else ""
        return beside and (await officer.get(url)).json()["deadlines"] and beside[0]["ref"]

    action = await until(begun)
    reviewed = {"fact": "team_reviewed", "goes_on": True, "words": "Ask Weatherbell again."}
    answer = await supervisor.post(f"/api/legal-actions/{action}/facts", reviewed)
    assert answer.status_code == 201, answer.text
    live = await officer.get(f"/api/cases/{ref}/live")
    assert live.status_code == 200
    return ref, action


def encrypted_or_searched_by(payload: Payload) -> bool:
    """Headers would be neither: there are none."""
    return payload.metadata["encoding"] == ENCRYPTED or "type" in payload.metadata


async def raw_histories(target: str) -> AsyncIterator[bytes]:
    """All that the engine shows of each run, as it stands there: histories, and what is under way."""
    client = await Client.connect(target)
    async for run in client.list_workflows():
        handle = client.get_workflow_handle(run.id, run_id=run.run_id)
        wanted = DescribeWorkflowExecutionRequest(namespace=NAMESPACE)
        wanted.execution.workflow_id, wanted.execution.run_id = run.id, run.run_id
        yield (await client.workflow_service.describe_workflow_execution(wanted)).SerializeToString()
        async for event in handle.fetch_history_events():
            assert all(map(encrypted_or_searched_by, payloads_in(event))), event
            yield event.SerializeToString()


async def everything_but_the_records(stack: Stack, worker: str, ops: Caller) -> dict[str, bytes]:
    """By where it was found."""
    folders = (stack.folder / "temporal", stack.folder)
    kept = {path.name: path.read_bytes() for folder in folders for path in folder.iterdir() if path.is_file()}
    assert {"temporal.db", "worker.log", "api.log", "relay.log"} <= kept.keys()
    kept["histories"] = b"".join([told async for told in raw_histories(stack.temporal.target)])
    kept["metrics of the api"] = (await ops.get("/metrics")).content
    async with httpx2.AsyncClient() as http:
        kept["metrics of the worker"] = (await http.get(f"{worker}/metrics")).content
        kept["metrics of the engine"] = (await http.get(stack.temporal.metrics)).content
    return kept


async def test_a_whole_story_leaves_nothing_of_anybody_outside_the_records(tmp_path: Path) -> None:
    port = free_port()
    worker = JSON | {"CASEWORK_WORKER_HEALTH_PORT": str(port)}
    also = {"worker": worker, "api": JSON, "relay": JSON}
    async with (
        running_stack(tmp_path / "stack", also) as stack,
        httpx2.AsyncClient(base_url=stack.api, timeout=30) as http,
    ):
        officer, supervisor, ops = (
            Caller(http, issue(stack.settings, f"{role}-1", role, timedelta(hours=1)))
            for role in ("officer", "supervisor", "ops")
        )
        await stack.mailbox.stop()
        ref, action = await told(officer, supervisor)
        stack.mailbox = await start_mailbox(stack.folder / "mail", stack.settings.smtp_port)
        letter = await until(lambda: asyncio.to_thread(lambda: list(stack.mailbox.messages())))
        assert "Quillon" in letter[0].file.read_text()
        kept = await everything_but_the_records(stack, f"http://{LOOPBACK}:{port}", ops)
        for where in ("temporal.db", "histories"):
            assert found([f"case/{ref}", f"legal-action/{action}"], kept[where]), f"the scanner sees into {where}"
        assert {where: words for where, told in kept.items() if (words := found(WORDS, told))} == {}
        assert found([FAILURE], kept["worker.log"]) == [FAILURE]
        assert {where for where, told in kept.items() if found([FAILURE], told)} <= {"worker.log"}
