"""prevention-work: kept with place, dates and outcome, found by place and time, corrected with its history."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.api.product import Product, problem

WORK: dict[str, Any] = {
    "kind": "campaign",
    "title": "Good neighbour week",
    "words": "Leaflets and a stall.",
    "place": "Invented Court",
    "ward": "St John's",
    "starts": "2026-03-02",
    "ends": "2026-03-08",
    "cost": 25000,
    "partners": ["District council", "Kent Police"],
}


async def planned(product: Product, **more: Any) -> str:
    answer = await product.officer.post("/api/prevention", WORK | more)
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_


async def told(product: Product, work: str, fact: str, **said: Any) -> None:
    answer = await product.officer.post(f"/api/prevention/{work}/facts", {"fact": fact} | said)
    assert answer.status_code == 201, answer.text


async def test_what_was_planned_is_kept_as_it_was_told(door: Product) -> None:
    work = (await door.officer.get(f"/api/prevention/{await planned(door)}")).json()["work"]
    assert {key: work[key] for key in WORK} == WORK
    assert work["result"] is None


async def test_what_came_of_it_is_kept_beside_what_was_planned(door: Product) -> None:
    bid = await planned(door, kind="funding_bid", bid=450000)
    await told(door, bid, "prevention_ended", result="bid_won", words="In part.", awarded=300000, cost=1000)
    work = (await door.officer.get(f"/api/prevention/{bid}")).json()["work"]
    assert (work["result"], work["bid"], work["awarded"]) == ("bid_won", 450000, 300000)
    assert (work["cost"], work["final_cost"]) == (25000, 1000)


async def test_a_correction_keeps_what_was_told_before(door: Product) -> None:
    id_ = await planned(door)
    await told(door, id_, "prevention_ended", result="worked", words="Fewer reports.")
    await told(door, id_, "prevention_corrected", **(WORK | {"cost": 26000, "ends": None}), reasons="Bill came.")
    body = (await door.officer.get(f"/api/prevention/{id_}")).json()
    assert (body["work"]["cost"], body["work"]["ends"], body["work"]["result"]) == (26000, None, "worked")
    assert [line["fact"] for line in body["history"]] == [
        "prevention_planned",
        "prevention_ended",
        "prevention_corrected",
    ]
    assert body["history"][0]["content"]["cost"] == 25000
    assert body["history"][2]["content"]["reasons"] == "Bill came."
    assert [line["seq"] for line in body["history"]] == [1, 2, 3]


async def test_work_is_found_by_place_and_time(product: Product) -> None:
    march = await planned(product)
    going_on = await planned(product, starts="2026-01-05", ends=None, ward="Seal", kind="activity")
    later = await planned(product, starts="2026-06-01", ends="2026-06-02", place="Elsewhere")
    for wanted, found in (
        ({}, [later, march, going_on]),
        ({"since": "2026-03-08", "until": "2026-03-31"}, [march, going_on]),
        ({"since": "2026-03-09", "until": "2026-03-31"}, [going_on]),
        ({"until": "2026-01-04"}, []),
        ({"ward": "Seal"}, [going_on]),
        ({"place": "Invented Court"}, [march, going_on]),
        ({"kind": "activity"}, [going_on]),
    ):
        answer = await product.officer.get("/api/prevention", **wanted)
        assert [work["id"] for work in answer.json()["work"]] == found, wanted
    first = (await product.officer.get("/api/prevention", limit=2)).json()
    rest = (await product.officer.get("/api/prevention", limit=2, cursor=first["next"])).json()
    assert [work["id"] for work in first["work"] + rest["work"]] == [later, march, going_on]


async def test_the_same_key_is_one_piece_of_work_and_one_correction(door: Product) -> None:
    key = str(uuid4())
    answers = await asyncio.gather(*(door.officer.post("/api/prevention", WORK, key) for _ in range(5)))
    assert len({answer.text for answer in answers}) == 1
    problem(await door.officer.post("/api/prevention", WORK | {"cost": 1}, key), 409, "key-used-for-another-body")
    id_, key, ended = answers[0].json()["id"], str(uuid4()), {"result": "worked", "words": "Quieter."}
    url, body = f"/api/prevention/{id_}/facts", {"fact": "prevention_ended"} | ended
    answers = await asyncio.gather(*(door.officer.post(url, body, key) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len((await door.officer.get(f"/api/prevention/{id_}")).json()["history"]) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": "2026-03-01"},
        {"cost": -1},
        {"cost": 10**13},
        {"starts": "tomorrow"},
        {"kind": "magic"},
        {"title": ""},
        {"colour": "red"},
    ],
)
async def test_what_is_not_understood_is_not_kept(wrong: dict[str, Any], door: Product) -> None:
    problem(await door.officer.post("/api/prevention", WORK | wrong), 422, "not-understood")


async def test_what_is_not_there_is_not_found(door: Product) -> None:
    nowhere = f"/api/prevention/{uuid4()}"
    problem(await door.officer.get(nowhere), 404, "prevention-work-not-found")
    ended = {"fact": "prevention_ended", "result": "worked", "words": "x"}
    problem(await door.officer.post(f"{nowhere}/facts", ended), 404, "prevention-work-not-found")
    problem(await door.officer.post(f"{nowhere}/facts", WORK), 422, "not-understood")
    problem(await door.ops.post("/api/prevention", WORK), 403, "not-yours-to-do")
