"""Nothing leaves without an entry in the register of disclosures, which can be looked through."""

import ast
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from api.actions import ACTION_OF
from policy.case_review.facts import REVIEW_FACT_TYPES
from policy.facts import FACT_TYPES
from policy.permissions import Action
from policy.referral.facts import REFERRAL_FACT_TYPES
from policy.told_of import IN_REVIEWS, TOLD
from runtime.embedded.postgres import PostgresServer
from store.sessions import Store
from tests.api.product import Product, problem
from tests.api.test_api_agency_links import HAVE_IT, link, sent
from tests.api.test_api_lettings import QUESTION, URL
from tests.api.test_api_people import kept

Answer = httpx2.Response
ROOT = Path(__file__).parents[2]


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
    line = {"case_ref": order.ref, "what": "link_used", "told": ["victim_support"], "about": []}
    return await door.public.get(link(door, order)), line | {"by_id": "agency:victim_support"}


async def answers(door: Product, _: str) -> tuple[Answer, dict[str, Any]]:
    """There is no engine to take the answer, and that it came is entered all the same."""
    order = await sent(door)
    line = {"case_ref": order.ref, "what": "link_used", "told": ["victim_support"], "about": []}
    return await door.public.post(link(door, order), HAVE_IT), line


WAYS_OUT: dict[tuple[str, str], Callable[[Product, str], Awaitable[tuple[Answer, dict[str, Any]]]]] = {
    ("GET", "/cases/{ref}/timeline.jsonl"): export,
    ("POST", "/lettings-checks"): lettings,
    ("GET", "/people/{id_}/record"): record,
    ("GET", "/answers/{link}"): looks,
    ("POST", "/answers/{link}"): answers,
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
    problem(answer, 500, "fault")


def test_no_other_route_lets_anything_out() -> None:
    by_link = {route for route, action in ACTION_OF.items() if action is Action.ANSWER_BY_LINK}
    lettings_ask = {route for route, action in ACTION_OF.items() if action is Action.CHECK_FOR_LETTING}
    assert by_link | lettings_ask <= set(WAYS_OUT)
    files = {"timeline.py", "person_record.py", "letters.py"}
    assert calling("handed_out", "api") == files, "a letter goes to whom it is written to"


def test_no_other_activity_sends_anything_out() -> None:
    assert calling("send", "activities") == {"post.py", "referrals.py"}, "a letter goes to whom it is written to"


def calling(name: str, folder: str) -> set[str]:
    """Modules that call a function or method of that name."""
    found = set()
    for path in (ROOT / folder).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            if getattr(called, "id", getattr(called, "attr", None)) == name:
                found.add(path.name)
    return found


NOT_TOLD = {
    "action_planned": "it is to be asked, and is told then",
    "signposted": "somebody was told of them, and not they of anybody",
    "consent_given": "what somebody says of being told of",
    "consent_refused": "as above",
    "consent_withdrawn": "as above",
    "group_meeting_arranged": "who is to come is told when it meets",
    "told_in_case_review": "the review's own timeline told it",
    "agency_told_of_refusal": "it knows already, and hears no more of them",
    "agencies_told_of_refusal": "as above",
    "partner_answered": "they told us",
    "partner_chased": "they were asked before",
    "referral_begun": "its case proposed it",
}
NAMES_OTHERS = {"to", "agency", "agencies", "partners", "members", "asked_of", "attended", "came", "worker"}


def test_every_fact_that_names_others_tells_them_something_or_says_why_not() -> None:
    facts = FACT_TYPES | REVIEW_FACT_TYPES | REFERRAL_FACT_TYPES
    naming = {name for name, kind in facts.items() if NAMES_OTHERS & set(kind.model_fields)}
    assert naming == {*TOLD, *IN_REVIEWS, *NOT_TOLD}
    for fact, field in (TOLD | IN_REVIEWS).items():
        assert field in facts[fact].model_fields


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
