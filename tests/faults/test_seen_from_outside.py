"""What whoever runs it sees of the running product, as real processes: numbers, health, traces and lines."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest
import pytest_asyncio
import temporalio.bridge

from runtime.embedded.processes import LOOPBACK, free_port
from runtime.temporal import connect
from tests.faults.collector import Collector, collecting
from tests.faults.load import Load
from tests.faults.scanning import found
from tests.faults.stack import Stack, running_stack
from tests.faults.whole import until
from tests.watched import expressions, labels_in, numbers_in, selected_in, sorted_by, told_in
from workers.schedules import COUNT, planned
from workflows.by_the_clock import DONE

PERSONAL: Final = ("Quillon", "zanzibarine", "gooseberry", "opalescent", "tamarind")
REPORT: Final = {
    "channel": "phone",
    "words": "A zanzibarine noise.",
    "category": "noise",
    "complainant": {"name": "Quillon Ember", "email": "opalescent@example.org", "prefers": "email"},
}
PROMISE: Final = {"fact": "promise_made", "words": "Send tamarind.", "owner": "officer-1"}
AFTER_A_FAILURE: Final = {
    "temporal_activity_execution_failed_total",
    "temporal_workflow_task_execution_failed_total",
}
"""The engine's client tells them once there is one."""
NONE_YET: Final = {"casework_deadlines_late", "casework_report_told_until_timestamp_seconds"}
THERE_MAY_BE: Final = {
    "schedule": {one.name for one in planned()},
    "status": {str(one.value) for one in HTTPStatus},
}
"""Not each of them need have been told within some seconds."""


@dataclass
class Seen:
    """`ref` was opened by the API, `carried` by the relay. `key` is that of the fact which an officer recorded."""

    stack: Stack
    collector: Collector
    doors: dict[str, str]
    away: dict[str, tuple[int, dict[str, Any]]]
    """What each said of being ready while Temporal was away."""
    ref: str
    key: str
    carried: str

    async def metrics(self) -> dict[str, str]:
        ops = Load(self.stack.api, self.stack.settings).by("ops-1")
        async with httpx2.AsyncClient() as http:
            told = {"api": (await http.get(f"{self.stack.api}/metrics", headers=ops)).text}
            return told | {name: (await http.get(f"{door}/metrics")).text for name, door in self.doors.items()}

    def log(self, program: str) -> str:
        return (self.stack.folder / f"{program}.log").read_text()

    def lines(self, program: str, about: str) -> set[str]:
        """The events of the lines that say so."""
        return {json.loads(line)["event"] for line in self.log(program).splitlines() if about in line}


async def ready(http: httpx2.AsyncClient, doors: dict[str, str]) -> dict[str, tuple[int, dict[str, Any]]]:
    answers = {name: await http.get(f"{door}/health/ready") for name, door in doors.items()}
    return {name: (answer.status_code, answer.json()) for name, answer in answers.items()}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def seen(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Seen]:
    ports = {"worker": free_port(), "relay": free_port()}
    async with collecting() as collector:
        everywhere = {"CASEWORK_LOG_FORMAT": "json", "CASEWORK_TRACES_URL": collector.url}
        also = {
            "api": everywhere,
            **{one: everywhere | {"CASEWORK_WORKER_HEALTH_PORT": str(port)} for one, port in ports.items()},
        }
        async with running_stack(tmp_path_factory.mktemp("seen") / "stack", also) as stack:
            doors = {name: f"http://{LOOPBACK}:{port}" for name, port in ports.items()}
            yield await lived(stack, collector, doors)


async def lived(stack: Stack, collector: Collector, doors: dict[str, str]) -> Seen:
    load = Load(stack.api, stack.settings)
    async with httpx2.AsyncClient(base_url=stack.api, timeout=30, headers=load.by("officer-1")) as http:
        ref = (await load.post(http, "/api/reports", REPORT))["ref"]

        async def came() -> object:
            return stack.mailbox.messages()

        await until(came)
        before = set(load.acknowledged[ref])
        contact = {"fact": "contact_made", "means": "phone", "words": "Ate gooseberry jam."}
        await load.post(http, f"/api/cases/{ref}/facts", contact, ref)
        (key,) = load.acknowledged[ref] - before
        await load.post(http, f"/api/cases/{ref}/facts", PROMISE, ref)
        stack.end("temporal")
        carried = (await load.post(http, "/api/reports", REPORT))["ref"]
        away = await ready(http, doors | {"api": stack.api})
        await stack.begin_again("temporal")

        async def opened() -> bool:
            told = await http.get(f"/api/cases/{carried}/timeline")
            return bool(told.is_success and told.json()["entries"])

        await until(opened)
    client = await connect(stack.settings, lazy=False)
    await client.get_schedule_handle(COUNT).trigger()
    return Seen(stack, collector, doors, away, ref, key, carried)


async def test_every_number_on_a_dashboard_or_in_an_alert_is_told_by_what_runs(
    seen: Seen, repository: Path
) -> None:
    async def done() -> bool:
        return f'{DONE}{{namespace="default",' in (await seen.metrics())["worker"]

    await until(done)
    told = {number for text in (await seen.metrics()).values() for number in told_in(text)}
    wanted = {number for one in expressions(repository) for number in numbers_in(one)}
    assert wanted >= AFTER_A_FAILURE
    assert wanted - AFTER_A_FAILURE - told == set()
    (client,) = Path(temporalio.bridge.__path__[0]).glob("temporal_sdk_bridge*")
    known = client.read_bytes()
    for number in AFTER_A_FAILURE:
        assert number.removeprefix("temporal_").removesuffix("_total").encode() in known


