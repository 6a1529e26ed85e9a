"""Putting people on a case, recognising them there, and showing similar cases before a new one is made."""

from typing import Any
from uuid import uuid4

from tests.api.product import Product, assessment, problem, until


async def kept(product: Product, **more: Any) -> str:
    told = {"name": "Quentin Marrow", "address": ["4 Larkfield Close", "Madeup"]} | more
    answer = await product.officer.post("/api/people", told)
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_


async def on_case(product: Product, ref: str) -> dict[str, dict[str, Any]]:
    people = (await product.officer.get(f"/api/cases/{ref}")).json()["people"]
    return {one["key"]: one for one in people}


async def similar(product: Product, **draft: Any) -> list[dict[str, Any]]:
    answer = await product.officer.post("/api/reports/similar", draft)
    assert answer.status_code == 200, answer.text
    cases: list[dict[str, Any]] = answer.json()["cases"]
    return cases


def why(case: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(one["same"], one["here"], one["there"]) for one in case["why"]}


async def test_an_unknown_perpetrator_becomes_known_and_the_case_tells_their_other_cases(product: Product) -> None:
    officer, quentin = product.officer, await kept(product)
    first = await officer.reported(about={"standing": "visitor"})
    await officer.recorded(first, "person_identified", key="perpetrator-1", person=quentin)
    second = await officer.reported(about={})
    assert (await on_case(product, second))["perpetrator-1"]["person"] is None
    await officer.recorded(second, "person_identified", key="perpetrator-1", person=quentin)
    known = (await on_case(product, second))["perpetrator-1"]
    assert (known["name"], known["part"]) == ("Quentin Marrow", "perpetrator")
    assert known["repeat"]["as_perpetrator"] == 1
    assert known["other_cases"]["cases"] == [first]
    other = (await on_case(product, first))["perpetrator-1"]
    assert other["repeat"]["as_perpetrator"] == 0, "as it was known then"
    assert other["other_cases"]["earlier"]["as_perpetrator"] == 1, "as it is known now"
    read = (await officer.get(f"/api/people/{quentin}")).json()["cases"]
    assert [(one["case_ref"], one["part"]) for one in read] == [(second, "perpetrator"), (first, "perpetrator")]


async def test_a_case_shows_whom_it_is_about_by_key_part_and_name(product: Product) -> None:
    ref = await product.officer.reported(about={"name": "Pat Sample", "address": ["3 Invented Row"]})
    shown = {key: (one["part"], one["name"]) for key, one in (await on_case(product, ref)).items()}
    assert shown == {
        "complainant": ("complainant", "Rowan Example"),
        "perpetrator-1": ("perpetrator", "Pat Sample"),
    }


async def test_a_witness_s_report_waits_for_the_victim(product: Product) -> None:
    ref, victim = await product.officer.reported(reporter="witness"), await kept(product)
    waiting = await on_case(product, ref)
    assert (waiting["complainant"]["part"], waiting["victim"]["unfilled"]) == ("witness", True)
    await product.officer.recorded(ref, "person_joined", key="victim", part="victim", person=victim, minor=True)
    found = (await on_case(product, ref))["victim"]
    assert (found["unfilled"], found["minor"], found["name"]) == (False, True, "Quentin Marrow")


async def test_nobody_but_us_says_how_often_somebody_was_there(product: Product) -> None:
    ref, someone = await product.officer.reported(), await kept(product)
    url, key = f"/api/cases/{ref}/facts", str(uuid4())
    body = {"fact": "person_joined", "key": "victim-1", "part": "victim", "person": someone}
    for earlier in ({"as_victim": 7}, None):
        answer = await product.officer.post(url, body | {"earlier": earlier})
        assert "counted by us" in problem(answer, 422, "not-understood")["detail"]
    first, again = [await product.officer.post(url, body, key) for _ in range(2)]
    assert (first.status_code, first.json()["seq"]) == (201, again.json()["seq"])
    assert (await on_case(product, ref))["victim-1"]["repeat"]["as_victim"] == 0


async def test_what_is_refused_leaves_who_is_on_the_case_as_it_was(product: Product) -> None:
    officer, ref = product.officer, await product.officer.reported(about={})
    before = await on_case(product, ref)
    advocate = {"key": "advocate-1", "part": "advocate", "acts_for": "complainant"}
    told = problem(await officer.fact(ref, "person_joined", **advocate), 409, "advocate-needs-consent")
    assert (told["row"], told["missing"]) == ("advocates", ["who agreed to it"])
    nobody = {"key": "victim-1", "part": "victim", "person": str(uuid4())}
    problem(await officer.fact(ref, "person_joined", **nobody), 422, "person-not-known")
    named = {"key": "john-smith", "part": "victim"}
    problem(await officer.fact(ref, "person_joined", **named), 422, "not-understood")
    problem(await officer.fact(ref, "person_left", key="complainant", why="moved_away"), 409, "complainant-stays")
    assert await on_case(product, ref) == before
    agreed = advocate | {"consent_given_by": "the_person"}
    await officer.recorded(ref, "person_joined", **agreed)
    assert (await on_case(product, ref))["advocate-1"]["acts_for"] == "complainant"


