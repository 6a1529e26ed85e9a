"""The register, one case and its timeline, as officers read them."""

import json
from typing import Any
from uuid import uuid4

import pytest

from cli.verify import verify_file
from tests.api.product import Product, assessment, problem, report, until


async def pages(product: Product, path: str, **params: Any) -> list[list[dict[str, Any]]]:
    """All pages of a list, its items by whatever name they have."""
    found: list[list[dict[str, Any]]] = []
    while True:
        body = (await product.officer.get(path, **params)).json()
        onward = body.pop("next")
        (items,) = body.values()
        found.append(items)
        if onward is None:
            return found
        params["cursor"] = onward


async def test_pages_of_the_register_hold_each_case_once_whatever_is_reported_meanwhile(product: Product) -> None:
    refs = [await product.officer.reported() for _ in range(5)]
    first = (await product.officer.get("/api/cases", limit=2)).json()
    await product.officer.reported()
    rest = await pages(product, "/api/cases", limit=2, cursor=first["next"])
    seen = [case["ref"] for page in [first["cases"], *rest] for case in page]
    assert seen == refs[::-1]
    assert [len(page) for page in rest] == [2, 1]
    problem(await product.officer.get("/api/cases", cursor="bm90IGEgY3Vyc29y"), 422, "not-understood")


async def test_cases_reported_at_one_moment_are_all_listed(product: Product) -> None:
    at = "2026-03-02T10:00:00Z"
    refs = {await product.officer.reported(at=at) for _ in range(4)}
    listed = [case["ref"] for page in await pages(product, "/api/cases", limit=1) for case in page]
    assert set(listed) == refs
    assert len(listed) == 4


async def test_filters_and_search(product: Product) -> None:
    officer = product.officer
    noise = await officer.reported(place={"address": ["7 Invented Row"], "ward": "St John's"})
    strands = {"strands": ["race"], "perceived_by": "witness"}
    hate = await officer.reported(hate=strands, complainant={"name": "Zephyr Quill", "phone": "01632 960 001"})
    late = await officer.reported(at="2026-03-02T10:00:00Z", category="vehicles")
    await officer.recorded(noise, "case_allocated", officer="officer-7")
    await officer.recorded(noise, "contact_made", means="phone", words="Spoke.")
    await officer.recorded(noise, "assessed", **assessment())
    for wanted, found in (
        ({"stage": "open"}, {noise}),
        ({"stage": "reported"}, {hate, late}),
        ({"serious": True}, {hate}),
        ({"hate": False}, {noise, late}),
        ({"category": "vehicles"}, {late}),
        ({"ward": "St John's"}, {noise}),
        ({"officer": "officer-7"}, {noise}),
        ({"late": True}, {late}),
        ({"late": False}, {noise, hate}),
        ({"words": "zephyr"}, {hate}),
        ({"words": "invented row"}, {noise}),
        ({"words": "01632 960 001"}, {hate}),
        ({"words": late.lower()}, {late}),
        ({"words": "' OR 1=1 --"}, set()),
        ({"words": "zephyr", "hate": False}, set()),
    ):
        listed = (await officer.get("/api/cases", **wanted)).json()["cases"]
        assert {case["ref"] for case in listed} == found, wanted


async def test_what_an_officer_owes_the_earliest_first(product: Product) -> None:
    late, today = await product.officer.reported(at="2026-03-02T10:00:00Z"), await product.officer.reported()

    async def noticed() -> Any:
        tasks = [task for page in await pages(product, "/api/tasks", limit=1) for task in page]
        return tasks if any(task["noticed_at"] for task in tasks) else None

    tasks = await until(noticed)
    assert [task["due"] for task in tasks] == sorted(task["due"] for task in tasks)
    assert {task["case_ref"] for task in tasks} == {late, today}
    assert {task["owed_by"] for task in tasks} == {"officer"}
    assert all(task["row"] and task["owed"] for task in tasks)
    supervisors = (await product.supervisor.get("/api/tasks")).json()["tasks"]
    assert {task["owed_by"] for task in supervisors} == {"supervisor"}
    assert (await product.officer.get("/api/tasks", officer="nobody")).json()["tasks"] == []


