"""The same key gives the same answer, and has one effect."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import Client

from policy.facts import Entry
from store import reports
from tests.api.product import Product, assessment, problem, report, until
from workflows.case import CaseWorkflow
from workflows.case_kind import workflow_id

CONTACT = {"fact": "contact_made", "means": "phone", "words": "Spoke."}
INCIDENT = {"channel": "phone", "words": "Again."}


async def facts_of(product: Product, ref: str) -> list[str]:
    entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
    return [entry["fact"] for entry in entries]


async def test_ten_reports_at_once_under_one_key_are_one(product: Product) -> None:
    key, body = str(uuid4()), report()
    answers = await asyncio.gather(*(product.public.post("/api/reports", body, key) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len((await product.officer.get("/api/cases")).json()["cases"]) == 1
    other = await product.public.post("/api/reports", report(words="Something else."), key)
    problem(other, 409, "key-used-for-another-body")


async def test_ten_facts_at_once_under_one_key_are_one(product: Product) -> None:
    ref, key = await product.officer.reported(), str(uuid4())
    url = f"/api/cases/{ref}/facts"
    answers = await asyncio.gather(*(product.officer.post(url, CONTACT, key) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert (await facts_of(product, ref)).count("contact_made") == 1
    other = await product.officer.post(url, CONTACT | {"words": "Something else."}, key)
    problem(other, 409, "key-used-for-another-body")


async def test_ten_incidents_at_once_under_one_key_are_one(product: Product) -> None:
    ref, key = await product.officer.reported(), str(uuid4())
    url = f"/api/cases/{ref}/incidents"
    answers = await asyncio.gather(*(product.officer.post(url, INCIDENT, key) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.text for answer in answers}) == 1

    async def recorded() -> int:
        return (await facts_of(product, ref)).count("incident_reported")

    assert await until(recorded) == 1
    other = await product.officer.post(url, INCIDENT | {"words": "Something else."}, key)
    problem(other, 409, "key-used-for-another-body")


async def test_different_facts_at_once_under_one_key_are_one_and_the_others_are_told(product: Product) -> None:
    ref, key = await product.officer.reported(), str(uuid4())
    bodies = [CONTACT | {"words": f"Spoke {n} times."} for n in range(5)]
    url = f"/api/cases/{ref}/facts"
    answers = await asyncio.gather(*(product.officer.post(url, body, key) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    for answer in answers:
        if answer.status_code == 409:
            problem(answer, 409, "key-used-for-another-body")


@pytest.mark.parametrize("first", ["report", "fact", "incident"])
async def test_a_key_is_for_one_request_and_not_only_for_one_body(first: str, product: Product) -> None:
    """The same body is another thing at another address."""
    ref, other, key = await product.officer.reported(), await product.officer.reported(), str(uuid4())
    officer = product.officer
    body: dict[str, Any] = CONTACT if first == "fact" else INCIDENT
    used = {"report": "/api/reports", "fact": f"/api/cases/{ref}/facts", "incident": f"/api/cases/{ref}/incidents"}
    assert (await officer.post(used[first], body, key)).status_code in (201, 202)
    again = [f"/api/cases/{ref}/incidents", f"/api/cases/{other}/incidents", "/api/reports"]
    for url in again:
        if url == used[first] or (first == "fact" and url != again[0]):
            continue
        answer = await officer.post(url, INCIDENT, key)
        problem(answer, 409, "key-used-for-another-body")


async def test_a_key_is_known_after_the_case_has_continued_as_new(product: Product, client: Client) -> None:
    ref, key, said = await product.officer.reported(), str(uuid4()), CONTACT
    url = f"/api/cases/{ref}/facts"
    first = await product.officer.post(url, said, key)
    handle = client.get_workflow_handle_for(CaseWorkflow.run, workflow_id(ref))
    run = (await handle.describe()).run_id
    entry = await entry_of(product, ref)
    for _ in range(180):
        await handle.signal(CaseWorkflow.incident, entry.model_copy(update={"id": str(uuid4())}))
    await handle.signal(CaseWorkflow.nudge)

    async def continued() -> bool:
        await product.officer.post(url, CONTACT, None)
        return (await handle.describe()).run_id != run

    await until(continued, 40)
    again = await product.officer.post(url, said, key)
    assert (again.status_code, again.text) == (first.status_code, first.text)


async def entry_of(product: Product, ref: str) -> Entry:
    key = str(uuid4())
    await product.officer.post(f"/api/cases/{ref}/incidents", INCIDENT, key)
    async with product.resources.store.reading() as db:
        kept = await reports.by_id(db, key)
    assert kept is not None
    return kept.entry


async def test_keys_are_known_after_the_case_has_closed(product: Product) -> None:
    officer, keys = product.officer, {name: str(uuid4()) for name in ("report", "contact", "incident")}
    body = report()
    report_told = await officer.post("/api/reports", body, keys["report"])
    ref = report_told.json()["ref"]
    contact_told = await officer.post(f"/api/cases/{ref}/facts", CONTACT, keys["contact"])
    incident_told = await officer.post(f"/api/cases/{ref}/incidents", INCIDENT, keys["incident"])
    await officer.recorded(ref, "assessed", **assessment())
    await officer.recorded(ref, "case_closed", closing="dealt_with", reasons="Done.")

    async def over() -> bool:
        description = await product.resources.door.client.get_workflow_handle(workflow_id(ref)).describe()
        return description.close_time is not None

    await until(over)
    for url, said, key, told in (
        ("/api/reports", body, keys["report"], report_told),
        (f"/api/cases/{ref}/facts", CONTACT, keys["contact"], contact_told),
        (f"/api/cases/{ref}/incidents", INCIDENT, keys["incident"], incident_told),
    ):
        again = await officer.post(url, said, key)
        assert (again.status_code, again.text) == (told.status_code, told.text)
    assert len((await officer.get("/api/cases")).json()["cases"]) == 1
    changed = await officer.post(f"/api/cases/{ref}/facts", CONTACT | {"words": "x"}, keys["contact"])
    problem(changed, 409, "key-used-for-another-body")
