"""What cannot be understood is answered with a problem that says why, and never with a fault of ours."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from api import border
from tests.api.product import Caller, Product, assessment, problem, report

CONTACT = {"fact": "contact_made", "means": "phone", "words": "Spoke."}
UNKNOWN = "CW-2026-999999"


NOT_UNDERSTOOD: dict[str, object] = {
    "unknown fact": {"fact": "tea_made"},
    "no fact": {"means": "phone", "words": "Spoke."},
    "fact of another type": CONTACT | {"fact": 7},
    "fact with a surrogate": {"fact": "\ud800"},
    "unknown field": CONTACT | {"mood": "good"},
    "unknown field with a surrogate": CONTACT | {"\udfff": "good"},
    "unknown field named by NUL": CONTACT | {"\0": "good"},
    "missing field": {"fact": "contact_made", "means": "phone"},
    "wrong type": CONTACT | {"words": 3},
    "wrong choice": CONTACT | {"means": "telepathy"},
    "empty words": CONTACT | {"words": "  "},
    "too long words": CONTACT | {"words": "x" * 8001},
    "NUL": CONTACT | {"words": "a\0b"},
    "control character": CONTACT | {"words": "a\x1bb"},
    "lone surrogate": CONTACT | {"words": "a\ud800b"},
    "number beyond all numbers": CONTACT | {"every_working_days": 1e308 * 10},
    "number with a fraction": CONTACT | {"every_working_days": 2.5},
    "date without a zone": CONTACT | {"at": "2026-01-01T10:00:00"},
    "no date": CONTACT | {"at": "yesterday"},
    "date at the beginning of time": CONTACT | {"at": "0001-01-01T00:00:00+14:00"},
    "date at the end of time": {
        "fact": "appointment_offered",
        "means": "phone",
        "words": "Offered.",
        "appointment_at": "9999-12-31T23:59:59-14:00",
    },
    "list in place of text": CONTACT | {"words": ["a"]},
    "a list": [CONTACT],
    "text": "contact_made",
    "nothing": None,
    "too long name": {"fact": "case_allocated", "officer": "o" * 65},
    "too long day": {
        "fact": "closure_days_adopted",
        "days": {"2027-01-04": "d" * 201},
        "known_until": "2027-12-31",
    },
}


LIBRARY_ENGLISH = re.compile("Input|Field|Extra|Value error|valid|string|integer|tuple|dictionary|instance")


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in NOT_UNDERSTOOD.items()])
async def test_a_fact_that_is_not_understood(body: object, door: Product, ref: str) -> None:
    raw = json.dumps(body).replace("Infinity", "1e999").encode()
    path = f"/api/cases/{ref}/facts"
    who = door.supervisor if "closure_days_adopted" in str(body) else door.officer
    told = problem(await who.post_raw(path, raw), 422, "not-understood")
    if isinstance(body, dict) and body.get("fact") == "contact_made":
        for wrong in told["wrong"]:
            assert wrong["field"]
            assert wrong["why"].startswith(("must ", "is not "))
            assert f"{wrong['field']} {wrong['why']}" in told["detail"]
            assert not LIBRARY_ENGLISH.search(wrong["why"])


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="half an object"),
        pytest.param(b"fact=contact_made", id="a form"),
        pytest.param(b'{"fact": "contact_made", "every_working_days": NaN}', id="NaN"),
        pytest.param(b'{"fact": "contact_made", "every_working_days": -Infinity}', id="Infinity"),
        pytest.param(b'{"fact": "contact_made", "every_working_days": ' + b"9" * 5000 + b"}", id="endless number"),
        pytest.param(b"[" * 65_000, id="deep nesting"),
        pytest.param(b'{"a":' * 10_000 + b"1" + b"}" * 10_000, id="deep objects"),
        pytest.param(b'{"words": "\xff\xfe"}', id="not UTF-8"),
    ],
)
async def test_what_is_not_json(raw: bytes, door: Product, ref: str) -> None:
    for path in ("/api/reports", f"/api/cases/{ref}/facts", f"/api/cases/{ref}/incidents"):
        problem(await door.officer.post_raw(path, raw), 400, "not-json")
    nested = b'{"fact": "contact_made", "words": ' + b"[" * 900 + b"]" * 900 + b"}"
    problem(await door.officer.post_raw(f"/api/cases/{ref}/facts", nested), 422, "not-understood")


@pytest.mark.parametrize(
    ("path", "body"),
    [("/api/reports", report()), ("/api/cases/{}/facts", CONTACT), ("/api/cases/{}/incidents", {})],
)
async def test_a_body_over_the_limit(path: str, body: dict[str, object], door: Product, ref: str) -> None:
    path = path.format(ref)
    large = json.dumps(body | {"words": "x" * 70_000}).encode()
    problem(await door.officer.post_raw(path, large), 413, "body-too-large")

    async def in_pieces():  # type: ignore[no-untyped-def] # noqa: ANN202 - httpx2 takes any async iterator
        for start in range(0, len(large), 4096):
            yield large[start : start + 4096]

    headers = door.officer.headers() | {"Idempotency-Key": str(uuid4())}
    answer = await door.http.post(path, content=in_pieces(), headers=headers)
    problem(answer, 413, "body-too-large")


async def test_a_body_that_does_not_come_is_not_waited_for(door: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(border, "BODY_SECONDS", 0.2)

    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(5)

    answer = await door.http.post("/api/reports", content=never(), headers={"Idempotency-Key": str(uuid4())})
    problem(answer, 408, "body-too-slow")


async def test_somebody_who_leaves_in_the_middle_is_no_fault_of_ours(door: Product) -> None:
    head = f"POST /api/reports HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nIdempotency-Key: {uuid4()}\r\n\r\n"
    with capture_logs() as said:
        _, writer = await asyncio.open_connection("127.0.0.1", int(door.base.rpartition(":")[2]))
        writer.write(head.encode() + b"{")
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.close()
        await writer.wait_closed()
        await asyncio.sleep(0.3)
    assert said == []


async def test_every_write_needs_a_key(door: Product, ref: str) -> None:
    for path in ("/api/reports", f"/api/cases/{ref}/facts", f"/api/cases/{ref}/incidents"):
        headers = door.officer.headers()
        answer = await door.http.post(path, json=CONTACT, headers=headers)
        problem(answer, 400, "key-missing")
        answer = await door.officer.post(path, CONTACT, key="tuesday")
        problem(answer, 400, "key-not-a-uuid")


async def test_nothing_is_dated_in_the_future(door: Product, ref: str) -> None:
    soon = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    for path, body in (
        ("/api/reports", report(at=soon)),
        ("/api/reports", report(happened_at=soon)),
        (f"/api/cases/{ref}/facts", CONTACT | {"at": soon}),
        (f"/api/cases/{ref}/incidents", {"channel": "phone", "words": "Again.", "at": soon}),
    ):
        told = problem(await door.officer.post(path, body), 422, "fact-in-the-future")
        assert told["row"] == "as-of"


@pytest.mark.parametrize(
    "ours", [{"at": "2026-01-01T10:00:00Z"}, {"police_advised": True}, {"follows": "CW-2026-000001"}]
)
async def test_the_public_does_not_say_what_we_did(ours: dict[str, Any], door: Product) -> None:
    told = problem(await door.public.post("/api/reports", report(**ours)), 422, "not-understood")
    assert f"{next(iter(ours))}. When it happened is `happened_at`" in told["detail"]
    assert (await door.officer.post("/api/reports", report(**ours))).status_code == 202


@pytest.mark.parametrize(
    "unknown", [UNKNOWN, "CW-1", "x" * 500, "..%2F..", "%00", "CW-2026-000001%00", "%F0%9F%92%A9"]
)
async def test_a_case_that_does_not_exist(unknown: str, door: Product) -> None:
    officer = door.officer
    for what in ("", "/timeline", "/timeline.jsonl", "/timeline/stream"):
        answer = await officer.get(f"/api/cases/{unknown}{what}")
        assert answer.status_code == 404, (what, answer.text)
    for what, body in (("facts", CONTACT), ("incidents", {"channel": "phone", "words": "Again."})):
        answer = await officer.post(f"/api/cases/{unknown}/{what}", body)
        assert answer.status_code == 404, (what, answer.text)
    answer = await officer.get(f"/api/cases/{unknown}/letters/{uuid4()}.pdf")
    assert answer.status_code == 404


async def test_facts_that_are_recorded_elsewhere(door: Product, ref: str) -> None:
    for name, where in (("report_received", "/api/reports"), ("incident_reported", "/incidents")):
        answer = await door.officer.fact(ref, name, channel="phone", words="Again.")
        assert where in problem(answer, 422, "recorded-elsewhere")["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "cases?limit=0",
        "cases?limit=201",
        "cases?limit=many",
        "cases?cursor=x",
        "cases?cursor=%00",
        "cases?cursor=MjAyNi0wMS0wMVQwMDowMDowMCswMDowMHwA",
        "cases?cursor=MjAyNi0wMS0wMXxDVw==",
        "cases?late=perhaps",
        "cases?statge=open",
        "legal-actions?kind=injunction",
        "cases?serious=2",
        "cases?words=%00",
        "cases?officer=a%00b",
        "cases?stage=%00",
        "tasks?officer=%00",
        "tasks?cursor=MjAyNi0wMS0wMXxDVw==",
        "tasks?cursor=MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMHxDV3xr",
        "cases/{}/timeline?after=-1",
        "cases/{}/timeline?after=99999999999999999999",
        "cases/{}/timeline?limit=0",
        "cases/{}/timeline/stream?after=2147483648",
        "cases/{}/letters/7.pdf",
    ],
)
async def test_questions_that_are_not_understood(query: str, door: Product, ref: str) -> None:
    answer = await door.officer.get(f"/api/{query.format(ref)}")
    assert answer.status_code in (400, 404, 422), (answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


async def test_a_filter_that_there_is_not_is_refused_and_those_there_are_are_named(door: Product) -> None:
    wrong = problem(await door.officer.get("/api/tasks?oficer=officer-1"), 422, "not-understood")
    assert wrong["detail"] == "Not known here: oficer. What can be asked for: officer, cursor, limit."


@pytest.mark.parametrize("last", ["-1", "99999999999999999999", "x"])
async def test_a_stream_cannot_go_on_from_nowhere(last: str, door: Product, ref: str) -> None:
    headers = door.officer.headers() | {"Last-Event-ID": last}
    answer = await door.http.get(f"/api/cases/{ref}/timeline/stream", headers=headers)
    problem(answer, 422, "not-understood")


async def test_no_route_and_no_method(door: Product) -> None:
    problem(await door.officer.get("/api/nothing"), 404, "not-found")
    problem(await door.http.request("PUT", "/api/cases"), 405, "method-not-allowed")


async def test_a_role_does_not_record_what_is_not_its_own(door: Product, ref: str) -> None:
    told = problem(await door.officer.fact(ref, "case_reviewed"), 403, "not-yours-to-do")
    assert "case reviewed" in told["detail"]
    assert "A officer" not in told["detail"]
    problem(await door.supervisor.fact(ref, "letter_refused", key="x"), 403, "not-yours-to-do")


async def test_a_report_needs_no_category_and_an_unknown_one_is_named(door: Product) -> None:
    """Dropped in silence, a category would be lost; so whoever sends it is told which ones there are."""
    assert (await door.public.post("/api/reports", {"channel": "web", "words": "Help."})).status_code == 202
    told = problem(await door.public.post("/api/reports", report(category="tea")), 409, "category-unknown")
    assert told["row"] == "asb-categories"
    assert "noise" in told["detail"]


async def test_reasons_travel_whole(door: Product, ref: str) -> None:
    """A body of the longest words in the widest characters fits; no limit contradicts another."""
    words = "\N{PILE OF POO}" * 8000
    caller: Caller = door.officer
    raw = json.dumps({"fact": "assessed"} | assessment(reasons=words), ensure_ascii=False).encode()
    problem(await caller.post_raw(f"/api/cases/{ref}/facts", raw), 503, "engine-away")


@pytest.mark.parametrize(
    ("said", "asked"), [("contact_maed", "contact_made"), ("promise", "promise_m"), ("xyzzy", "API's description")]
)
async def test_a_fact_that_is_none_is_asked_after_and_not_answered_with_all_there_are(
    door: Product, ref: str, said: str, asked: str
) -> None:
    answer = await door.officer.post(f"/api/cases/{ref}/facts", {"fact": said})
    detail = problem(answer, 422, "not-understood")["detail"]
    assert asked in detail
    assert len(detail) < 200
