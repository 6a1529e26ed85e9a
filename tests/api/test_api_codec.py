"""The Temporal UI has payloads decoded: their structure for ops alone, and nobody's words."""

import base64
import json
import time
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs
from temporalio.api.common.v1 import Payload
from temporalio.converter import WorkflowSerializationContext

from api.masking import MASKED, masked
from runtime.encryption import data_converter
from tests.api.product import Caller, Product, elsewhere, problem, serving
from tests.given import OFFICER, contact, entry, london

URL = "/api/temporal/decode"
UI = "https://temporal.example.org"
ENTRY = entry(contact(london(2023, 6, 5)), OFFICER)


def coded(payload: Payload) -> dict[str, Any]:
    metadata = {name: base64.b64encode(value).decode() for name, value in payload.metadata.items()}
    return {"metadata": metadata, "data": base64.b64encode(payload.data).decode()}


async def kept(door: Product, *values: Any) -> list[dict[str, Any]]:
    """As the engine has them."""
    converter = data_converter(door.settings.keyring, door.settings.temporal_namespace)
    converter = converter.with_context(WorkflowSerializationContext("default", "case/CW-2023-000001"))
    return [coded(one) for one in await converter.encode(values)]


async def decoded(door: Product, who: Caller, payloads: list[Any], namespace: str = "default") -> httpx2.Response:
    headers = who.headers() | {"X-Namespace": namespace}
    return await door.http.post(URL, json={"payloads": payloads}, headers=headers)


def read(answer: httpx2.Response) -> list[Any]:
    assert answer.status_code == 200, answer.text
    return [json.loads(base64.b64decode(one["data"])) for one in answer.json()["payloads"]]


async def test_ops_see_how_it_is_built_and_nothing_of_anybody(door: Product) -> None:
    told = {"ref": "CW-2023-000001", "hate": True, "people": {"Quillon Ember": {"name": "Quillon"}}, "seq": 3}
    with capture_logs() as said:
        shown = read(await decoded(door, door.ops, await kept(door, ENTRY, told, "Quillon")))
    assert shown[0]["fact"]["fact"] == MASKED
    assert shown[0]["recorded_at"] == ENTRY.recorded_at.isoformat().replace("+00:00", "Z")
    assert shown[0]["fact"]["words"] == shown[0]["by"]["id"] == MASKED
    assert shown[0]["by"]["role"] == "officer"
    people = {"(masked 1)": {"name": MASKED}}
    assert shown[1:] == [{"ref": "CW-2023-000001", "hate": MASKED, "people": people, "seq": 3}, MASKED]
    assert {"event": "payloads_decoded", "payloads": 3, "log_level": "info"} in said


async def test_what_cannot_be_read_comes_back_as_it_came_beside_what_can(door: Product) -> None:
    mine, other = await kept(door, {"stage": "open"}, {"stage": "open"})
    other["metadata"]["casework-key"] = base64.b64encode(b"another").decode()
    plain = coded(Payload(metadata={"encoding": b"json/plain"}, data=b'"seen by whoever sees the engine"'))
    answer = await decoded(door, door.ops, [other, mine, plain])
    first, second, third = answer.json()["payloads"]
    assert (first, third) == (other, plain)
    assert json.loads(base64.b64decode(second["data"])) == {"stage": "open"}


@pytest.mark.parametrize("role", ["officer", "supervisor", "manager", "data_protection", "lettings", "solicitor"])
async def test_nobody_else_has_anything_decoded(door: Product, role: str) -> None:
    problem(await decoded(door, door.as_(role), []), 403, "not-yours-to-do")
    problem(await decoded(door, door.public, []), 401, "not-signed-in")


async def test_another_namespace_no_base64_and_too_much_are_refused_and_nothing_is_encoded(door: Product) -> None:
    problem(await decoded(door, door.ops, [], "another"), 422, "not-understood")
    problem(await door.http.post(URL, json={}, headers=door.ops.headers()), 422, "not-understood")
    for wrong in ({"data": "\u00e9"}, {"data": "a"}, {"metadata": {"encoding": "*"}}, {"metadata": 3}, 7):
        problem(await decoded(door, door.ops, [wrong]), 422, "not-understood")
    problem(await decoded(door, door.ops, [{"data": "A" * 5_000_000}]), 413, "body-too-large")
    problem(await door.http.post("/api/temporal/encode", headers=door.ops.headers()), 404, "not-found")


async def test_what_the_system_itself_did_is_shown(door: Product) -> None:
    told = {"fact": "deadline_missed", "stage": "joined", "role": "system"}
    assert read(await decoded(door, door.ops, await kept(door, told))) == [told]


async def test_no_more_than_a_page_of_a_history_is_decoded_at_once(door: Product) -> None:
    assert (await decoded(door, door.ops, [{}] * 2000)).status_code == 200
    problem(await decoded(door, door.ops, [{}] * 2001), 422, "not-understood")
    begun = time.monotonic()
    problem(await decoded(door, door.ops, [{}] * 1_000_000), 422, "not-understood")
    assert time.monotonic() - begun < 5, "nothing is made of what is too much"


async def test_pages_of_the_ui_may_ask_with_a_token_and_of_no_other_place(door: Product) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,x-namespace"}
    async with serving(elsewhere(door.settings, temporal_ui_origin=UI)) as product:
        before = await product.http.request("OPTIONS", URL, headers=asks | {"Origin": UI})
        assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, UI)
        assert "access-control-allow-credentials" not in before.headers
        answer = await decoded(product, product.ops, [])
        assert "access-control-allow-origin" not in answer.headers
        theirs = product.ops.headers() | {"X-Namespace": "default", "Origin": UI}
        answer = await product.http.post(URL, json={}, headers=theirs)
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, UI)
        for path, origin in ((URL, "https://elsewhere.example"), ("/api/cases", UI)):
            answer = await product.http.request("OPTIONS", path, headers=asks | {"Origin": origin})
            assert "access-control-allow-origin" not in answer.headers
    answer = await door.http.request("OPTIONS", URL, headers=asks | {"Origin": UI})
    assert "access-control-allow-origin" not in answer.headers


_JSON = st.recursive(
    st.text(min_size=1) | st.integers() | st.booleans(),
    lambda one: st.lists(one) | st.dictionaries(st.text().map(lambda name: f"{name} "), one),
)


@given(_JSON)
def test_whatever_stands_in_no_known_field_is_masked(told: Any) -> None:
    def left(one: Any) -> set[Any]:
        if isinstance(one, dict):
            return {name for name in one if not name.startswith("(masked ")} | left(list(one.values()))
        return set().union(*map(left, one)) if isinstance(one, list) else {one}

    assert left(masked(told)) <= {MASKED}


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("fact", "Quillon Ember"),
        ("fact", "domestic_abuse_recognised"),
        ("fact", "deadline_missed by Quillon"),
        ("kind", "mental_health"),
        ("row", "domestic-abuse"),
        ("stage", "quillon"),
        ("role", "victim"),
        ("ref", "4 Brackenthwaite Way"),
        ("id", "officer-7"),
        ("at", "2023-06-05 and so on"),
        ("seq", True),
        ("seq", 44_7700_900_123),
        ("hate", False),
        ("words", "open"),
    ],
)
def test_a_known_field_shows_only_what_such_a_field_holds(field: str, told: Any) -> None:
    assert masked({field: told}) == {field: MASKED}
    assert masked({field: [told, {"is": told}]}) == {field: [MASKED, {"is": MASKED}]}
