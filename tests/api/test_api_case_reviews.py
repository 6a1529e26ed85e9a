"""Case reviews over HTTP: asked for by anybody, weighed, decided by somebody else, followed and counted."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from rich.progress import Progress
from sqlalchemy import text
from temporalio.client import Client

from cli.rebuild import rebuild
from cli.verify import verify
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from store.sessions import Store
from tests.api.product import Product, elsewhere, problem, serving, until
from tests.api.test_api_people import kept
from workers.relay import Relay
from workers.worker import make_worker
from workflows.case_door import CaseDoor
from workflows.intake import Intake

ROWAN = {"name": "Rowan Example", "email": "rowan@example.org"}
ASKED = {
    "asked_by": "victim",
    "district": "canterbury",
    "asker": ROWAN,
    "words": "Nobody tells me what happens.",
}
WRITTEN = {"means": "email", "words": "As written."}
DAY = timedelta(days=1)


async def asked(product: Product, *cases: str, **more: Any) -> str:
    answer = await product.officer.post("/api/case-reviews", ASKED | {"cases": cases} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()["ref"]


async def act(product: Product, review: str, fact: str, by: str = "officer", **said: Any) -> Any:
    return await product.as_(by, f"{by}-9").post(f"/api/case-reviews/{review}/facts", {"fact": fact} | said)


async def acted(product: Product, review: str, fact: str, by: str = "officer", **said: Any) -> None:
    answer = await act(product, review, fact, by, **said)
    assert answer.status_code == 201, answer.text


async def reported_three_times(product: Product) -> str:
    ref = await product.officer.reported()
    for words in ("Again.", "And again."):
        answer = await product.officer.post(f"/api/cases/{ref}/incidents", {"channel": "phone", "words": words})
        assert answer.status_code == 202

    async def there() -> bool:
        entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
        return [one["fact"] for one in entries].count("incident_reported") == 2

    await until(there)
    return ref


async def test_a_review_is_asked_for_weighed_and_decided_and_its_cases_know(product: Product) -> None:
    ref = await reported_three_times(product)
    review = await asked(product, ref)
    assert review.startswith(f"CR-{datetime.now(UTC).year}-")
    shown = (await product.officer.get(f"/api/case-reviews/{review}")).json()
    assert (shown["file"]["stage"], shown["file"]["cases"]) == ("asked", [ref])
    assert {"acknowledge", "voice"} <= {one["key"] for one in shown["deadlines"]}
    assert {"case_review_acknowledged", "case_brought_in"} <= set(shown["offered"])

    async def told() -> Any:
        entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
        return [one["content"]["review"] for one in entries if one["fact"] == "case_review_begun"]

    assert await until(told) == [review]
    (line,) = (await product.officer.get(f"/api/cases/{ref}")).json()["beside"]
    assert (line["ref"], line["kind"], line["stage"]) == (review, "case-review", "asked")
    sum_ = (await product.officer.get(f"/api/case-reviews/{review}/threshold")).json()
    assert (sum_["met"], sum_["words"]) == (True, "3 reports count; 3 are needed. The threshold is met.")
    assert all("it counts" in one["words"] for one in sum_["reports"])
    await acted(product, review, "case_review_acknowledged", **WRITTEN)
    reports = [one["report"] for one in sum_["reports"]]
    no = await act(product, review, "threshold_decided", "supervisor", met=False, reports=reports, reasons="No.")
    assert problem(no, 409, "threshold-differs")["row"] == "case-review"
    yes = {"met": True, "reports": reports, "reasons": "As counted."}
    await acted(product, review, "threshold_decided", "supervisor", **yes)
    live = (await product.officer.get(f"/api/case-reviews/{review}/live")).json()
    assert live["file"]["arithmetic"]["day"] == str(datetime.now(UTC).date())


async def test_anybody_asks_without_a_token_and_staff_find_the_case(product: Product) -> None:
    answer = await product.public.post("/api/case-reviews", ASKED)
    assert answer.status_code == 201, answer.text
    review = answer.json()["ref"]
    shown = (await product.officer.get(f"/api/case-reviews/{review}")).json()
    assert "case" in {one["key"] for one in shown["deadlines"]}
    assert shown["file"]["asked_by"] == "victim"
    (asked,) = shown["said"]
    assert (asked["content"]["asker"]["name"], asked["content"]["words"]) == ("Rowan Example", ASKED["words"])
    for ours in ({"claimed": ["CW-2026-000001"]}, {"at": "2026-01-01T10:00:00Z"}, {"handled_by": []}):
        problem(await product.public.post("/api/case-reviews", ASKED | ours), 422, "not-understood")
    problem(await product.lettings.post("/api/case-reviews", ASKED), 403, "not-yours-to-do")
    problem(await product.public.get(f"/api/case-reviews/{review}"), 401, "not-signed-in")
    ref = await product.officer.reported()
    await acted(product, review, "case_brought_in", case=ref)

    async def found() -> Any:
        return (await product.officer.get(f"/api/cases/{ref}")).json()["beside"]

    assert [one["ref"] for one in await until(found)] == [review]


async def test_who_has_worked_on_a_case_decides_nothing_and_nobody_says_who_that_is(product: Product) -> None:
    ref = await reported_three_times(product)
    review = await asked(product, ref)
    shown = (await product.officer.get(f"/api/case-reviews/{review}")).json()
    assert shown["file"]["handled_by"] == ["officer-1"]
    told = {"fact": "case_brought_in", "case": ref, "handled_by": []}
    problem(await product.officer.post(f"/api/case-reviews/{review}/facts", told), 422, "not-understood")
    unknown = {"case": "CW-2020-000001"}
    problem(await act(product, review, "case_brought_in", **unknown), 422, "case-not-known")
    await acted(product, review, "case_review_acknowledged", **WRITTEN)
    await product.supervisor.recorded(ref, "case_review_offered", words="Told on the telephone.")
    reports = (await product.officer.get(f"/api/case-reviews/{review}/threshold")).json()["reports"]
    decision = {"met": True, "reports": [one["report"] for one in reports], "reasons": "As counted."}
    own = await product.supervisor.post(
        f"/api/case-reviews/{review}/facts", {"fact": "threshold_decided"} | decision
    )
    assert problem(own, 409, "another-person-must-decide")
    by_officer = await act(product, review, "threshold_decided", **decision)
    assert problem(by_officer, 403, "not-yours-to-do")
    await acted(product, review, "threshold_decided", "supervisor", **decision)


async def test_a_case_offers_a_review_on_a_day_on_which_the_threshold_is_met(product: Product) -> None:
    few = await product.officer.reported()
    assert (await product.officer.get(f"/api/cases/{few}")).json()["case_review"] is None
    ref = await reported_three_times(product)
    offered = (await product.officer.get(f"/api/cases/{ref}")).json()["case_review"]
    assert (offered["met"], len(offered["reports"])) == (True, 3)
    perceived = {"strands": ["race"], "perceived_by": "victim"}
    hate = await product.officer.reported(hate=perceived, place={"ward": "Sevenoaks"})
    assert (await product.officer.get(f"/api/cases/{hate}")).json()["case_review"]["met"]
    elsewhere_ = await product.officer.reported(hate=perceived, place={"ward": "Swale"})
    assert (await product.officer.get(f"/api/cases/{elsewhere_}")).json()["case_review"] is None


@pytest.mark.parametrize(
    ("wrong", "status", "name"),
    [
        ({"district": "atlantis"}, 409, "district-unknown"),
        ({"asked_by": "friend"}, 409, "victim-must-agree"),
        ({"cases": ["CW-2020-000001"]}, 422, "case-not-known"),
        ({"handled_by": ["officer-2"]}, 422, "not-understood"),
        ({"claimed": ["CW-2020-000001"]}, 422, "not-understood"),
        ({"asker": {"name": "Rowan Example"}}, 409, "asker-cannot-be-answered"),
        ({"asked_by": "nobody"}, 422, "not-understood"),
    ],
)
async def test_what_cannot_be_asked_is_refused_and_nothing_is_kept(
    wrong: dict[str, Any], status: int, name: str, door: Product
) -> None:
    key = str(uuid4())
    problem(await door.officer.post("/api/case-reviews", ASKED | wrong, key), status, name)
    again = await door.officer.post("/api/case-reviews", ASKED, key)
    assert again.status_code == 202, "the key is free"


async def test_the_same_key_gives_the_same_review_and_another_body_under_it_is_not_taken(product: Product) -> None:
    key = str(uuid4())
    first, again = [await product.officer.post("/api/case-reviews", ASKED, key) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = await product.officer.post("/api/case-reviews", ASKED | {"words": "Another."}, key)
    problem(other, 409, "key-used-for-another-body")


async def test_a_review_asked_for_while_the_engine_was_away_begins_once_it_is_back(
    settings: Settings, store: Store, client: Client
) -> None:
    away, key = elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}"), str(uuid4())
    async with serving(away) as product:
        answer = await product.public.post("/api/case-reviews", ASKED, key)
        assert (answer.status_code, answer.json()["begun"]) == (202, False)
        review = answer.json()["ref"]
        shown = (await product.officer.get(f"/api/case-reviews/{review}")).json()
        assert shown["file"]["seq"] == 0
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE applications SET received_at = received_at - interval '1 hour'"))
    with Progress(disable=True) as progress:
        found = await verify(settings, progress)
    assert [(one.case_ref, one.why) for one in found.faults] == [
        (review, "it was asked for and has not begun yet")
    ]
    async with make_worker(client, settings, store), serving(settings) as product:
        relay = Relay(Intake(store, CaseDoor(client, settings.task_queue), {}), 0.0)
        assert await relay.carry_waiting() == 1

        async def begun() -> bool:
            return (await product.officer.get(f"/api/case-reviews/{review}")).json()["file"]["seq"] > 0

        await until(begun)
        assert await relay.carry_waiting() == 0
        again = await product.public.post("/api/case-reviews", ASKED, key)
        assert (again.status_code, again.json()["ref"], again.json()["begun"]) == (201, review, True)
        assert (await act(product, review, "case_review_acknowledged", **WRITTEN)).status_code == 201


async def test_what_is_owed_on_a_review_is_a_task_of_no_case(product: Product) -> None:
    review = await asked(product)
    tasks = await product.officer.tasks()
    owed = {one["key"]: one for one in tasks if one["about"] == review}
    assert set(owed) == {"acknowledge", "case", "voice"}
    assert owed["acknowledge"]["case_ref"] is None
    assert "3 working days" in owed["acknowledge"]["why"]


async def test_a_district_s_reviews_are_counted(product: Product) -> None:
    await asked(product)
    review = await asked(product, district="swale")
    await acted(product, review, "case_review_withdrawn", words="It has stopped.")
    today = datetime.now(UTC).date()
    span = {"first": str(today - DAY), "last": str(today + DAY)}
    swale = (await product.officer.get("/api/case-reviews/counts", district="swale", **span)).json()
    assert (swale["applications"], swale["reviews"], swale["threshold_not_met"]) == (1, 0, 0)
    before = {"first": "2020-01-01", "last": "2020-12-31"}
    earlier = (await product.officer.get("/api/case-reviews/counts", district="swale", **before)).json()
    assert earlier["applications"] == 0
    wrong = await product.officer.get("/api/case-reviews/counts", district="atlantis", **span)
    problem(wrong, 422, "not-understood")
    problem(await product.officer.get("/api/case-reviews/counts", district="swale"), 422, "not-understood")


async def test_what_is_published_of_a_year_that_is_over_anybody_reads(product: Product) -> None:
    year = datetime.now(UTC).year
    await asked(product, district="swale", at=f"{year - 1}-06-01T10:00:00Z")
    path = "/api/case-reviews/published"
    said = (await product.public.get(path, district="swale", year=year - 1)).json()
    assert said == {
        "district": "swale",
        "first": f"{year - 1}-01-01",
        "last": f"{year - 1}-12-31",
        "applications": 1,
        "threshold_not_met": 0,
        "reviews": 0,
        "with_recommendations": 0,
    }
    told = problem(await product.public.get(path, district="swale", year=year), 422, "not-understood")
    assert told["detail"] == "That year is not over yet."
    problem(await product.public.get(path, district="atlantis", year=year - 1), 422, "not-understood")


async def test_a_review_is_offered_by_what_the_same_victim_reported_on_several_cases(product: Product) -> None:
    rowan, another = [await kept(product, name=name) for name in ("Rowan Example", "Robin Example")]
    for person in (rowan, rowan, another):
        ref = await product.officer.reported()
        await product.officer.recorded(ref, "person_identified", key="complainant", person=person)
    assert (await product.officer.get(f"/api/cases/{ref}")).json()["case_review"] is None
    third = await product.officer.reported()
    assert (await product.officer.get(f"/api/cases/{third}")).json()["case_review"] is None
    await product.officer.recorded(third, "person_identified", key="complainant", person=rowan)
    offered = (await product.officer.get(f"/api/cases/{third}")).json()["case_review"]
    assert (offered["met"], len({one["report"]["case"] for one in offered["reports"]})) == (True, 3)
    abuse = {"person": "complainant", "words": "Her partner."}
    first = offered["reports"][0]["report"]["case"]
    await product.officer.recorded(first, "domestic_abuse_recognised", **abuse)
    assert (await product.officer.get(f"/api/cases/{third}")).json()["case_review"] is None, "a restricted case"
    await product.officer.recorded(ref, "person_joined", key="victim-1", part="victim", person=rowan)
    assert (await product.officer.get(f"/api/cases/{ref}")).json()["case_review"] is None, "another victim's"


async def test_the_records_of_a_review_hold_and_can_be_made_anew(product: Product) -> None:
    ref = await product.officer.reported()
    review = await asked(product, ref)

    async def knows() -> Any:
        shown = (await product.officer.get(f"/api/case-reviews/{review}")).json()
        return shown if shown["file"]["told"] == [ref] else None

    before = await until(knows)
    with Progress(disable=True) as progress:
        assert await rebuild(product.settings, progress) == 1
        found = await verify(product.settings, progress)
    assert found.clean, found
    assert (await product.officer.get(f"/api/case-reviews/{review}")).json() == before
