"""estate-inspections: planned, owed among the tasks, carried out; what is found becomes a case in one step."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from api.findings import reported
from store import findings, places
from tests.api.product import Caller, Product, problem, until
from tests.given import OFFICER

LISTED: dict[str, Any] = {
    "name": "Invented Court",
    "ward": "St John's",
    "address": ["Invented Court", "Sevenoaks"],
}
LONG_AGO = "2026-03-02T10:00:00Z"
FOUND = {"kind": "fly_tipping", "where": "Behind garage 4", "words": "Two mattresses."}


async def listed(officer: Caller, /, **more: Any) -> str:
    answer = await officer.post("/api/places", LISTED | more)
    assert answer.status_code == 201, answer.text
    place: str = answer.json()["id"]
    return place


async def told(officer: Caller, place: str, fact: str, **said: Any) -> str:
    """The id of the fact."""
    answer = await officer.post(f"/api/places/{place}/facts", {"fact": fact, "words": "As seen."} | said)
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["fact_id"]
    return id_


async def tasks_of(officer: Caller, place: str, /, **params: Any) -> list[dict[str, Any]]:
    tasks = await officer.tasks(**params)
    return [task for task in tasks if task["about"] == place]


async def the_place(officer: Caller, place: str) -> dict[str, Any]:
    answer = await officer.get(f"/api/places/{place}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_an_inspection_stands_among_the_tasks_with_its_reason(door: Product) -> None:
    await door.officer.post("/api/reports", {"channel": "phone", "words": "Noise.", "at": LONG_AGO})
    place = await listed(door.officer, at=LONG_AGO, officer="officer-9", every_working_days=5)
    (task,) = await tasks_of(door.officer, place)
    assert task["due"].startswith("2026-03-09T17:00:00")
    assert (task["key"], task["row"], task["section"], task["edition"]) == (
        "inspection",
        "estate-inspections",
        "4",
        "2015-03-23",
    )
    assert (task["place"], task["case_ref"], task["officer"]) == ("Invented Court", None, "officer-9")
    assert task["why"].startswith("Inspect the place, by Monday 9 March 2026 at 17:00: 5 working days after")
    assert await tasks_of(door.officer, place, officer="officer-9")
    assert not await tasks_of(door.officer, place, officer="officer-1")
    assert not await tasks_of(door.supervisor, place)


async def test_a_missed_inspection_stays_and_is_counted_until_it_is_made(product: Product) -> None:
    officer = product.officer
    place = await listed(officer, at=LONG_AGO)
    await listed(officer)
    assert [p["id"] for p in (await officer.get("/api/places", overdue=True)).json()["places"]] == [place]
    counts = (await officer.get("/api/inspections/counts")).json()
    assert {k: v for k, v in counts.items() if v} == {"overdue": 1, "to_come": 1}
    await told(officer, place, "place_inspected")
    counts = (await officer.get("/api/inspections/counts")).json()
    assert {k: v for k, v in counts.items() if v} == {"late": 1, "to_come": 2}
    assert (await officer.get("/api/inspections/counts", until="2026-03-29")).json()["late"] == 0
    assert (await officer.get("/api/inspections/counts", since="2026-03-30", until="2026-03-30")).json()[
        "late"
    ] == 1
    assert not (await the_place(officer, place))["place"]["overdue"]


async def test_an_inspection_that_is_given_up_after_it_was_due_is_counted_as_never_made(product: Product) -> None:
    place = await listed(product.officer, at=LONG_AGO)
    answer = await product.supervisor.post(
        f"/api/places/{place}/facts", {"fact": "inspections_ended", "reasons": "Sold."}
    )
    assert answer.status_code == 201
    assert (await product.officer.get("/api/inspections/counts")).json()["never_made"] == 1
    assert await tasks_of(product.officer, place) == []


async def test_an_inspection_written_down_late_is_in_time_and_recorded_late(door: Product) -> None:
    place = await listed(door.officer, at=LONG_AGO, every_working_days=5)
    await told(door.officer, place, "place_inspected", at="2026-03-09T16:00:00Z", inspected_by="officer-7")
    body = await the_place(door.officer, place)
    (ended,) = (line for line in body["ledger"] if line["ending"])
    assert (ended["ending"], ended["ended_at"]) == ("recorded_late", "2026-03-09T16:00:00Z")
    assert body["history"][-1]["content"]["inspected_by"] == "officer-7"
    (owed,) = body["deadlines"]
    assert owed["due"].startswith("2026-03-16T17:00:00")


async def test_a_plan_is_for_supervisors_to_change(door: Product) -> None:
    place = await listed(door.officer)
    changed = {"fact": "inspection_plan_changed", "every_working_days": 3, "reasons": "Dumped on."}
    problem(await door.officer.post(f"/api/places/{place}/facts", changed), 403, "not-yours-to-do")
    assert (await door.supervisor.post(f"/api/places/{place}/facts", changed)).status_code == 201
    assert (await the_place(door.officer, place))["every_working_days"] == 3
    too_long = changed | {"every_working_days": 99}
    told_why = problem(
        await door.supervisor.post(f"/api/places/{place}/facts", too_long), 409, "inspections-too-far-apart"
    )
    assert told_why["row"] == "estate-inspections"


async def test_a_finding_becomes_an_environmental_case_in_one_step(product: Product) -> None:
    officer = product.officer
    place = await listed(officer)
    inspection = await told(officer, place, "place_inspected", findings=[FOUND, FOUND | {"kind": "vehicle"}])
    (first, second) = sorted(f["id"] for f in (await the_place(officer, place))["findings"])
    assert {t["key"] for t in await tasks_of(officer, place)} >= {f"finding:{first}", f"finding:{second}"}
    url = f"/api/places/{place}/findings/{first}/case"
    answers = await asyncio.gather(*(officer.post(url, {}) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    (ref,) = {answer.json()["ref"] for answer in answers}

    async def running() -> Any:
        return (await officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]

    said = (await until(running))[0]
    assert said["fact"] == "report_received"
    assert (said["content"]["channel"], said["content"]["reporter"]) == ("inspection", "witness")
    assert said["content"]["category"] == "environmental"
    assert "Invented Court, Behind garage 4: Two mattresses." in said["content"]["words"]
    assert said["content"]["place"]["ward"] == "St John's"
    body = await the_place(officer, place)
    (settled,) = (f for f in body["findings"] if f["id"] == first)
    assert settled["case_ref"] == ref
    inspected = next(line for line in body["history"] if line["fact"] == "place_inspected")
    assert said["at"] == inspected["at"]
    assert inspection in first
    assert f"finding:{first}" not in {t["key"] for t in await tasks_of(officer, place)}
    assert (await officer.post(url, {})).json()["ref"] == ref
    assert len((await officer.get("/api/cases")).json()["cases"]) == 1
    standing = (await officer.get(f"/api/cases/{ref}")).json()["standing"]
    assert standing["category"] == "environmental"
    assert "first-contact" in {clock["key"] for clock in standing["set_aside"]}


async def test_a_finding_becomes_a_case_while_the_engine_is_away(door: Product) -> None:
    place = await listed(door.officer)
    inspection = await told(door.officer, place, "place_inspected", findings=[FOUND])
    url = f"/api/places/{place}/findings/{inspection}-1/case"
    answer = await door.officer.post(url, {})
    assert answer.status_code == 202
    (finding,) = (await the_place(door.officer, place))["findings"]
    assert finding["case_ref"] == answer.json()["ref"]


async def test_a_finding_that_has_become_a_case_cannot_end_without_one(door: Product) -> None:
    place = await listed(door.officer)
    finding = f"{await told(door.officer, place, 'place_inspected', findings=[FOUND])}-1"
    assert (await door.officer.post(f"/api/places/{place}/findings/{finding}/case", {})).status_code == 202
    ended = {"fact": "finding_ended", "finding": finding, "how": "dealt_with", "words": "Cleared."}
    problem(await door.officer.post(f"/api/places/{place}/facts", ended), 409, "finding-is-settled")


async def test_after_a_crash_between_report_and_finding_it_is_still_owed_and_becomes_the_same_case(
    door: Product,
) -> None:
    place = await listed(door.officer)
    finding = f"{await told(door.officer, place, 'place_inspected', findings=[FOUND])}-1"
    now = datetime.now(UTC)
    async with door.resources.store.reading() as db:
        row, found = await places.by_id(db, place, now), await findings.by_id(db, place, finding)
    assert found is not None
    kept = await door.resources.intake.receive(reported(row, found, OFFICER, now))
    assert f"finding:{finding}" in {task["key"] for task in await tasks_of(door.officer, place)}
    ended = {"fact": "finding_ended", "finding": finding, "how": "dealt_with", "words": "Cleared."}
    refused = problem(await door.officer.post(f"/api/places/{place}/facts", ended), 409, "finding-is-settled")
    assert kept.case_ref in refused["detail"]
    answer = await door.supervisor.post(f"/api/places/{place}/findings/{finding}/case", {})
    assert answer.json()["ref"] == kept.case_ref
    assert f"finding:{finding}" not in {task["key"] for task in await tasks_of(door.officer, place)}


async def test_pages_of_tasks_hold_what_is_owed_on_cases_and_at_places_each_once(product: Product) -> None:
    await product.officer.reported(at=LONG_AGO)
    made = {await listed(product.officer, at=LONG_AGO) for _ in range(3)}
    seen: list[dict[str, Any]] = []
    params: dict[str, Any] = {"limit": 2}
    while params.get("cursor", "") is not None:
        body = (await product.officer.get("/api/tasks", **params)).json()
        seen += body["tasks"]
        params["cursor"] = body["next"]
    whole = (await product.officer.get("/api/tasks", limit=200)).json()["tasks"]
    assert seen == whole
    assert [task["due"] for task in seen] == sorted(task["due"] for task in seen)
    assert {task["about"] for task in seen if task["place"]} == made
    assert {task["key"] for task in seen if task["case_ref"]} >= {"first-contact", "assessment"}


async def test_a_finding_ends_without_a_case_and_says_why(door: Product) -> None:
    place = await listed(door.officer)
    finding = f"{await told(door.officer, place, 'place_inspected', findings=[FOUND])}-1"
    elsewhere = {"fact": "finding_ended", "finding": finding, "how": "reported_elsewhere", "words": "Told them."}
    url = f"/api/places/{place}/facts"
    assert problem(await door.officer.post(url, elsewhere), 409, "reported-to-nobody")["missing"] == [
        "to whom it was reported"
    ]
    await told(door.officer, place, **elsewhere, reported_to="District council")
    (row,) = (await the_place(door.officer, place))["findings"]
    assert (row["ended"], row["reported_to"], row["case_ref"]) == ("reported_elsewhere", "District council", None)
    answer = await door.officer.post(f"/api/places/{place}/findings/{finding}/case", {})
    problem(answer, 409, "finding-is-settled")


async def test_the_same_key_does_one_thing_at_one_place(door: Product) -> None:
    key = str(uuid4())
    answers = await asyncio.gather(*(door.officer.post("/api/places", LISTED, key) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    problem(
        await door.officer.post("/api/places", LISTED | {"name": "Else"}, key), 409, "key-used-for-another-body"
    )
    place, other = answers[0].json()["id"], await listed(door.officer)
    key, body = str(uuid4()), {"fact": "place_inspected", "words": "Walked round.", "findings": [FOUND]}
    urls = [f"/api/places/{place}/facts"] * 5
    answers = await asyncio.gather(*(door.officer.post(url, body, key) for url in urls))
    assert len({answer.text for answer in answers}) == 1
    assert len((await the_place(door.officer, place))["findings"]) == 1
    problem(await door.officer.post(f"/api/places/{other}/facts", body, key), 409, "key-used-for-another-body")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"fact": "place_listed", "name": "x"}, "not-understood"),
        ({"fact": "finding_made_a_case", "finding": "x", "case": "CW-2026-000001"}, "not-understood"),
        ({"fact": "place_inspected"}, "not-understood"),
        ({"fact": "place_inspected", "words": "x" * 8001}, "not-understood"),
        ({"fact": "inspection_plan_changed", "every_working_days": 0, "reasons": "x"}, "not-understood"),
        ({}, "not-understood"),
    ],
)
async def test_what_is_not_understood_changes_nothing(body: dict[str, Any], name: str, door: Product) -> None:
    place = await listed(door.officer)
    before = await the_place(door.officer, place)
    problem(await door.supervisor.post(f"/api/places/{place}/facts", body), 422, name)
    unicorn = {"fact": "place_inspected", "words": "x", "findings": [FOUND | {"kind": "unicorn"}]}
    problem(await door.officer.post(f"/api/places/{place}/facts", unicorn), 409, "finding-kind-unknown")
    assert await the_place(door.officer, place) == before


async def test_what_is_not_there_is_not_found(door: Product) -> None:
    nowhere, inspected = str(uuid4()), {"fact": "place_inspected", "words": "x"}
    problem(await door.officer.get(f"/api/places/{nowhere}"), 404, "place-not-found")
    problem(await door.officer.post(f"/api/places/{nowhere}/facts", inspected), 404, "place-not-found")
    place = await listed(door.officer)
    url = f"/api/places/{place}/findings/{uuid4()}-1/case"
    problem(await door.officer.post(url, {}), 404, "finding-not-found")
    soon = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    problem(await door.officer.post("/api/places", LISTED | {"at": soon}), 422, "fact-in-the-future")


async def test_pages_of_places_hold_each_once(product: Product) -> None:
    made = [await listed(product.officer, at=LONG_AGO) for _ in range(5)]
    seen: list[str] = []
    params: dict[str, Any] = {"limit": 2}
    while True:
        body = (await product.officer.get("/api/places", **params)).json()
        seen += [place["id"] for place in body["places"]]
        if body["next"] is None:
            break
        params["cursor"] = body["next"]
    assert seen == sorted(made)
    problem(
        await product.officer.get("/api/places", cursor="MjAyNi0wMS0wMVQwMDowMDowMCswMDowMHxDVw=="),
        422,
        "not-understood",
    )