async def test_they_are_sorted_by_labels_that_they_have_and_selected_by_values_that_there_are(
    seen: Seen, repository: Path
) -> None:
    told = labels_in("\n".join((await seen.metrics()).values()))
    for expression in expressions(repository):
        numbers = numbers_in(expression)
        if numbers <= told.keys():
            assert sorted_by(expression) <= {label for number in numbers for label in told[number]}, expression
        for one in selected_in(expression):
            if one.number in told:
                known = told[one.number][one.label] | THERE_MAY_BE.get(one.label, set())
                assert one.is_one_of(known), expression
    untold = {number for one in expressions(repository) for number in numbers_in(one)} - told.keys()
    assert untold <= AFTER_A_FAILURE | NONE_YET


async def test_the_office_s_own_numbers_are_told_by_the_relay(seen: Seen) -> None:
    async def told() -> str | None:
        text = (await seen.metrics())["relay"]
        return text if 'casework_relay_waiting{what="reports"} 0.0' in text else None

    text: str = await until(told)
    assert "casework_promises_open 1.0" in text
    assert 'casework_cases_open{seriousness="ordinary"} 2.0' in text
    assert "casework_deadlines_unnoticed 0.0" in text


async def test_each_says_of_what_it_needs_whether_it_is_there(seen: Seen) -> None:
    assert seen.away == {
        "worker": (503, {"ready": False, "store": "here", "engine": "away", "worker": "here"}),
        "relay": (503, {"ready": False, "store": "here", "engine": "away"}),
        "api": (200, {"store": "here", "engine": "away"}),
    }
    async with httpx2.AsyncClient() as http:
        for status, told in (await ready(http, seen.doors | {"api": seen.stack.api})).values():
            assert (status, told["store"], told["engine"]) == (200, "here", "here")


async def test_one_trace_goes_from_the_request_to_the_letter(seen: Seen) -> None:
    async def mail() -> dict[str, Any] | None:
        return next((one for one in seen.collector.spans() if one["name"] == "mail"), None)

    sent: dict[str, Any] = await until(mail)

    async def whole() -> list[dict[str, Any]] | None:
        spans = seen.collector.spans()
        way = way_to(sent, {one["spanId"]: one for one in spans if one["traceId"] == sent["traceId"]})
        return way if "parentSpanId" not in way[0] else None

    way: list[dict[str, Any]] = await until(whole)
    assert [one["name"] for one in way] == ["POST /api/reports", "start CaseWorkflow", "send", "mail"]
    assert said(way[2])["temporal.workflow.id"] == f"case/{seen.ref}"
    under = [one for one in seen.collector.spans() if one.get("parentSpanId") == way[2]["spanId"]]
    assert any(said(one).get("db.query.text", "").startswith("INSERT INTO letters") for one in under)


def way_to(span: dict[str, Any], known: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """From the first that is known."""
    above = known.get(span.get("parentSpanId", ""))
    return [*way_to(above, known), span] if above else [span]


def said(span: dict[str, Any]) -> dict[str, str]:
    return {one["key"]: one["value"].get("stringValue", "") for one in span["attributes"]}


async def test_what_an_officer_records_later_is_a_trace_of_its_own(seen: Seen) -> None:
    async def written() -> list[dict[str, Any]] | None:
        spans = seen.collector.spans()
        known = {one["spanId"]: one for one in spans}
        ways = [way_to(one, known) for one in spans if one["name"] == "enter"]
        return next((way for way in ways if way[0]["name"] == "POST /api/cases/{ref}/facts"), None)

    way: list[dict[str, Any]] = await until(written)
    assert [one["name"] for one in way] == ["POST /api/cases/{ref}/facts", "update record", "enter"]


async def test_a_reference_and_a_key_find_the_lines_of_each_program(seen: Seen) -> None:
    assert {"report_taken", "fact_taken"} <= seen.lines("api", seen.ref)
    assert {"facts_written", "letter_handled"} <= seen.lines("worker", seen.ref)
    assert "report_waits_for_engine" in seen.lines("api", seen.carried)
    assert "report_carried" in seen.lines("relay", seen.carried)
    assert "facts_written" in seen.lines("worker", seen.carried)
    assert (seen.lines("api", seen.key), seen.lines("worker", seen.key)) == ({"fact_taken"}, {"facts_written"})


async def test_nobody_is_named_in_numbers_traces_and_lines(seen: Seen) -> None:
    traces = b"".join(seen.collector.sent)
    told = "".join((await seen.metrics()).values()).encode()
    lines = "".join(seen.log(program) for program in ("api", "worker", "relay")).encode()
    assert found([seen.ref], traces) == found([seen.ref], lines) == [seen.ref]
    assert found(["casework_requests_total"], told)
    for where in (traces, told, lines):
        assert found(PERSONAL, where) == []
    assert found([seen.ref], told) == []
