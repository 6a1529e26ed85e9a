"""Restricted cases: which there are, that a joined case is as shut, and that a refusal tells nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from policy.access.facts import ACCESS_FACTS
from store.access import case_access
from store.journal import journal
from store.sessions import Store, Viewer
from tests.api.product import Caller, Product, problem, report, until
from tests.api.test_api_access import change, restricted, sees
from tests.api.test_api_access_hostile import emergency
from tests.api.two_cases import joined


async def restrictions(by: Caller) -> dict[str, dict[str, Any]]:
    found, cursor = dict[str, dict[str, Any]](), None
    while True:
        answer = await by.get("/api/restricted-cases", limit=2, **({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found |= {one["ref"]: one for one in page["cases"]}
        if (cursor := page["next"]) is None:
            return found


async def test_managers_and_the_data_protection_officer_see_which_cases_are_restricted(door: Product) -> None:
    refs = [(await door.public.post("/api/reports", report())).json()["ref"] for _ in range(3)]
    for ref in refs[:2]:
        await restricted(door, ref, "supervisor-1", "officer-7")
    await change(door.supervisor, refs[2], "access_restricted", why="need_to_know", named=["officer-7"])
    manager = door.as_("manager", "manager-1")
    for by in (manager, door.as_("data_protection", "dpo-1")):
        found = await restrictions(by)
        assert set(refs) <= set(found)
        assert found[refs[2]] == {
            "ref": refs[2],
            "stage": "reported",
            "officer": None,
            "restricted": "need_to_know",
            "restricted_by": "supervisor-1",
            "admitted": ["officer-7"],
            "owed": True,
        }
        assert found[refs[0]]["owed"] is False
    await change(door.supervisor, refs[0], "conflict_declared", who="manager-1", why="involved")
    assert refs[0] not in await restrictions(manager)
    await change(door.supervisor, refs[1], "access_opened")
    assert refs[1] not in await restrictions(manager)
    problem(await manager.get("/api/restricted-cases", cursor="CW-1"), 422, "not-understood")


async def test_a_name_that_nobody_has_used_here_is_pointed_out_and_the_restriction_holds(
    door: Product, ref: str
) -> None:
    await sees(door.as_("officer", "officer-seen"), ref)
    named = ["officer-seen", "offcer-mistyped"]
    told = await change(door.supervisor, ref, "access_restricted", why="need_to_know", named=named)
    assert told["never_here"] == ["offcer-mistyped"]
    problem(await door.as_("officer", "officer-8").get(f"/api/cases/{ref}"), 403, "restricted")
    assert (await change(door.as_("manager"), ref, "restriction_reviewed", agreed=True))["never_here"] == []


async def test_what_is_shut_on_a_case_is_shut_on_those_that_are_joined_with_it(product: Product) -> None:
    into, one, two = [await product.officer.reported() for _ in range(3)]
    await joined(product, one, into)
    await joined(product, two, into)
    await change(product.supervisor, one, "access_restricted", why="staff_involved", named=["supervisor-1"])
    await change(product.supervisor, two, "conflict_declared", who="manager-1", why="involved")
    for ref in (into, one, two):
        problem(await product.officer.get(f"/api/cases/{ref}"), 403, "restricted")
        problem(await product.as_("manager", "manager-1").get(f"/api/cases/{ref}"), 403, "conflict-of-interest")
        assert await sees(product.supervisor, ref) == 200
    await emergency(product, into)
    problem(await product.as_("officer", "officer-5").get(f"/api/cases/{one}"), 403, "restricted")
    await change(product.supervisor, into, "access_opened")
    assert {await sees(product.officer, ref) for ref in (into, one, two)} == {200}
    await product.supervisor.recorded(two, "case_separated", reasons="Another matter.")
    await change(product.supervisor, into, "access_restricted", why="staff_involved", named=["supervisor-1"])
    assert await sees(product.officer, two) == 200
    problem(await product.officer.get(f"/api/cases/{one}"), 403, "restricted")


async def test_who_may_see_it_now_is_answered_at_once(door: Product, ref: str) -> None:
    named = ["supervisor-1", "officer-7"]
    told = await change(door.supervisor, ref, "access_restricted", why="need_to_know", named=named)
    assert (told["open_to"], told["until"]) == (named, None)
    taken = await door.officer.post(f"/api/cases/{ref}/emergency-access", {"words": "He is at her door."})
    lasts = datetime.fromisoformat(taken.json()["until"]) - datetime.now(UTC)
    assert timedelta(hours=7) < lasts <= timedelta(hours=8)
    again = await door.officer.post(f"/api/cases/{ref}/emergency-access", {"words": "Still."})
    assert problem(again, 403, "not-yours-to-do")["detail"] == "This case is open to you already."
    shut = problem(await door.as_("officer", "officer-8").get(f"/api/cases/{ref}"), 403, "restricted")
    assert "Ask a manager, or whoever leads its team, to admit you." in shut["detail"]
    assert (await change(door.supervisor, ref, "access_opened"))["open_to"] is None


async def test_the_data_protection_officer_is_not_told_that_an_open_case_is_restricted(
    door: Product, ref: str
) -> None:
    told = problem(await door.as_("data_protection", "dpo-1").get(f"/api/cases/{ref}"), 403, "not-yours-to-do")
    assert told["detail"].startswith("Your role does not read cases.")


async def test_what_is_told_of_a_restricted_case_is_taken_from_whoever_hears_it(product: Product) -> None:
    ref = await product.officer.reported()
    await restricted(product, ref)
    outsider = product.as_("officer", "officer-8")
    told = {"channel": "phone", "words": "It happened again. She rang the wrong desk."}
    taken = await outsider.post(f"/api/cases/{ref}/incidents", told)
    assert (taken.status_code, taken.json()["ref"]) == (202, ref)
    problem(await outsider.get(f"/api/cases/{ref}"), 403, "restricted")

    async def there() -> bool:
        entries = (await product.supervisor.get(f"/api/cases/{ref}/timeline")).json()["entries"]
        return "incident_reported" in {one["fact"] for one in entries}

    await until(there)
    await change(product.supervisor, ref, "conflict_declared", who="officer-8", why="involved")
    problem(await outsider.post(f"/api/cases/{ref}/incidents", told), 403, "conflict-of-interest")


async def test_a_refusal_does_not_tell_what_there_is_beside_a_restricted_case(door: Product, ref: str) -> None:
    await restricted(door, ref)
    for path in ("legal-actions", "referrals"):
        problem(await door.officer.get(f"/api/{path}/{ref}-1"), 403, "restricted")
        problem(await door.supervisor.get(f"/api/{path}/{ref}-1"), 404, "not-found")
    protection = door.as_("data_protection", "dpo-1")
    seen = (await protection.get("/api/lookings", about=f"{ref}-1")).json()["lookings"]
    assert {(one["who"], one["what"]) for one in seen} == {("officer-1", "turned_away")}


async def test_community_safety_sees_domestic_abuse_only_where_they_are_admitted(product: Product) -> None:
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "domestic_abuse_recognised", words="She told me.")
    safety = product.as_("community_safety", "safety-1")
    problem(await safety.get(f"/api/cases/{ref}"), 403, "restricted")
    await change(product.supervisor, ref, "staff_admitted", who="safety-1")
    assert await sees(safety, ref) == 200


@pytest.mark.parametrize("sees_them", [True, False])
async def test_who_may_see_a_case_is_shown_to_those_who_may_see_it(
    door: Product, ref: str, sees_them: bool
) -> None:
    await restricted(door, ref)
    shown = door.resources.store.seen_by(
        Viewer("supervisor-1" if sees_them else "officer-1", (), ("mine", "team"))
    )
    async with shown.reading() as db:
        held = await db.connection.scalar(select(case_access.c.id).where(case_access.c.case_ref == ref))
    async with door.records.reading() as db:
        id_ = await db.connection.scalar(select(case_access.c.id).where(case_access.c.case_ref == ref))
    assert id_ is not None
    assert held == (id_ if sees_them else None)
    count = select(func.count()).where(journal.c.about == id_)
    async with shown.reading() as db:
        assert await db.connection.scalar(count) == (2 if sees_them else 0)


async def test_the_journal_s_policy_knows_every_fact_of_access(store: Store) -> None:
    async with store.reading() as db:
        policy = await db.connection.scalar(
            text("SELECT qual FROM pg_policies WHERE tablename = 'journal' AND policyname = 'recorded'")
        )
    for kind in ACCESS_FACTS.__args__:
        assert f"'{kind.model_fields['fact'].default}'" in policy


async def test_a_review_that_names_a_restricted_case_is_as_shut_as_the_case(product: Product) -> None:
    ref = await product.supervisor.reported()
    await restricted(product, ref)
    asker = {"name": "Robin Example", "email": "robin@example.org"}
    body = {
        "asked_by": "victim",
        "district": "canterbury",
        "cases": [ref, "CW-2020-000001"],
        "words": "No.",
        "asker": asker,
    }
    review = (await product.public.post("/api/case-reviews", body)).json()["ref"]
    outsider = product.as_("officer", "officer-77")
    for path in ("", "/timeline", "/threshold"):
        problem(await outsider.get(f"/api/case-reviews/{review}{path}"), 403, "restricted")
    assert review not in {one["ref"] for one in (await outsider.get("/api/case-reviews")).json()["lines"]}
    assert review not in {task["about"] for task in await outsider.tasks()}
    assert (await product.supervisor.get(f"/api/case-reviews/{review}")).status_code == 200
    assert review in {one["ref"] for one in (await product.supervisor.get("/api/case-reviews")).json()["lines"]}


async def test_nobody_hides_a_review_by_naming_cases_that_are_shut_to_different_people(product: Product) -> None:
    refs = [await product.supervisor.reported() for _ in range(3)]
    await restricted(product, refs[0], "supervisor-1")
    await restricted(product, refs[1], "officer-7")
    asker = {"name": "Robin Example", "email": "robin@example.org"}
    body = {"asked_by": "victim", "district": "canterbury", "cases": refs[:2], "words": "No.", "asker": asker}
    review = (await product.public.post("/api/case-reviews", body)).json()["ref"]
    for by in (product.supervisor, product.as_("officer", "officer-7")):
        assert (await by.get(f"/api/case-reviews/{review}")).status_code == 200
        assert review in {one["ref"] for one in (await by.get("/api/case-reviews")).json()["lines"]}
    outsider = product.as_("officer", "officer-8")
    problem(await outsider.get(f"/api/case-reviews/{review}"), 403, "restricted")
    assert review not in {one["ref"] for one in (await outsider.get("/api/case-reviews")).json()["lines"]}
    brought = {"fact": "case_brought_in", "case": refs[2]}
    answer = await product.supervisor.post(f"/api/case-reviews/{review}/facts", brought)
    assert answer.status_code == 201, answer.text
    problem(await outsider.get(f"/api/case-reviews/{review}"), 403, "restricted")
    await change(product.supervisor, refs[0], "conflict_declared", who="officer-7", why="involved")
    problem(
        await product.as_("officer", "officer-7").get(f"/api/case-reviews/{review}"), 403, "conflict-of-interest"
    )


async def test_nobody_opens_a_case_to_themselves_by_one_that_is_joined_with_it(product: Product) -> None:
    into, ref = [await product.officer.reported() for _ in range(2)]
    await joined(product, ref, into)
    await product.officer.recorded(into, "domestic_abuse_recognised", words="She told me.")
    await product.supervisor.recorded(into, "case_allocated", officer="officer-3")
    stranger = product.as_("supervisor", "supervisor-3")
    problem(await stranger.get(f"/api/cases/{into}"), 403, "restricted")
    body = {"fact": "access_restricted", "why": "need_to_know", "named": ["supervisor-3"], "words": "Me."}
    problem(await stranger.post(f"/api/cases/{ref}/access", body), 403, "restricted")
    manager = product.as_("manager", "manager-3")
    for one in (ref, into):
        refused = await manager.post(f"/api/cases/{one}/access", body | {"named": ["manager-3"]})
        problem(refused, 409, "another-person-must-look")
    problem(await manager.get(f"/api/cases/{into}"), 403, "restricted")
    connected = {"fact": "conflict_declared", "why": "lives_there", "words": "Next door."}
    assert (await stranger.post(f"/api/cases/{ref}/access", connected)).status_code == 201
    problem(await stranger.get(f"/api/cases/{into}"), 403, "conflict-of-interest")
