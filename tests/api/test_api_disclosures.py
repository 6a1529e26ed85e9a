"""Nothing leaves without an entry in the register of disclosures, which can be looked through."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from activities.referrals import Order
from api.actions import ACTION_OF
from api.page_actions import OF_PAGES
from pages.app import with_pages
from policy.facts.parts import PersonIdentified
from policy.facts.people import Party
from policy.permissions import Action
from runtime.embedded.postgres import PostgresServer
from store import packs, recording
from store.sessions import Store
from tests.api.product import Product, problem, serving, until
from tests.api.sent_files import looked_after, taken
from tests.api.test_api_agency_links import HAVE_IT, link, sent
from tests.api.test_api_lettings import QUESTION, URL
from tests.api.test_api_lettings import reported as against
from tests.api.test_api_people import kept
from tests.evidence_samples import photo
from tests.given import a_moment_ago
from tests.given import entry as recorded
from tests.store.erasing import asked_for_a_pack

Answer = httpx2.Response
USED = {"what": "link_used", "told": ["victim_support"], "about": [], "by_id": "agency:victim_support"}


@pytest_asyncio.fixture(scope="module", loop_scope="session", name="door")
async def with_its_pages(door: Product) -> AsyncIterator[Product]:
    """The same door as it is served, since an agency's answer comes by a page, too."""
    async with serving(door.settings, make=with_pages) as product:
        yield product


@pytest.fixture
async def owner(postgres: PostgresServer) -> AsyncIterator[Store]:
    """The database behind `door` as its owner has it."""
    engine = create_async_engine(postgres.url("door"))
    yield Store(engine)
    await engine.dispose()


async def export(door: Product, ref: str) -> tuple[Answer, dict[str, Any]]:
    line = {"case_ref": ref, "what": "timeline_exported", "told": ["officer"], "about": None}
    return await door.officer.get(f"/api/cases/{ref}/timeline.jsonl"), line


async def lettings(door: Product, _: str) -> tuple[Answer, dict[str, Any]]:
    line = {"case_ref": None, "what": "lettings_answered", "told": ["lettings"], "about": []}
    return await door.lettings.post(URL, QUESTION), line | {"lawful_reason": "exclusion_policy"}


async def record(door: Product, _: str) -> tuple[Answer, dict[str, Any]]:
    """Of somebody who is on no case."""
    line = {"case_ref": None, "what": "record_exported", "told": ["data_protection"], "about": []}
    return await door.as_("data_protection").get(f"/api/people/{await kept(door)}/record"), line


async def looks(door: Product, _: str) -> tuple[Answer, dict[str, Any]]:
    order = await sent(door)
    return await door.public.get(link(door, order)), USED | {"case_ref": order.ref}


async def answers(door: Product, _: str) -> tuple[Answer, dict[str, Any]]:
    """There is no engine to take the answer, and that it came is entered all the same."""
    order = await sent(door)
    return await door.public.post(link(door, order), HAVE_IT), USED | {"case_ref": order.ref}


def page(door: Product, order: Order) -> str:
    return link(door, order).replace("/api/answers/", "/answer/")


async def looks_at_the_page(door: Product, _: str) -> tuple[Answer, dict[str, Any]]:
    order = await sent(door)
    return await door.http.get(page(door, order)), USED | {"case_ref": order.ref}


async def answers_on_the_page(door: Product, _: str) -> tuple[Answer, dict[str, Any]]:
    """As above, there is no engine."""
    order = await sent(door)
    form, from_here = {"key": str(uuid4()), "what": "have_it"}, {"Sec-Fetch-Site": "same-origin"}
    answer = await door.http.post(page(door, order), data=form, headers=from_here)
    return answer, USED | {"case_ref": order.ref}


async def copies(door: Product, ref: str) -> tuple[Answer, dict[str, Any]]:
    said = await taken(door.officer, ref, photo() + os.urandom(16))
    await looked_after(door)
    line = {"case_ref": ref, "what": "evidence_copied", "told": ["police"], "about": None}
    return await door.officer.post(f"/api/cases/{ref}/evidence/{said['id']}/shared-copy", {"to": "police"}), line


async def packed(door: Product, ref: str) -> tuple[Answer, dict[str, Any]]:
    async with door.resources.everything.writing() as db:
        asked = await asked_for_a_pack(db, ref, "supervisor-1")
    async with door.records.writing() as db:
        await packs.made(db, asked.id, b"%PDF", datetime.now(UTC))
    line = {
        "case_ref": ref,
        "what": "pack_taken",
        "told": ["court"],
        "about": None,
        "lawful_reason": "legal_claim",
    }
    return await door.supervisor.get(f"/api/cases/{ref}/packs/{asked.id}/pdf"), line


