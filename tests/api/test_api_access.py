"""Who may see a case: restrictions, conflicts of interest and emergency access, over the real API."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from store.relations import is_in_teams
from tests.api.product import Caller, Product, problem, report, until


async def change(by: Caller, ref: str, fact: str, status: int = 201, **said: Any) -> dict[str, Any]:
    answer = await by.post(f"/api/cases/{ref}/access", {"fact": fact, "words": "As told."} | said)
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def sees(by: Caller, ref: str) -> int:
    return (await by.get(f"/api/cases/{ref}")).status_code


async def listed(by: Caller) -> set[str]:
    return {row["ref"] for row in (await by.get("/api/cases", limit=200)).json()["cases"]}


async def restricted(door: Product, ref: str, *named: str) -> None:
    """And looked at, so that nothing is owed about it."""
    await change(door.supervisor, ref, "access_restricted", why="staff_involved", named=named or ("supervisor-1",))
    assert await owed(door.as_("manager", "manager-1"), ref) == ["restriction-review"]
    await change(door.as_("manager", "manager-1"), ref, "restriction_reviewed", agreed=True)


async def owed(by: Caller, ref: str) -> list[str]:
    tasks = await by.tasks()
    return [task["key"].partition(":")[0] for task in tasks if task["about"] == ref]


async def test_a_restricted_case_is_for_those_named_and_nobody_else(door: Product, ref: str) -> None:
    await restricted(door, ref, "officer-7", "supervisor-1")
    assert await sees(door.as_("officer", "officer-7"), ref) == 200
    assert await sees(door.supervisor, ref) == 200
    for other in (door.officer, door.as_("supervisor", "supervisor-2"), door.as_("manager")):
        problem(await other.get(f"/api/cases/{ref}"), 403, "restricted")
        problem(await other.fact(ref, "contact_made", means="phone", words="Rang."), 403, "restricted")
        assert ref not in await listed(other)
    assert ref in await listed(door.supervisor)


async def test_an_officer_restricts_nothing_and_says_of_themselves_that_they_live_there(
    door: Product, ref: str
) -> None:
    body = {"fact": "access_restricted", "why": "need_to_know", "named": ["officer-1"], "words": "Mine."}
    problem(await door.officer.post(f"/api/cases/{ref}/access", body), 403, "not-yours-to-do")
    await change(door.officer, ref, "conflict_declared", why="lives_there")
    problem(await door.officer.get(f"/api/cases/{ref}"), 403, "conflict-of-interest")
    problem(
        await door.officer.post(f"/api/cases/{ref}/emergency-access", {"words": "x"}), 403, "conflict-of-interest"
    )
    assert ref not in await listed(door.officer)
    assert await sees(door.as_("officer", "officer-2"), ref) == 200


async def test_emergency_access_is_given_at_once_told_to_a_manager_and_reviewed_by_somebody_else(
    door: Product, ref: str
) -> None:
    await restricted(door, ref)
    nurse, manager = door.as_("officer", "officer-5"), door.as_("manager", "manager-1")
    problem(await nurse.get(f"/api/cases/{ref}"), 403, "restricted")
    taken = await nurse.post(f"/api/cases/{ref}/emergency-access", {"words": "He is at her door."})
    assert taken.status_code == 201, taken.text
    assert await sees(nurse, ref) == 200
    assert await owed(manager, ref) == ["emergency-review"]
    told = (await manager.get(f"/api/cases/{ref}/access")).json()
    assert told["history"][-1]["content"]["words"] == "He is at her door."
    assert told["relation"] == "restricted"
    id_ = taken.json()["fact_id"]
    await change(manager, ref, "emergency_access_reviewed", taken=id_, justified=False)
    problem(await nurse.get(f"/api/cases/{ref}"), 403, "restricted")
    assert await owed(manager, ref) == []


async def test_it_ends_by_itself_after_its_hours(door: Product, ref: str) -> None:
    await restricted(door, ref)
    nurse = door.as_("officer", "officer-5")
    await nurse.post(f"/api/cases/{ref}/emergency-access", {"words": "He is at her door."})
    until = (await door.as_("manager").get(f"/api/cases/{ref}/access")).json()["emergencies"]
    lasts = datetime.fromisoformat(next(iter(until.values()))["until"]) - datetime.now(UTC)
    assert timedelta(hours=7, minutes=59) < lasts <= timedelta(hours=8)


async def test_what_is_open_to_somebody_needs_no_emergency(door: Product, ref: str) -> None:
    answer = await door.officer.post(f"/api/cases/{ref}/emergency-access", {"words": "He is at her door."})
    problem(answer, 403, "not-yours-to-do")


async def test_the_same_key_changes_it_once(door: Product, ref: str) -> None:
    key = "0d8e6a5e-4b53-4b0e-9d0e-1f0f5d5d2b81"
    body = {"fact": "conflict_declared", "who": "officer-8", "why": "involved", "words": "As told."}
    first = await door.supervisor.post(f"/api/cases/{ref}/access", body, key)
    again = await door.supervisor.post(f"/api/cases/{ref}/access", body, key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    other = await door.supervisor.post(f"/api/cases/{ref}/access", body | {"words": "Else."}, key)
    problem(other, 409, "key-used-for-another-body")
    problem(await door.supervisor.post(f"/api/cases/{ref}/access", body), 409, "already-connected")


@pytest.mark.parametrize("ref", ["CW-2026-999999", "CW-1"])
async def test_there_is_nothing_to_say_of_a_case_that_there_is_not(door: Product, ref: str) -> None:
    body = {"fact": "conflict_declared", "why": "involved", "words": "As told."}
    problem(await door.officer.post(f"/api/cases/{ref}/access", body), 404, "case-not-found")
    problem(await door.officer.get(f"/api/cases/{ref}/access"), 404, "case-not-found")


async def test_a_case_of_domestic_abuse_is_for_its_officer_and_those_who_lead(product: Product) -> None:
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "domestic_abuse_recognised", words="She told me.")
    other = product.as_("officer", "officer-2", teams=["north"])
    assert await sees(product.officer, ref) == 200, "who took the report goes on until it is given to somebody"
    problem(await other.get(f"/api/cases/{ref}"), 403, "restricted")
    await product.supervisor.recorded(ref, "case_allocated", officer="officer-3")
    problem(await product.officer.get(f"/api/cases/{ref}"), 403, "restricted")
    assert await sees(product.as_("officer", "officer-3"), ref) == 200
    assert await sees(product.supervisor, ref) == 200, "whoever gave it to its officer"
    assert ref in await listed(product.supervisor)
    boss = product.as_("supervisor", "supervisor-2")
    problem(await boss.get(f"/api/cases/{ref}"), 403, "restricted")
    async with product.resources.store.writing() as db:
        await is_in_teams(db, "officer-3", ["north"])
    assert await sees(product.as_("supervisor", "supervisor-2", teams=["north"]), ref) == 200
    await product.as_("supervisor", "supervisor-2", teams=["north"]).recorded(
        ref, "case_allocated", officer="officer-4"
    )
    problem(await product.supervisor.get(f"/api/cases/{ref}"), 403, "restricted")


async def test_an_officer_who_gives_a_case_of_domestic_abuse_away_sees_it_no_more(product: Product) -> None:
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "domestic_abuse_recognised", words="She told me.")
    await product.officer.recorded(ref, "case_allocated", officer="officer-3")
    problem(await product.officer.get(f"/api/cases/{ref}"), 403, "restricted")
    assert ref not in await listed(product.officer)


async def test_what_is_owed_on_a_case_that_no_officer_has_is_on_a_supervisor_s_list_at_once(
    product: Product,
) -> None:
    boss = product.supervisor
    ref = await product.public.reported(domestic_abuse=True, complainant={"phone": "01632 960001"})
    await until(lambda: _settled(product, ref))
    now = await owed(boss, ref)
    assert now[0] == "allocation"
    assert {"specialist-help", "legal-options", "first-contact", "assessment"} <= set(now)
    assert await owed(product.officer, ref) == []
    await boss.recorded(ref, "case_allocated", officer="officer-3")
    assert await owed(boss, ref) == ["review"]
    assert "specialist-help" in await owed(product.as_("officer", "officer-3"), ref)


async def _settled(product: Product, ref: str) -> bool:
    return (await product.supervisor.get(f"/api/cases/{ref}")).status_code == 200


async def test_whoever_of_the_officers_took_the_report_has_its_tasks_until_it_is_given_to_another(
    product: Product,
) -> None:
    ref = await product.officer.reported()
    for officer in ("officer-1", "officer-3"):
        tasks = await product.officer.tasks(officer=officer)
        found = {task["key"] for task in tasks if task["about"] == ref}
        assert ("first-contact" in found) is (officer == "officer-1")
    assert await owed(product.supervisor, ref) == ["review"]
    await product.supervisor.recorded(ref, "case_allocated", officer="officer-3")
    tasks = await product.officer.tasks(officer="officer-1")
    assert ref not in {task["about"] for task in tasks}


async def test_whoever_is_connected_is_not_given_the_case_and_whoever_has_it_must_give_it_up(
    product: Product,
) -> None:
    boss = product.supervisor
    ref = await product.officer.reported()
    await boss.recorded(ref, "case_allocated", officer="officer-1")
    await change(product.officer, ref, "conflict_declared", why="knows_somebody")
    assert "another-officer" in await owed(boss, ref)
    refused = problem(await boss.fact(ref, "case_allocated", officer="officer-1"), 409, "connected-with-the-case")
    assert refused["row"] == "information-sharing"
    await boss.recorded(ref, "case_allocated", officer="officer-2")
    assert "another-officer" not in await owed(boss, ref)


async def test_two_cases_are_linked_and_joined_by_who_may_record_on_both(product: Product) -> None:
    one = await product.officer.reported()
    two = (await product.public.post("/api/reports", report())).json()["ref"]
    await restricted(product, two)
    link = {"other": two, "tie": "counter_allegation"}
    problem(await product.officer.post(f"/api/cases/{one}/links", link), 403, "restricted")
    joined = await product.officer.fact(one, "case_joined", into=two, reasons="The same.")
    problem(joined, 403, "restricted")


async def test_a_review_is_asked_for_about_cases_that_one_sees(door: Product, ref: str) -> None:
    await restricted(door, ref)
    body = {"asked_by": "victim", "district": "sevenoaks", "cases": [ref], "words": "Nothing is done."}
    told = problem(await door.officer.post("/api/case-reviews", body), 422, "case-not-known")
    assert told["detail"] == f"There is no case {ref}."
