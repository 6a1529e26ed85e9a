"""Ways round a restriction that were found, and are shut."""

from typing import Any
from uuid import uuid4

from store.relations import is_in_teams
from tests.api.product import Product, problem, report, until
from tests.api.test_api_access import change, listed, restricted, sees


async def emergency(product: Product, ref: str) -> Any:
    nurse = product.as_("officer", "officer-5")
    answer = await nurse.post(f"/api/cases/{ref}/emergency-access", {"words": "He is at her door."})
    assert answer.status_code == 201, answer.text
    return nurse


async def test_emergency_access_is_no_way_to_keep_the_case(product: Product) -> None:
    ref, other = await product.officer.reported(), await product.officer.reported()
    await restricted(product, ref)
    nurse = await emergency(product, ref)
    said = {
        "case_allocated": {"officer": "officer-5"},
        "cover_arranged": {"officer": "officer-5", "until": "2050-01-01"},
        "case_joined": {"into": other, "reasons": "The same."},
    }
    for fact, more in said.items():
        problem(await nurse.fact(ref, fact, **more), 403, "not-yours-to-do")
    link = {"other": other, "tie": "counter_allegation"}
    problem(await nurse.post(f"/api/cases/{ref}/links", link), 403, "not-yours-to-do")
    await nurse.recorded(ref, "contact_made", means="phone", words="She is safe.")
    body = {"fact": "staff_admitted", "who": "officer-5", "words": "Me."}
    problem(await nurse.post(f"/api/cases/{ref}/access", body), 403, "not-yours-to-do")


async def test_nobody_admits_themselves(door: Product, ref: str) -> None:
    await restricted(door, ref)
    manager = door.as_("manager", "manager-3")
    body = {"fact": "staff_admitted", "who": "manager-3", "words": "Me."}
    problem(await manager.post(f"/api/cases/{ref}/access", body), 409, "another-person-must-look")
    body = {"fact": "access_restricted", "why": "need_to_know", "named": ["manager-3"], "words": "Me."}
    problem(await manager.post(f"/api/cases/{ref}/access", body), 409, "another-person-must-look")
    assert await sees(door.supervisor, ref) == 200


async def test_an_officer_shuts_nobody_out_and_data_protection_can_undo_it(door: Product, ref: str) -> None:
    body = {"fact": "conflict_declared", "who": "supervisor-1", "why": "involved", "words": "He is."}
    problem(await door.officer.post(f"/api/cases/{ref}/access", body), 409, "a-supervisor-says-so")
    await change(door.as_("supervisor", "supervisor-9"), ref, "conflict_declared", who="manager-1", why="involved")
    manager = door.as_("manager", "manager-1")
    problem(await manager.get(f"/api/cases/{ref}"), 403, "conflict-of-interest")
    await change(door.as_("data_protection", "dpo-1"), ref, "conflict_ended", who="manager-1")
    assert await sees(manager, ref) == 200


async def test_an_incident_that_becomes_a_case_is_as_shut_as_the_case_on_which_it_was_told(
    product: Product,
) -> None:
    ref = await product.supervisor.reported()
    await restricted(product, ref)
    await change(product.supervisor, ref, "conflict_declared", who="officer-66", why="involved")
    told = {"words": "The caretaker spat at me.", "channel": "phone"}
    key = str(uuid4())
    await product.supervisor.post(f"/api/cases/{ref}/incidents", told, key)

    async def there() -> bool:
        entries = (await product.supervisor.get(f"/api/cases/{ref}/timeline")).json()["entries"]
        return "incident_reported" in {one["fact"] for one in entries}

    await until(there)
    await product.supervisor.recorded(ref, "incident_separated", incident=key, reasons="Another matter.")

    async def separated() -> bool:
        return bool(await listed(product.supervisor) - {ref})

    await until(separated)
    involved = product.as_("officer", "officer-66")
    assert not await listed(involved)
    (other,) = await listed(product.supervisor) - {ref}
    problem(await involved.get(f"/api/cases/{other}"), 403, "conflict-of-interest")