WAYS_OUT: dict[tuple[str, str], Callable[[Product, str], Awaitable[tuple[Answer, dict[str, Any]]]]] = {
    ("GET", "/cases/{ref}/timeline.jsonl"): export,
    ("POST", "/cases/{ref}/evidence/{id_}/shared-copy"): copies,
    ("GET", "/cases/{ref}/packs/{id_}/pdf"): packed,
    ("POST", "/lettings-checks"): lettings,
    ("GET", "/people/{id_}/record"): record,
    ("GET", "/answers/{link}"): looks,
    ("POST", "/answers/{link}"): answers,
    ("GET", "/answer/{link}"): looks_at_the_page,
    ("POST", "/answer/{link}"): answers_on_the_page,
}
"""By route. A referral goes by activities/referrals.py: tests/activities/test_refer_disclosed.py"""


async def register(door: Product, **wanted: Any) -> list[dict[str, Any]]:
    answer = await door.as_("data_protection").get("/api/disclosures", limit=200, **wanted)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["disclosures"]
    return found


@pytest.mark.parametrize("route", list(WAYS_OUT), ids=" ".join)
async def test_every_way_out_is_entered(door: Product, ref: str, route: tuple[str, str]) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    answer, line = await WAYS_OUT[route](door, ref)
    assert answer.status_code in {200, 201, 503}
    entered = [one for one in await register(door, since=before.isoformat()) if one["what"] == line["what"]]
    assert line.items() <= entered[0].items()


@pytest.mark.parametrize("route", list(WAYS_OUT), ids=" ".join)
async def test_nothing_leaves_where_it_cannot_be_entered(
    door: Product, ref: str, owner: Store, route: tuple[str, str]
) -> None:
    async with owner.writing() as db:
        await db.connection.execute(text("REVOKE INSERT ON disclosures FROM casework_app"))
    try:
        answer, _ = await WAYS_OUT[route](door, ref)
    finally:
        async with owner.writing() as db:
            await db.connection.execute(text("GRANT INSERT ON disclosures TO casework_app"))
    assert (answer.status_code, "Something went wrong here" in answer.text) == (500, True)


def test_no_other_route_lets_anything_out() -> None:
    by_link = {route for route, action in {**ACTION_OF, **OF_PAGES}.items() if action is Action.ANSWER_BY_LINK}
    lettings_ask = {route for route, action in ACTION_OF.items() if action is Action.CHECK_FOR_LETTING}
    assert by_link | lettings_ask <= set(WAYS_OUT)


async def test_the_register_is_looked_through_by_person_agency_gateway_and_day(product: Product) -> None:
    rowan = await kept(product)
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "person_identified", key="complainant", person=rowan)
    await product.officer.recorded(ref, "consent_given", purpose="referral", words="Yes.")
    told = {"about": ["complainant"], "what": "That she is afraid.", "why": "So that they help."}
    await product.officer.recorded(ref, "disclosure_recorded", to="education", gateway="consent", **told)
    await product.officer.get(f"/api/cases/{ref}/timeline.jsonl")
    mine = [
        (one["what"], one["told"], one["about"], one["gateway"]) for one in await register(product, person=rowan)
    ]
    assert mine == [
        ("timeline_exported", ["officer"], None, None),
        ("disclosure_recorded", ["education"], ["complainant"], "consent"),
    ]
    (one,) = await register(product, to="education")
    assert (one["case_ref"], one["by_id"], one["lawful_reason"]) == (ref, "officer-1", None)
    assert await register(product, gateway="consent") == [one]
    assert await register(product, gateway="protocol") == []
    assert await register(product, person=str(uuid4())) == []
    assert await register(product, since=(datetime.now(UTC) + timedelta(days=1)).isoformat()) == []
    assert "afraid" not in str(await register(product))


@pytest.mark.parametrize("way", [export, copies, packed], ids=lambda way: way.__name__)
async def test_what_was_taken_of_a_case_stands_with_its_disclosures_too(
    door: Product, ref: str, way: Callable[[Product, str], Awaitable[tuple[Answer, dict[str, Any]]]]
) -> None:
    _, line = await way(door, ref)
    case = (await door.supervisor.get(f"/api/cases/{ref}/disclosures")).json()
    assert case["disclosures"] == []
    assert [(one["what"], one["to"], one["about"]) for one in case["left"]] == [
        (line["what"], line["told"], line["about"])
    ]
    again = (await door.supervisor.get(f"/api/cases/{ref}/disclosures", after=1)).json()
    assert again["left"] == [], "on the first page alone"