async def test_a_case_says_what_may_be_done_now_and_why_the_rest_may_not(product: Product) -> None:
    ref = await product.officer.reported()
    case = (await product.officer.get(f"/api/cases/{ref}")).json()
    actions = {action["fact"]: action["refusal"] for action in case["actions"]}
    assert actions["contact_made"] is None
    refusal = actions["closure_proposed"]
    assert refusal["row"] == "closing-letter"
    assert refusal["section"]
    assert "first contact" in refusal["missing"]
    assert "first contact" in refusal["sentence"]
    assert "case_reviewed" not in actions
    theirs = (await product.supervisor.get(f"/api/cases/{ref}")).json()["actions"]
    assert "case_reviewed" in {action["fact"] for action in theirs}
    for fact, why in actions.items():
        if why is not None and fact == "closure_proposed":
            told = await product.officer.fact(ref, fact, outcome="stopped", explanation="x")
            assert told.json()["detail"] == why["sentence"]
    assert case["complainant"]["name"] == "Rowan Example"


async def test_each_deadline_explains_itself(product: Product) -> None:
    ref = await product.officer.reported(at="2026-03-02T10:00:00Z")
    case = (await product.officer.get(f"/api/cases/{ref}")).json()
    (first,) = [d for d in case["standing"]["deadlines"] if d["key"] == "first-contact"]
    assert first["due"].startswith("2026-03-09T17:00:00")
    assert (first["row"], first["section"], first["edition"]) == ("contact-5-working-days", "5", "2015-03-23")
    assert first["counted"]["number"] == 5
    assert "5 working days after Monday 2 March 2026" in first["why"]


async def test_the_live_case_equals_the_register(product: Product) -> None:
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "contact_made", means="phone", words="Spoke.")

    async def settled() -> bool:
        live = await product.officer.get(f"/api/cases/{ref}/live")
        assert live.status_code == 200
        recorded = (await product.officer.get(f"/api/cases/{ref}")).json()["standing"]
        return bool(live.json() == recorded and not recorded["letters_waiting"])

    await until(settled)


async def test_a_timeline_in_pages_and_as_an_export_that_verifies_offline(product: Product) -> None:
    ref = await product.officer.reported()
    for n in range(4):
        await product.officer.recorded(ref, "contact_made", means="phone", words=f"Spoke {n}.")
    url = f"/api/cases/{ref}/timeline"
    first = (await product.officer.get(url, limit=2)).json()
    rest = (await product.officer.get(url, limit=200, after=first["next"])).json()
    assert rest["next"] is None
    entries = first["entries"] + rest["entries"]
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[0]["fact"] == "report_received"
    exported = await product.officer.get(f"{url}.jsonl")
    assert exported.headers["content-type"].startswith("application/jsonl")
    lines = exported.text.splitlines()
    assert len(lines) == len(entries)
    found = verify_file(lines)
    assert found.clean
    assert (found.cases, found.entries) == (1, len(entries))


@pytest.mark.parametrize("what", ["words", "hash", "salt", "order", "loss", "by", "at"])
async def test_a_changed_export_is_found_faulty(what: str, product: Product) -> None:
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "contact_made", means="phone", words="Spoke at ten.")
    lines = (await product.officer.get(f"/api/cases/{ref}/timeline.jsonl")).text.splitlines()
    assert verify_file(lines).clean
    second = json.loads(lines[1])
    match what:
        case "words":
            second["content"] |= {"words": "Spoke at six."} if "words" in second["content"] else {"key": "other"}
        case "hash" | "salt":
            second[what] = second[what][:-1] + ("0" if second[what][-1] != "0" else "1")
        case "by":
            second["by_id"] = "officer-2"
        case "at":
            second["at"] = "2020-01-01T00:00:00Z"
    lines[1] = json.dumps(second)
    if what == "order":
        lines[0], lines[1] = lines[1], lines[0]
    if what == "loss":
        del lines[0]
    assert not verify_file(lines).clean


async def test_a_letter_belongs_to_one_case(product: Product) -> None:
    ref, other = await product.officer.reported(), await product.officer.reported()

    async def letters() -> Any:
        return (await product.officer.get(f"/api/cases/{ref}")).json()["letters"]

    (letter,) = await until(letters)
    assert (await product.officer.get(f"/api/cases/{ref}/letters/{letter['id']}.pdf")).content[:5] == b"%PDF-"
    answer = await product.officer.get(f"/api/cases/{other}/letters/{letter['id']}.pdf")
    problem(answer, 404, "letter-not-found")
    problem(await product.officer.get(f"/api/cases/{ref}/letters/{uuid4()}.pdf"), 404, "letter-not-found")
    await product.public.post("/api/reports", report())
