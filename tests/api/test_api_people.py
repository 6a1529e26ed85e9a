"""People and tenancies: kept once, corrected, moved and found, and nothing that was there before is lost."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.product import Product, problem

ROWAN: dict[str, Any] = {
    "name": "Rowan Example",
    "date_of_birth": "1980-05-04",
    "standing": "tenant",
    "phone": "01632 960001",
    "prefers": "phone",
    "safe_contact": "Ring before six.",
    "address": ["2 Invented Row", "Sevenoaks"],
    "address_since": "2019-05-06",
}


async def kept(product: Product, **more: Any) -> str:
    answer = await product.officer.post("/api/people", ROWAN | more)
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_


async def person(product: Product, id_: str) -> dict[str, Any]:
    body: dict[str, Any] = (await product.officer.get(f"/api/people/{id_}")).json()
    return body


async def test_a_person_is_kept_and_read_as_told(door: Product) -> None:
    answer = await door.officer.post("/api/people", ROWAN)
    known = await person(door, answer.json()["id"])
    assert answer.headers["location"] == f"/api/people/{known['id']}"
    assert {name: known[name] for name in ROWAN} == ROWAN
    assert [home["lines"] for home in known["addresses"]] == [ROWAN["address"]]
    assert (known["tenancies"], known["cases"]) == ([], [])


async def test_what_is_corrected_is_right_and_what_it_was_is_kept(door: Product) -> None:
    id_ = await kept(door)
    right = {"name": "Rowan Sample", "phone": None, "address": ["22 Invented Row"]}
    answer = await door.as_("officer", "officer-7").post(f"/api/people/{id_}/corrections", right)
    assert answer.status_code == 201
    known = await person(door, id_)
    assert {name: known[name] for name in right} == right
    assert known["safe_contact"] == ROWAN["safe_contact"]
    assert [home["lines"] for home in known["addresses"]] == [["22 Invented Row"]]
    added, corrected = (await door.officer.get(f"/api/people/{id_}/changes")).json()["changes"]
    assert (added["what"], added["before"]) == ("added", None)
    assert (corrected["what"], corrected["by_id"], corrected["by_role"]) == ("corrected", "officer-7", "officer")
    assert corrected["before"] == added["after"]
    assert corrected["after"]["name"] == "Rowan Sample"


async def test_a_move_keeps_where_they_lived_before_and_until_when(door: Product) -> None:
    id_ = await kept(door)
    moves = f"/api/people/{id_}/moves"
    moved = await door.officer.post(moves, {"address": ["7 New Street"], "since": "2026-03-02"})
    assert moved.status_code == 201
    known = await person(door, id_)
    assert (known["address"], known["address_since"]) == (["7 New Street"], "2026-03-02")
    assert [(home["lines"], home["until"]) for home in known["addresses"]] == [
        (["7 New Street"], None),
        (ROWAN["address"], "2026-03-02"),
    ]
    again = await door.officer.post(moves, {"address": ["9 New Street"], "since": "2026-03-02"})
    assert "Correct that address" in problem(again, 409, "moved-before-they-moved-in")["detail"]
    assert await person(door, id_) == known


async def test_an_address_is_corrected_and_a_move_that_never_was_is_taken_back(door: Product) -> None:
    id_ = await kept(door)
    moves, corrections = f"/api/people/{id_}/moves", f"/api/people/{id_}/corrections"
    await door.officer.post(moves, {"address": ["7 New Street"], "since": "2026-03-02"})
    before = await person(door, id_)
    too_early = await door.officer.post(corrections, {"address_since": "2019-05-06"})
    problem(too_early, 409, "moved-before-they-moved-in")
    assert await person(door, id_) == before
    assert (await door.officer.post(corrections, {"address_since": "2026-02-02"})).status_code == 201
    assert [home["until"] for home in (await person(door, id_))["addresses"]] == [None, "2026-02-02"]
    assert (await door.officer.post(corrections, {"address": []})).status_code == 201
    left = await person(door, id_)
    assert (left["address"], left["address_since"]) == (ROWAN["address"], ROWAN["address_since"])
    assert [home["until"] for home in left["addresses"]] == [None]
    assert (await door.officer.post(corrections, {"address": []})).json()["addresses"] == []
    assert (await door.officer.post(moves, {"address": ["1 Last Street"]})).status_code == 201
    assert (await person(door, id_))["address"] == ["1 Last Street"]


async def test_the_same_key_changes_once_and_another_body_is_refused(door: Product) -> None:
    key = str(uuid4())
    first, again = [await door.officer.post("/api/people", ROWAN, key) for _ in range(2)]
    assert (first.status_code, first.text) == (again.status_code, again.text)
    problem(await door.officer.post("/api/people", ROWAN | {"name": "X"}, key), 409, "key-used-for-another-body")
    id_, key = first.json()["id"], str(uuid4())
    url = f"/api/people/{id_}/corrections"
    one = await door.officer.post(url, {"name": "Rowan Sample"}, key)
    await door.officer.post(url, {"name": "Rowan Third"})
    assert (await door.officer.post(url, {"name": "Rowan Sample"}, key)).text == one.text
    assert (await person(door, id_))["name"] == "Rowan Third"
    other = f"/api/people/{await kept(door)}/corrections"
    problem(await door.officer.post(other, {"name": "Rowan Sample"}, key), 409, "key-used-for-another-body")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": None},
        {"name": " "},
        {"name": "a\0b"},
        {"email": "nowhere"},
        {"date_of_birth": "2190-01-01"},
        {"date_of_birth": "1066-10-14"},
        {"standing": "king"},
        {"nickname": "R"},
        {"id": str(uuid4())},
        {"addresses": []},
        {},
    ],
)
async def test_what_is_not_understood_leaves_a_person_as_they_were(wrong: dict[str, Any], door: Product) -> None:
    id_ = await kept(door)
    before = await person(door, id_)
    answer = await door.officer.post(f"/api/people/{id_}/corrections", wrong)
    problem(answer, 422, "not-understood")
    if wrong:
        problem(await door.officer.post("/api/people", ROWAN | wrong), 422, "not-understood")
    assert await person(door, id_) == before
    assert len((await door.officer.get(f"/api/people/{id_}/changes")).json()["changes"]) == 1


async def test_nobody_of_that_id(door: Product) -> None:
    id_ = str(uuid4())
    for path in (f"/api/people/{id_}", f"/api/people/{id_}/changes"):
        problem(await door.officer.get(path), 404, "person-not-found")
    problem(await door.officer.post(f"/api/people/{id_}/corrections", {"name": "X Y"}), 404, "person-not-found")
    problem(await door.officer.post(f"/api/people/{id_}/moves", {"address": ["1 A"]}), 404, "person-not-found")
    problem(await door.officer.get("/api/people/7"), 422, "not-understood")


async def test_people_are_found_by_their_words_at_any_address_and_not_in_a_url(door: Product) -> None:
    name = f"Zephyr {uuid4().hex}"
    id_ = await kept(door, name=name, email="zephyr@example.org")
    await door.officer.post(f"/api/people/{id_}/moves", {"address": ["7 New Street"], "since": "2026-03-02"})
    only = name.split()[1]
    for words in (name, only.upper(), f"{only} invented row", f"{only} new street", f"{only} zephyr@example.org"):
        found = (await door.officer.post("/api/people/search", {"words": words})).json()["people"]
        assert [one["id"] for one in found] == [id_], words
    for words in (f"{only} nobody", "' OR 1=1 --"):
        assert (await door.officer.post("/api/people/search", {"words": words})).json()["people"] == []
    problem(await door.officer.post("/api/people/search", {}), 422, "not-understood")


async def test_people_are_for_officers_and_supervisors(door: Product) -> None:
    id_ = await kept(door)
    for caller, status in ((door.public, 401), (door.ops, 403)):
        for path in (f"/api/people/{id_}", f"/api/people/{id_}/changes", f"/api/tenancies/{id_}"):
            assert (await caller.get(path)).status_code == status, path
        for path in ("people", "people/search", f"people/{id_}/moves", f"people/{id_}/corrections", "tenancies"):
            assert (await caller.post(f"/api/{path}", ROWAN)).status_code == status, path
        assert (await caller.post("/api/reports/similar", {})).status_code == status


# Tenancies


def tenancy(*tenants: str, **more: Any) -> dict[str, Any]:
    return {
        "reference": f"T-{uuid4().hex[:8]}",
        "address": ["2 Invented Row"],
        "tenure": "starter",
        "starts": "2026-03-02",
        "starter_ends": "2027-03-02",
        "people": [{"person": one, "place": "tenant"} for one in tenants],
    } | more


async def test_joint_tenants_and_their_children_are_one_household(door: Product) -> None:
    one, other, child = [await kept(door) for _ in range(3)]
    told = tenancy(one, other)
    told["people"].append({"person": child, "place": "member", "since": "2026-05-01"})
    answer = await door.officer.post("/api/tenancies", told)
    assert answer.status_code == 201, answer.text
    known = (await door.officer.get(answer.headers["location"])).json()
    assert {one_["person"]: one_["place"] for one_ in known["people"]} == {
        one: "tenant",
        other: "tenant",
        child: "member",
    }
    assert (known["tenure"], known["starter_ends"]) == ("starter", "2027-03-02")
    for someone in (one, other, child):
        assert (await person(door, someone))["tenancies"] == [known]


async def test_a_tenancy_ends_by_a_correction_and_what_it_was_is_kept(door: Product) -> None:
    made = (await door.officer.post("/api/tenancies", tenancy(await kept(door)))).json()
    url, key = f"/api/tenancies/{made['id']}", str(uuid4())
    ended = [await door.officer.post(f"{url}/corrections", {"ends": "2026-09-07"}, key) for _ in range(2)]
    assert ended[0].json() == ended[1].json() == made | {"ends": "2026-09-07"}
    _, corrected = (await door.officer.get(f"{url}/changes")).json()["changes"]
    assert (corrected["before"], corrected["after"]) == (made, ended[0].json())


async def test_a_tenancy_that_makes_no_sense_is_refused_and_nothing_is_kept(door: Product) -> None:
    id_ = await kept(door)
    for wrong in (
        {"tenure": "none"},
        {"people": []},
        {"people": [{"person": id_, "place": "member"}]},
        {"people": [{"person": id_, "place": "tenant"}] * 2},
        {"address": []},
        {"ends": "2020-01-01"},
        {"tenure": "secure"},
        {"tenure": "squatting"},
    ):
        problem(await door.officer.post("/api/tenancies", tenancy(id_, **wrong)), 422, "not-understood")
    nobody = str(uuid4())
    told = problem(await door.officer.post("/api/tenancies", tenancy(id_, nobody)), 422, "person-not-known")
    assert nobody in told["detail"]
    assert (await person(door, id_))["tenancies"] == []


async def test_a_reference_belongs_to_one_tenancy(door: Product) -> None:
    id_ = await kept(door)
    first = (await door.officer.post("/api/tenancies", tenancy(id_))).json()
    again = tenancy(id_, reference=first["reference"])
    problem(await door.officer.post("/api/tenancies", again), 409, "reference-taken")
    second = (await door.officer.post("/api/tenancies", tenancy(id_))).json()
    url = f"/api/tenancies/{second['id']}"
    taken = await door.officer.post(f"{url}/corrections", {"reference": first["reference"]})
    problem(taken, 409, "reference-taken")
    assert (await door.officer.get(url)).json() == second
    problem(await door.officer.get(f"/api/tenancies/{uuid4()}"), 404, "tenancy-not-found")