async def test_a_record_that_was_exported_and_an_agency_s_look_stand_with_the_case_s_disclosures(
    product: Product,
) -> None:
    rowan = await kept(product)
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "person_identified", key="complainant", person=rowan)
    await product.as_("data_protection").get(f"/api/people/{rowan}/record")
    case = (await product.supervisor.get(f"/api/cases/{ref}/disclosures")).json()
    assert [(one["what"], one["to"], one["about"]) for one in case["left"]] == [
        ("record_exported", ["data_protection"], ["complainant"])
    ]


async def test_what_an_agency_looked_at_by_its_link_stands_there_too(door: Product) -> None:
    order = await sent(door)
    await door.public.get(link(door, order))
    case = (await door.supervisor.get(f"/api/cases/{order.case}/disclosures")).json()
    assert [(one["what"], one["to"]) for one in case["left"]] == [("link_used", ["victim_support"])]


async def test_it_comes_in_pages_the_newest_first(door: Product, ref: str) -> None:
    for _ in range(3):
        await door.officer.get(f"/api/cases/{ref}/timeline.jsonl")
    whole = await register(door)
    found: list[dict[str, Any]] = []
    cursor = None
    while len(found) < 3:
        more = {"cursor": cursor} if cursor else {}
        page = (await door.as_("data_protection").get("/api/disclosures", limit=2, **more)).json()
        found += page["disclosures"]
        cursor = page["next"]
    assert found == whole[: len(found)]


async def test_supervisors_see_what_is_of_cases_that_they_may_see(door: Product, ref: str, owner: Store) -> None:
    await door.officer.get(f"/api/cases/{ref}/timeline.jsonl")
    seen = (await door.supervisor.get("/api/disclosures", limit=200)).json()["disclosures"]
    assert ref in {one["case_ref"] for one in seen}
    async with owner.writing() as db:
        await db.connection.execute(text("UPDATE cases SET restricted = true WHERE ref = :ref"), {"ref": ref})
    seen = (await door.supervisor.get("/api/disclosures", limit=200)).json()["disclosures"]
    assert ref not in {one["case_ref"] for one in seen}
    assert ref in {one["case_ref"] for one in await register(door)}
    problem(await door.officer.get("/api/disclosures"), 403, "not-yours-to-do")


async def test_of_whom_lettings_were_told_something_it_is_found_and_of_nobody_else(door: Product) -> None:
    name, person = f"Robin {uuid4().hex}", await kept(door)
    ref = await against(door, about=Party(name=name, address=("7 Invented Row", "Sevenoaks")))
    joined = PersonIdentified(at=a_moment_ago(), key="perpetrator-1", person=person)
    async with door.records.writing() as db:
        await recording.record(db, ref, 2, [recorded(joined)], joined.at)
    question = QUESTION | {"applicant": {"name": name, "address": ["7 Invented Row", "Sevenoaks"]}}
    assert (await door.lettings.post(URL, question)).json()["history"] == "ask_community_safety"
    [line] = [one for one in await register(door, person=person) if one["what"] == "lettings_answered"]
    assert (line["case_ref"], line["about"], line["told"]) == (ref, ["perpetrator-1"], ["lettings"])
    assert line["lawful_reason"] == "exclusion_policy"
    assert name not in str(line)
    before = {one["id"] for one in await register(door, to="lettings")}
    elsewhere = {"name": name, "address": ["9 Another Street", "Sevenoaks"]}
    assert (await door.lettings.post(URL, QUESTION | {"applicant": elsewhere})).json()["history"] == "none"
    [nothing] = [one for one in await register(door, to="lettings") if one["id"] not in before]
    assert (nothing["case_ref"], nothing["about"]) == (None, [])


async def test_what_the_staff_read_and_letters_they_open_are_looks_and_not_in_it(
    product: Product,
) -> None:
    ref = await product.officer.reported()
    await product.officer.get(f"/api/cases/{ref}/timeline")

    async def written() -> Any:
        return (await product.officer.get(f"/api/cases/{ref}")).json()["letters"]

    [letter] = await until(written)
    assert (await product.officer.get(f"/api/cases/{ref}/letters/{letter['id']}.pdf")).status_code == 200
    assert [one for one in await register(product) if one["case_ref"] == ref] == []
    looked = (await product.as_("data_protection").get("/api/lookings", about=ref)).json()
    assert "officer-1" in str(looked)
