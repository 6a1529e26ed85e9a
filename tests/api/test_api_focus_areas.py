"""focus-areas, trends-yearly, campaign-outcomes: decided on by people, followed in their place, year on year."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from activities.focusing import Focusing
from activities.noticing import Noticed, Noticer
from policy.trends.years import same_months
from policy.working_days import LONDON, london_day
from runtime.settings import Settings
from store.sessions import Store
from tests.api.product import Caller, Product, problem, serving
from tests.store.new_cases import Some, a_cluster, a_past, there_were

TODAY = london_day(datetime.now(UTC))
WARDS = [f"Ward {number}" for number in range(20)]
DAY = timedelta(days=1)


@pytest.fixture
async def own(settings: Settings) -> AsyncIterator[Product]:
    """With a register of its own: three years of it, and a cluster of late."""
    async with serving(settings) as product:
        await there_were(product.records, [*a_past(TODAY, WARDS, 20), a_cluster(TODAY, "Ward 3", 40)])
        yield product


async def proposed(own: Product, days_ago: int = 0) -> str:
    """At this hour in London, so that it is so many days ago whenever the clocks changed."""
    await Focusing(own.records, {}).look(datetime.now(LONDON) - days_ago * DAY)
    (area,) = (await own.as_("community_safety").get("/api/focus-areas")).json()["areas"]
    id_: str = area["id"]
    return id_


async def told(who: Caller, area: str, fact: str, **said: Any) -> None:
    answer = await who.post(f"/api/focus-areas/{area}/facts", {"fact": fact} | said)
    assert answer.status_code == 201, answer.text


async def the_area(who: Caller, area: str) -> dict[str, Any]:
    answer = await who.get(f"/api/focus-areas/{area}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def owed(who: Caller, area: str, **wanted: Any) -> list[tuple[str, str, str | None]]:
    tasks = await who.tasks(**wanted)
    return [(one["key"], one["place"], one["officer"]) for one in tasks if one["about"] == area]


async def test_a_proposal_is_decided_on_by_whoever_leads_and_stands_among_their_tasks(own: Product) -> None:
    area, safety = await proposed(own), own.as_("community_safety")
    assert await owed(safety, area) == [("focus-decision", "Ward 3", None)]
    assert not await owed(own.officer, area)
    found = await the_area(own.officer, area)
    assert (found["area"]["state"], found["area"]["numbers"]["observed"], found["since"]) == ("proposed", 44, None)
    yes = {"fact": "focus_area_accepted", "words": "We walk there.", "owner": "officer-1"}
    problem(await own.officer.post(f"/api/focus-areas/{area}/facts", yes), 403, "not-yours-to-do")
    await told(safety, area, **yes)
    assert await owed(safety, area) == [("focus-review", "Ward 3", "officer-1")]
    assert await owed(own.officer, area, officer="officer-1") == [("focus-review", "Ward 3", "officer-1")]
    assert not await owed(own.officer, area, officer="officer-2")
    problem(await safety.post(f"/api/focus-areas/{area}/facts", yes), 409, "focus-area-is-decided")
    await told(own.officer, area, "focus_area_reviewed", words="Quieter.", owner="officer-2")
    assert await owed(own.officer, area, officer="officer-2") == [("focus-review", "Ward 3", "officer-2")]
    await told(own.supervisor, area, "focus_area_ended", result="quieter", words="Nothing since May.")
    assert not await owed(safety, area)
    history = (await the_area(safety, area))["history"]
    assert [one["fact"].removeprefix("focus_area_") for one in history] == [
        "proposed",
        "accepted",
        "reviewed",
        "ended",
    ]


async def test_what_nobody_decides_on_is_noticed_though_nobody_looks_and_goes_up_to_managers(
    own: Product, working_store: Store
) -> None:
    area, noticer = await proposed(own, days_ago=40), Noticer(working_store, {})
    now = Noticed(at=datetime.now(UTC))
    assert [(await noticer.inspections(now)).number for _ in "12"] == [1, 0]
    manager, safety = own.as_("manager"), own.as_("community_safety")
    assert await owed(manager, area) == [("escalation:focus-decision", "Ward 3", None)]
    [own_task] = [one for one in await safety.tasks() if one["about"] == area]
    assert (own_task["key"], own_task["noticed_at"]) == (
        "focus-decision",
        now.at.isoformat().replace("+00:00", "Z"),
    )
    assert (await the_area(safety, area))["history"][-1]["fact"] == "deadline_missed"
    await told(safety, area, "focus_area_accepted", words="We walk there.", owner="officer-1")
    assert not await owed(manager, area)
    later = Noticed(at=now.at + 366 * DAY)
    assert (await noticer.inspections(later)).number == 1
    assert await owed(manager, area) == [("escalation:focus-review", "Ward 3", "officer-1")]
    assert await owed(own.officer, area) == [("focus-review", "Ward 3", "officer-1")]


async def test_one_that_cannot_be_read_keeps_no_other_from_being_noticed(
    own: Product, store: Store, working_store: Store
) -> None:
    area, now = await proposed(own, days_ago=40), Noticed(at=datetime.now(UTC))
    async with store.writing() as db:
        broken = text("UPDATE focus_areas SET file = jsonb_set(file, '{state}', '\"?\"')")
        await db.connection.execute(broken)
    with capture_logs() as said:
        assert (await Noticer(working_store, {}).inspections(now)).number == 0
    assert [one["area"] for one in said if one["event"] == "focus_area_not_noticed"] == [area]
    assert [one["event"] for one in said][-1] == "missed_beside_cases_noticed"


async def test_one_that_is_refused_says_why_and_is_found_by_that(own: Product) -> None:
    area, safety = await proposed(own), own.as_("community_safety")
    await told(own.supervisor, area, "focus_area_refused", why="one_dispute", reasons="One household.")
    found = (await safety.get("/api/focus-areas", state="refused")).json()["areas"]
    assert [(one["id"], one["why_refused"]) for one in found] == [(area, "one_dispute")]
    assert (await safety.get("/api/focus-areas", state="proposed")).json() == {"areas": [], "next": None}
    await Focusing(own.records, {}).look(datetime.now(UTC))
    assert (await safety.get("/api/focus-areas", place="Ward 3", limit=1)).json()["next"] is not None


async def test_how_it_goes_since_is_set_against_the_past_before_the_proposal(own: Product) -> None:
    """Forty days as a focus area, and the days before them are not among those."""
    area, safety = await proposed(own, 40), own.as_("community_safety")
    since = TODAY - 40 * DAY
    moment = datetime.combine(since, datetime.min.time(), UTC) + timedelta(hours=12)
    yes = {"fact": "focus_area_accepted", "words": "We walk there."}
    early = yes | {"at": (moment - DAY).isoformat()}
    answer = await safety.post(f"/api/focus-areas/{area}/facts", early)
    problem(answer, 409, "decided-before-it-was-proposed")
    await told(safety, area, **yes, at=moment.isoformat())
    work = {"kind": "activity", "title": "Walks", "words": "With the police.", "starts": since.isoformat()}
    made = (await own.officer.post("/api/prevention", work | {"ward": "Ward 3"})).json()["id"]
    found = await the_area(safety, area)
    assert (found["since"]["first"], found["since"]["last"]) == (since.isoformat(), (TODAY - DAY).isoformat())
    assert found["since"]["past_from"] == found["area"]["numbers"]["past_from"]
    assert found["since"]["past"] == found["area"]["numbers"]["past"]
    assert 15 < found["since"]["observed"] < 25
    assert 1.5 < found["since"]["expected"] < 3
    assert found["since"]["low"] > 2
    assert [one["id"] for one in found["work"]] == [made]
    assert len(found["months"]) == 24
    assert found["months"][0]["first"] == TODAY.replace(day=1).isoformat()
    assert sum(one["number"] for one in found["months"]) > 60


async def test_of_hate_few_are_not_told_in_a_place(own: Product) -> None:
    await there_were(own.records, [one._replace(hate=True) for one in a_past(TODAY - 91 * DAY, WARDS, 20)])
    await there_were(own.records, [a_cluster(TODAY, "Ward 7", 30, hate=True)])
    await there_were(own.records, [Some(3, "Ward 7", TODAY - 3 * DAY, TODAY - DAY, hate=True)])
    await Focusing(own.records, {}).look(datetime.now(UTC) - 3 * DAY)
    safety = own.as_("community_safety")
    (area,) = (await safety.get("/api/focus-areas", place="Ward 7")).json()["areas"]
    assert area["numbers"]["kind"] == "hate"
    since = datetime.combine(TODAY - 3 * DAY, datetime.min.time(), UTC) + timedelta(hours=12)
    await told(safety, area["id"], "focus_area_accepted", at=since.isoformat(), words="We walk there.")
    found = await the_area(safety, area["id"])
    assert found["since"] is None
    assert not {one["number"] for one in found["months"]} & {1, 2, 3, 4}
    assert {None} < {one["number"] for one in found["months"]}


async def test_prevention_work_is_set_against_the_trend_in_its_ward(own: Product) -> None:
    async def trend(**more: Any) -> Any:
        work = {"kind": "campaign", "title": "Good neighbour week", "words": "A stall.", "ward": "Ward 3"}
        starts = {"starts": (TODAY - 90 * DAY).isoformat()}
        id_ = (await own.officer.post("/api/prevention", work | starts | more)).json()["id"]
        return (await own.officer.get(f"/api/prevention/{id_}")).json()["trend"]

    there, elsewhere = await trend(), await trend(ward="Ward 4")
    assert there["observed"] == 44
    assert there["low"] > 4
    assert 3 < elsewhere["observed"] < 7
    assert elsewhere["low"] < 1 < elsewhere["high"]
    assert await trend(ward=None) is None
    assert await trend(starts=TODAY.isoformat()) is None
    assert await trend(starts="1999-01-01", ends="1999-02-01") is None


async def test_year_on_year_by_ward_and_kind(own: Product) -> None:
    safety = own.as_("community_safety")
    now, before, *_ = same_months(TODAY, 12)
    await there_were(own.records, [Some(4, "Ward 5", now.first, now.last, "drugs", hate=True)])
    await there_were(own.records, [Some(2, None, now.first, now.last)])
    told = (await safety.get("/api/trends")).json()
    assert told["times"][0] == {"first": now.first.isoformat(), "last": now.last.isoformat()}
    assert (told["wards"][0]["what"], told["nowhere"]) == ("Ward 3", 2)
    kinds = {one["what"]: one for one in told["kinds"]}
    assert kinds["hate"] == {
        "what": "hate",
        "numbers": [],
        "times": None,
        "low": None,
        "high": None,
        "told": False,
    }
    assert kinds["drugs"]["numbers"] == [4, 0, 0]
    assert kinds["all"]["numbers"][0] == kinds["noise"]["numbers"][0] + 4
    quarter = (await safety.get("/api/trends", months=3, ward="Ward 3")).json()
    assert [one["what"] for one in quarter["kinds"]] == ["all", "noise", "hate"]
    assert quarter["times"][1]["first"] == same_months(TODAY, 3)[1].first.isoformat()
    assert before.last < now.first


async def test_what_is_not_there_or_not_for_them(door: Product) -> None:
    safety, nowhere = door.as_("community_safety"), f"/api/focus-areas/{uuid4()}"
    problem(await safety.get(nowhere), 404, "focus-area-not-found")
    no = {"fact": "focus_area_refused", "why": "other", "reasons": "x"}
    problem(await safety.post(f"{nowhere}/facts", no), 404, "focus-area-not-found")
    problem(await safety.post(f"{nowhere}/facts", no | {"why": "magic"}), 422, "not-understood")
    problem(await safety.post(f"{nowhere}/facts", {"fact": "focus_area_proposed"}), 422, "not-understood")
    problem(await safety.get("/api/trends", months=5), 422, "not-understood")
    for path in ("/api/focus-areas", "/api/trends"):
        problem(await door.officer.get(path), 403, "not-yours-to-do")
        assert (await safety.get(path)).status_code == 200
    problem(await door.as_("solicitor").get(nowhere), 403, "not-yours-to-do")


async def test_the_same_key_decides_once(own: Product) -> None:
    area, safety, key = await proposed(own), own.as_("community_safety"), str(uuid4())
    yes = {"fact": "focus_area_accepted", "words": "We walk there."}
    answers = [await safety.post(f"/api/focus-areas/{area}/facts", yes, key) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    other = await safety.post(f"/api/focus-areas/{area}/facts", yes | {"words": "Else."}, key)
    problem(other, 409, "key-used-for-another-body")
    assert len((await the_area(safety, area))["history"]) == 2