async def test_a_report_that_follows_a_restricted_case_is_as_shut(door: Product, ref: str) -> None:
    await restricted(door, ref)
    heard = (await door.officer.post("/api/reports", report(follows=ref))).json()["ref"]
    problem(await door.officer.get(f"/api/cases/{heard}"), 403, "restricted")
    after = (await door.supervisor.post("/api/reports", report(follows=ref))).json()["ref"]
    problem(await door.officer.get(f"/api/cases/{after}"), 403, "restricted")


async def test_cases_that_are_not_open_to_the_same_people_are_not_joined(product: Product) -> None:
    one, two = await product.supervisor.reported(), await product.supervisor.reported()
    await restricted(product, one)
    refused = await product.supervisor.fact(one, "case_joined", into=two, reasons="The same.")
    told = problem(refused, 409, "cases-not-joinable")
    assert "not open to the same people" in told["detail"]


async def test_whoever_is_connected_with_a_claimed_case_sees_nothing_of_the_review(product: Product) -> None:
    ref = await product.officer.reported()
    await change(product.supervisor, ref, "conflict_declared", who="officer-66", why="involved")
    asker = {"name": "Rowan Example", "email": "rowan@example.org"}
    body = {"asked_by": "victim", "district": "canterbury", "cases": [ref], "words": "No.", "asker": asker}
    asked = await product.public.post("/api/case-reviews", body)
    assert asked.status_code == 201, asked.text
    review = asked.json()["ref"]
    involved = product.as_("officer", "officer-66")
    problem(await involved.get(f"/api/case-reviews/{review}"), 403, "conflict-of-interest")
    assert review not in {one["ref"] for one in (await involved.get("/api/case-reviews")).json()["lines"]}
    assert (await product.officer.get(f"/api/case-reviews/{review}")).status_code == 200


async def test_who_took_the_report_does_not_keep_a_case_that_is_restricted(door: Product) -> None:
    ref = (await door.officer.post("/api/reports", report())).json()["ref"]
    assert await sees(door.officer, ref) == 200
    await restricted(door, ref)
    problem(await door.officer.get(f"/api/cases/{ref}"), 403, "restricted")


async def test_how_often_somebody_was_complained_about_is_not_told_to_themselves(product: Product) -> None:
    boss, involved = product.supervisor, product.as_("officer", "officer-66")
    person = (await boss.post("/api/people", {"name": "Officer Example"})).json()["id"]
    ref = await boss.reported()
    await boss.recorded(ref, "person_joined", key="perpetrator-1", part="perpetrator", person=person)
    await change(boss, ref, "conflict_declared", who="officer-66", why="involved")
    own = await involved.reported()
    added = {"key": "witness-1", "part": "witness", "person": person}
    await involved.recorded(own, "person_joined", **added)
    entries = (await involved.get(f"/api/cases/{own}/timeline")).json()["entries"]
    told = next(one["content"] for one in entries if one["fact"] == "person_joined")
    assert not (told["earlier"] or {}).get("as_perpetrator")


async def test_what_was_said_of_colleagues_is_not_for_every_officer(door: Product, ref: str) -> None:
    await change(
        door.supervisor, ref, "conflict_declared", who="officer-4", why="lives_there", words="At 4 Elm Row."
    )
    seen = (await door.officer.get(f"/api/cases/{ref}/access")).json()["history"]
    assert "At 4 Elm Row." not in str(seen)
    assert "At 4 Elm Row." in str((await door.supervisor.get(f"/api/cases/{ref}/access")).json()["history"])


async def test_a_restricted_case_is_given_by_a_supervisor(product: Product) -> None:
    ref = await product.officer.reported()
    await product.supervisor.recorded(ref, "case_allocated", officer="officer-1")
    async with product.resources.store.writing() as db:
        await is_in_teams(db, "officer-1", ["north"])
    await restricted(product, ref)
    told = problem(
        await product.officer.fact(ref, "case_allocated", officer="officer-2"), 409, "a-supervisor-says-so"
    )
    assert told["row"] == "information-sharing"