# Similar cases


async def test_an_open_case_about_the_same_people_or_place_is_shown_with_why(product: Product) -> None:
    officer = product.officer
    ref = await officer.reported(
        complainant={"name": "Ms Quentin Marrow", "phone": "01632 960 004", "address": ["4 Larkfield Close"]},
        about={"name": "Tamarind Vale", "address": ["6 Larkfield Close"]},
    )
    await officer.reported(complainant={"name": "Somebody Else", "address": ["14 Larkfield Close"]})
    (found,) = await similar(product, complainant={"name": "marrow, quentin", "phone": "+44 1632 960004"})
    assert (found["ref"], found["open"], found["stage"]) == (ref, True, "reported")
    assert ref in found["advice"]
    assert why(found) == {("name", "complainant", "complainant"), ("contact", "complainant", "complainant")}
    (found,) = await similar(
        product, complainant={"name": "Tamarind Vale", "address": ["6, Larkfield Close, Madeup"]}
    )
    assert why(found) == {("name", "complainant", "about"), ("address", "complainant", "about")}
    assert "The complainant has the same name as the person complained about in that case." in {
        one["words"] for one in found["why"]
    }
    (found,) = await similar(product, place={"address": ["4 Larkfield Cl"]})
    assert why(found) == {("address", "place", "complainant")}
    assert await similar(product, category="noise") == []
    assert await similar(product) == []


async def test_a_case_closed_lately_is_offered_as_the_earlier_one(product: Product) -> None:
    officer = product.officer
    opened = await officer.reported(complainant={"name": "Quentin Marrow"})
    ref = await officer.reported(complainant={"name": "Quentin Marrow"})
    await officer.recorded(ref, "assessed", **assessment())
    await officer.recorded(ref, "case_closed", closing="dealt_with", reasons="Done.")
    found = await similar(product, complainant={"name": "Quentin Marrow"})
    assert [(one["ref"], one["open"]) for one in found] == [(opened, True), (ref, False)]
    assert "follows" in found[1]["advice"]
    follows = await officer.reported(follows=ref)
    assert follows != ref


async def test_people_known_and_whom_they_live_with_are_recognised_without_their_names(product: Product) -> None:
    officer = product.officer
    quentin, housemate = (
        await kept(product),
        await kept(product, name="Robin Other", address=["4 Larkfield Close"]),
    )
    terms = {"address": ["4 Larkfield Close"], "tenure": "secure", "starts": "2020-01-01"}
    living = [{"person": one, "place": "tenant"} for one in (quentin, housemate)]
    assert (await officer.post("/api/tenancies", terms | {"people": living})).status_code == 201
    ref = await officer.reported(complainant={"phone": "01632 960 009"}, about={})
    await officer.recorded(ref, "person_identified", key="perpetrator-1", person=quentin)
    (found,) = await similar(product, people=[quentin])
    assert ("person", "person", "perpetrator") in why(found)
    (found,) = await similar(product, people=[housemate])
    assert ("household", "person", "perpetrator") in why(found)
    (found,) = await similar(product, about={"address": ["4 Larkfield Close, Madeup"]})
    assert ("address", "about", "perpetrator") in why(found)
    problem(await officer.post("/api/reports/similar", {"people": [str(uuid4())]}), 422, "person-not-known")
    problem(await officer.post("/api/reports/similar", {"colour": "x"}), 422, "not-understood")


async def test_what_tells_most_comes_first(product: Product) -> None:
    officer = product.officer
    only_place = await officer.reported(place={"address": ["4 Larkfield Close"]}, category="noise")
    both = await officer.reported(about={"name": "Tamarind Vale", "address": ["4 Larkfield Close"]})
    other_kind = await officer.reported(place={"address": ["4 Larkfield Close"]}, category="vehicles")
    draft = {"about": {"name": "Tamarind Vale", "address": ["4 Larkfield Close"]}, "category": "noise"}

    async def shown() -> Any:
        found = await similar(product, **draft)
        return found if len(found) == 3 else None

    assert [one["ref"] for one in await until(shown)] == [both, only_place, other_kind]


async def test_a_report_as_it_will_be_made_can_be_asked_with(product: Product) -> None:
    """Also with its words: whoever takes it has typed them already."""
    report = {"channel": "phone", "words": "Music.", "reporter": "victim", "complainant": {"name": "Nobody Else"}}
    assert await similar(product, **report) == []
    wrong = await product.officer.post("/api/reports/similar", report | {"colour": "red"})
    assert wrong.status_code == 422
