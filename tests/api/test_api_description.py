"""The API's own description is true: its examples are taken, and it tells how each operation fails."""

import re
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from pydantic import create_model

from api.border import schema_of
from api.description import TwoOfOneName, describe
from api.lists import LISTS
from policy.editions import released
from tests.api.product import Product, problem, until

QUESTIONS = {"/api/people/search", "/api/reports/similar", "/api/temporal/decode"}
"""Asked in a body, since what they name does not belong into an address."""


@pytest.fixture
async def described(door: Product) -> dict[str, Any]:
    description: dict[str, Any] = (await door.http.get("/api/openapi.json")).json()
    return description


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(verb, path, said) for path, item in described["paths"].items() for verb, said in item.items()]


async def test_every_operation_says_how_it_fails(described: dict[str, Any]) -> None:
    """Which statuses it has, tests/api/test_api_fuzz.py finds out."""
    for verb, path, said in operations(described):
        failures = {status: one for status, one in said["responses"].items() if not status.startswith("2")}
        assert {"503", "default"} < set(failures), (verb, path)
        for status, one in failures.items():
            assert one["description"], (verb, path, status)
            content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            assert one["content"] == content, (verb, path, status)
    problem_schema = described["components"]["schemas"]["Problem"]
    assert {"type", "title", "status", "detail", "row", "section", "missing"} <= set(problem_schema["properties"])


def test_two_schemas_of_one_name_are_not_described_as_one() -> None:
    """Tenancies, places and reports each had a Place once, and whoever read of one was told of another."""
    app = FastAPI()
    for path, part in (
        ("/api/places", create_model("Part", ward=(str, ...))),
        ("/api/people", create_model("Part", played=(str, ...))),
    ):
        app.post(path, openapi_extra=schema_of(create_model("Whole", part=(part, ...)), {}))(lambda: None)
    with pytest.raises(TwoOfOneName, match="Part"):
        describe(app)


async def test_every_operation_has_a_summary_of_its_own_and_says_what_it_does(described: dict[str, Any]) -> None:
    summaries = [said["summary"] for _, _, said in operations(described)]
    assert sorted(set(summaries)) == sorted(summaries)
    for verb, path, said in operations(described):
        assert said.get("description"), (verb, path)
        assert said["summary"] != said["operationId"].partition("_api_")[0].replace("_", " ").title(), (verb, path)


async def test_every_write_describes_its_body_with_examples_and_its_key(described: dict[str, Any]) -> None:
    posts = [(path, said) for verb, path, said in operations(described) if verb == "post"]
    assert len(posts) > 10
    for path, said in posts:
        content = said["requestBody"]["content"]
        raw = content.get("application/octet-stream")
        assert raw or content["application/json"]["examples"], path
        named = [each["name"].lower() for each in said["parameters"]]
        assert ("idempotency-key" in named) is (path not in QUESTIONS), path


async def test_what_casework_looks_up_itself_is_not_asked_of_whoever_asks_for_a_case_review(
    described: dict[str, Any],
) -> None:
    body = described["paths"]["/api/case-reviews"]["post"]["requestBody"]["content"]["application/json"]
    assert {"cases", "asker"} <= set(body["schema"]["properties"])
    ours = {"handled_by", "claimed", "against"}
    assert not ours & set(body["schema"]["properties"])
    named = described["components"]["schemas"]
    for fact in ("CaseReviewAsked", "CaseBroughtIn", "PartnersAsked", "ReviewMeetingHeld"):
        assert not ours & set(named[fact]["properties"]), fact


async def test_every_reference_in_the_description_leads_somewhere(described: dict[str, Any]) -> None:
    named = described["components"]["schemas"]

    def look(part: object) -> None:
        if isinstance(part, dict):
            if isinstance(ref := part.get("$ref"), str):
                assert ref.removeprefix("#/components/schemas/") in named, ref
            for each in part.values():
                look(each)
        elif isinstance(part, list):
            for each in part:
                look(each)

    look(described)


async def test_examples_hold_what_the_description_requires(described: dict[str, Any]) -> None:
    named = described["components"]["schemas"]
    for _, path, said in operations(described):
        content = said.get("requestBody", {}).get("content", {}).get("application/json", {})
        for example in content.get("examples", {}).values():
            body = example["value"]
            schema = content["schema"]
            if "discriminator" in schema:
                ref = schema["discriminator"]["mapping"][body["fact"]]
                schema = named[ref.removeprefix("#/components/schemas/")]
            assert set(schema.get("required", [])) <= set(body), path
            assert set(body) <= set(schema.get("properties", [])), path


