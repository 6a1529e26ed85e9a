"""A case as an officer reads it beside its deadlines: the plan, who covers, what moved, what was told before."""

from datetime import UTC, datetime, timedelta
from typing import Any

from policy.working_days import london_day
from store import recording
from tests.api.product import Product, assessment

TODAY = london_day(datetime.now(UTC))


async def case_of(product: Product, ref: str) -> Any:
    answer = await product.officer.get(f"/api/cases/{ref}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def officers_tasks(product: Product, officer: str) -> set[str]:
    tasks = (await product.officer.get("/api/tasks", officer=officer)).json()["tasks"]
    return {task["key"] for task in tasks}


async def test_the_plan_and_the_promises_of_a_case_can_be_read_in_words(product: Product) -> None:
    officer = product.officer
    ref = await officer.reported()
    await officer.recorded(ref, "case_allocated", officer="officer-1")
    day = (TODAY + timedelta(days=7)).isoformat()
    await officer.recorded(ref, "action_planned", words="Talk to him.", by_when=day, agreed=True)
    await officer.recorded(ref, "promise_made", words="We ring on Tuesday.", owner="officer-9")
    plan = (await case_of(product, ref))["plan"]
    (action,), (promise,) = plan["actions"], plan["promises"]
    assert (action["words"], action["owner"], action["agreed"]) == ("Talk to him.", "officer-1", True)
    assert (action["state"], action["day_agreed"]) == ("open", day)
    assert action["due"].startswith(day)
    assert (promise["words"], promise["owner"]) == ("We ring on Tuesday.", "officer-9")
    await officer.recorded(ref, "action_done", matter=action["key"], words="He listened.")
    (action,) = (await case_of(product, ref))["plan"]["actions"]
    assert (action["state"], action["said"], action["due"]) == ("done", "He listened.", None)


async def test_tasks_of_one_wording_on_one_case_say_which_matter_they_are_about(product: Product) -> None:
    officer = product.officer
    ref = await officer.reported()
    await officer.recorded(ref, "case_allocated", officer="officer-1")
    for words in ("Talk to him.", "Mend the door."):
        await officer.recorded(ref, "action_planned", words=words)
    told = await officer.get("/api/tasks", officer="officer-1")
    matters = [task["matter"] for task in told.json()["tasks"] if task["key"].startswith("action-")]
    planned = {one["key"]: one for one in (await case_of(product, ref))["plan"]["actions"]}
    assert {matter["key"] for matter in matters} == set(planned)
    assert len(matters) == 2
    for matter in matters:
        assert datetime.fromisoformat(matter["since"]) == datetime.fromisoformat(
            planned[matter["key"]]["begun_at"]
        )
    assert "Talk to him" not in told.text, "words stand on the case"
    (first,) = [task for task in told.json()["tasks"] if task["key"] == "first-contact"]
    assert first["matter"] is None


async def test_while_an_officer_is_away_their_tasks_are_the_cover_s_and_no_others(product: Product) -> None:
    officer = product.officer
    ref = await officer.reported()
    await officer.recorded(ref, "case_allocated", officer="officer-1")
    await officer.recorded(ref, "promise_made", words="We ring.", owner="officer-9")
    before = await officers_tasks(product, "officer-1")
    assert {"first-contact", "assessment"} <= before
    until = (TODAY + timedelta(days=7)).isoformat()
    await officer.recorded(ref, "cover_arranged", officer="officer-2", until=until)
    assert await officers_tasks(product, "officer-2") == before
    assert await officers_tasks(product, "officer-1") == set()
    assert len(await officers_tasks(product, "officer-9")) == 1
    assert (await case_of(product, ref))["standing"]["cover"] == {"officer": "officer-2", "until": until}
    async with product.records.writing() as db:
        await recording.rebuild(db, ref)
    assert await officers_tasks(product, "officer-2") == before


async def test_cover_ends_with_its_day(product: Product) -> None:
    officer = product.officer
    ref = await officer.reported(at=(datetime.now(UTC) - timedelta(days=3)).isoformat())
    await officer.recorded(ref, "case_allocated", officer="officer-1")
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    two_days_ago = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    await officer.recorded(ref, "cover_arranged", officer="officer-2", until=yesterday, at=two_days_ago)
    assert await officers_tasks(product, "officer-2") == set()
    assert "first-contact" in await officers_tasks(product, "officer-1")


async def test_a_case_shows_what_moved_where_to_and_by_what(product: Product) -> None:
    ref = await product.officer.reported()
    await product.officer.recorded(
        ref, "hate_perceived", hate={"strands": ["race"], "perceived_by": "victim"}, words="So."
    )
    (moved,) = [line for line in (await case_of(product, ref))["ledger"] if line["ending"] == "moved"]
    (review,) = [d for d in (await case_of(product, ref))["standing"]["deadlines"] if d["key"] == "review"]
    assert (moved["key"], moved["ended_by"]) == ("review", "hate_perceived")
    assert moved["moved_to"] == review["due"]
    assert moved["due"] > review["due"]


async def test_excluded_conduct_that_comes_back_brings_the_earlier_reports_with_it(product: Product) -> None:
    officer = product.officer
    first = await officer.reported()
    ref = await officer.reported(follows=first)
    await officer.recorded(ref, "assessed", **assessment(limb=None, exclusion="one_off"))
    assert (await case_of(product, ref))["earlier_reports"] == []
    for _ in range(2):
        told = await officer.post(f"/api/cases/{ref}/incidents", {"channel": "phone", "words": "Again."})
        assert told.status_code == 202
    await officer.recorded(ref, "contact_attempted", means="phone", words="No answer.")
    earlier = (await case_of(product, ref))["earlier_reports"]
    assert [report["case_ref"] for report in earlier] == [first, ref, ref, ref]
    assert len({report["fact_id"] for report in earlier}) == 4


async def test_what_help_may_be_offered_depends_on_the_kind_of_case(product: Product) -> None:
    noise = {each["key"] for each in (await case_of(product, await product.officer.reported()))["signposts"]}
    assert "council_noise_team" in noise
    assert "true_vision" not in noise
