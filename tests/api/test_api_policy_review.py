"""The policy's own review over HTTP: who may say what of it, and among whose tasks it stands."""

from datetime import UTC, datetime, timedelta
from typing import Any

from activities.noticing import Noticed, Noticer
from policy.own_review.file import years_after
from policy.working_days import london_day
from store.sessions import Store
from tests.api.product import Caller, Product, problem

LONG_AGO = "2026-03-02T10:00:00Z"
DAY = timedelta(days=1)
OVERDUE = "2018-03-23T17:00:00Z"


async def told(whose: Caller, fact: str, **said: Any) -> Any:
    return await whose.post("/api/policy-review/facts", {"fact": fact, **said})


async def owed(whose: Caller, row: str) -> list[str]:
    tasks = await whose.tasks()
    return [task["key"] for task in tasks if task["row"] == row]


async def test_a_review_that_nobody_held_is_noticed_though_nobody_looks_and_goes_up_to_managers(
    product: Product, working_store: Store
) -> None:
    team, manager = product.as_("community_safety"), product.as_("manager")
    assert (await product.officer.get("/api/policy-review")).json()["due"]["due"] == OVERDUE
    assert await owed(team, "policy-review") == []
    noticer = Noticer(working_store, {})
    assert [(await noticer.policy_review(Noticed(at=datetime.now(UTC)))).number for _ in "12"] == [2, 0]
    assert await owed(team, "policy-review") == ["policy-review"]
    assert await owed(manager, "policy-review") == ["escalation:policy-review"]
    assert await owed(product.officer, "policy-review") == []
    body = (await product.officer.get("/api/policy-review")).json()
    assert [one["fact"] for one in body["history"]] == ["policy_review_reminded", "deadline_missed"]
    answer = await told(team, "policy_reviewed", came_of_it="unchanged", words="It says what we do.")
    assert answer.status_code == 201, answer.text
    assert await owed(team, "policy-review") == await owed(manager, "policy-review") == []
    due = datetime.fromisoformat((await team.get("/api/policy-review")).json()["due"]["due"])
    assert london_day(due) == years_after(london_day(datetime.now(UTC)), 3)


async def test_who_may_say_what_of_it(product: Product) -> None:
    forward = {"to": (london_day(datetime.now(UTC)) + 30 * DAY).isoformat(), "reasons": "A new Act."}
    problem(await told(product.officer, "policy_review_brought_forward", **forward), 403, "not-yours-to-do")
    why = problem(
        await told(product.supervisor, "policy_review_brought_forward", **forward),
        409,
        "review-only-comes-forward",
    )
    assert "Friday 23 March 2018" in why["detail"]
    owner = {"owner": "leader-2", "role": "supervisor"}
    problem(await told(product.supervisor, "policy_review_owner_named", **owner), 403, "not-yours-to-do")
    assert (await told(product.as_("manager"), "policy_review_owner_named", **owner)).status_code == 201
    problem(await told(product.as_("manager"), "policy_review_reminded"), 422, "not-understood")
    problem(await product.as_("solicitor").get("/api/policy-review"), 403, "not-yours-to-do")
    body = (await product.officer.get("/api/policy-review")).json()
    assert (body["owner"], body["owned_by"], len(body["history"])) == ("leader-2", "supervisor", 1)


async def test_a_missed_inspection_is_a_supervisor_s_task_from_the_next_morning_until_it_is_made(
    product: Product, working_store: Store
) -> None:
    listed = {"name": "Invented Court", "at": LONG_AGO, "every_working_days": 5, "officer": "officer-9"}
    place = (await product.officer.post("/api/places", listed)).json()["id"]
    assert await owed(product.supervisor, "review-meetings") == []
    noticer, now = Noticer(working_store, {}), datetime.now(UTC)
    assert [(await noticer.inspections(Noticed(at=now))).number for _ in "12"] == [1, 0]
    assert await owed(product.supervisor, "estate-inspections") == ["escalation:inspection"]
    assert await owed(product.officer, "estate-inspections") == ["inspection"]
    inspected = {"fact": "place_inspected", "words": "Walked round."}
    assert (await product.officer.post(f"/api/places/{place}/facts", inspected)).status_code == 201
    assert await owed(product.supervisor, "estate-inspections") == []
    counts = (await product.officer.get("/api/inspections/counts")).json()
    assert {name: number for name, number in counts.items() if number} == {"late": 1, "to_come": 1}