async def test_every_example_of_a_body_is_understood(described: dict[str, Any], door: Product) -> None:
    """There may be nothing of that reference, and no engine; none is turned away for what it says."""
    names = {"ref": "CW-2026-999999", "id_": str(uuid4()), "finding": f"{uuid4()}-1", "link": "nonsense"}
    for verb, path, said in operations(described):
        content = said.get("requestBody", {}).get("content", {}).get("application/json", {})
        for name, example in content.get("examples", {}).items():
            answer = await door.as_("manager").post(path.format(**names), example["value"])
            assert verb == "post"
            assert answer.status_code not in {400, 500}, (path, name, answer.text)
            told = answer.json()
            assert told.get("type") != "/problems/not-understood", (path, name, answer.text)


async def test_what_a_field_shows_as_an_example_is_something_that_it_may_hold(described: dict[str, Any]) -> None:
    shown: dict[str, set[str]] = {}
    bodies = [(path, said["requestBody"]) for _, path, said in operations(described) if "requestBody" in said]
    whole = {path: one["schema"] for path, body in bodies for one in body["content"].values()}
    for model, definition in (described["components"]["schemas"] | whole).items():
        for name, told in definition.get("properties", {}).items():
            field = f"{model}.{name}" if model in {"PowerAsked", "NoticeProposed"} else name
            for example in told.get("examples", ()):
                shown.setdefault(field, set()).update([example] if isinstance(example, str) else example)
    assert "noise" in shown["category"]
    assert {field for field, examples in shown.items() if "noise" in examples} == {"category", "categories"}
    for field, name in (
        ("agency", "agencies"),
        ("district", "districts"),
        ("remedy", "remedies"),
        ("step", "warnings-and-notices"),
        ("power", "powers"),
        ("PowerAsked.power", "requests"),
        ("PowerAsked.asked_of", "agencies"),
        ("NoticeProposed.step", "warnings-and-notices"),
        ("partners", "partners"),
        ("provider", "support-providers"),
        ("measures", "safety-measures"),
        ("route", "review-routes"),
        ("excluded", "conditions-not-disabilities"),
    ):
        keys = {choice.key for choice in LISTS[name](released()[-1])}
        assert shown[field] <= keys, field
        assert shown[field], field
    assert all(re.fullmatch("CW-[0-9]{4}-[0-9]{6}", one) for one in shown["cases"])


async def test_the_examples_are_taken(product: Product) -> None:
    described = (await product.http.get("/api/openapi.json")).json()
    ref, other = "", await product.officer.reported()
    for path in ("/api/reports", "/api/cases/{ref}/incidents", "/api/cases/{ref}/facts", "/api/cases/{ref}/links"):
        content = described["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        for name, example in content["examples"].items():
            body = example["value"] | ({"other": other} if "other" in example["value"] else {})
            answer = await product.officer.post(path.format(ref=ref), body)
            assert answer.status_code in {201, 202}, (path, name, answer.text)
            ref = ref or answer.json()["ref"]

    async def recorded() -> bool:
        entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
        return {"report_received", "incident_reported", "contact_made", "assessed"} <= {e["fact"] for e in entries}

    await until(recorded)


async def test_the_examples_of_people_and_tenancies_are_taken(door: Product) -> None:
    described = (await door.http.get("/api/openapi.json")).json()

    def examples(path: str) -> list[Any]:
        content = described["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        return [example["value"] for example in content["examples"].values()]

    (told,) = examples("/api/people")
    someone = (await door.officer.post("/api/people", told)).json()["id"]
    (tenancy,) = examples("/api/tenancies")
    tenancy["people"][0]["person"] = someone
    home = (await door.officer.post("/api/tenancies", tenancy)).json()["id"]
    for path, id_ in (
        ("/api/people/{id_}/corrections", someone),
        ("/api/people/{id_}/moves", someone),
        ("/api/people/search", someone),
        ("/api/tenancies/{id_}/corrections", home),
        ("/api/reports/similar", someone),
    ):
        for body in examples(path):
            answer = await door.officer.post(path.format(id_=id_), body)
            assert answer.status_code in {200, 201}, (path, answer.text)


async def test_a_misspelt_field_is_named(door: Product, ref: str) -> None:
    answer = await door.officer.fact(ref, "contact_made", means="phone", word="Spoke.")
    told = problem(answer, 422, "not-understood")
    assert {wrong["field"].rpartition(".")[2] for wrong in told["wrong"]} == {"word", "words"}
