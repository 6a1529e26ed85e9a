"""Whoever does not work here any more is given nothing, and their cases stand as such until somebody has them."""

from typing import Any
from uuid import uuid4

from beside_here import legal_action
from own_link import NOW, case_of
from signed_in import a_sign_in
from sqlalchemy import update

from cli.sign_out import has_left
from policy.facts.reviewing import CaseAllocated
from store import handing_over, sign_ins
from store.cases import cases
from tests.api.product import Product, problem
from tests.policy import happenings as h


async def said(site: Product, path: str, **query: Any) -> str:
    answer = await site.supervisor.get(path, **query)
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


async def offered(site: Product) -> set[str]:
    async with site.resources.everything.reading() as db:
        return {one.id for one in await handing_over.colleagues(db, site.settings.groups)}


async def test_who_has_left_is_offered_to_nobody_and_their_cases_wait_for_others(site: Product) -> None:
    gone, here = "officer-7201", "officer-7202"
    await a_sign_in(site, gone)
    await a_sign_in(site, here)
    ref = await case_of(site, CaseAllocated(at=NOW, officer=gone), h.hate(NOW), h.police_referral(NOW))
    await case_of(site, CaseAllocated(at=NOW, officer=here))
    action = await legal_action(site)
    async with site.records.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == action[:14]).values(officer=gone))
    assert {gone, here} <= await offered(site)
    assert "(has left)" not in await said(site, "/board")
    assert await has_left(site.settings, gone)
    assert not await has_left(site.settings, "officer-never-here")
    assert here in await offered(site)
    assert gone not in await offered(site), "not even while they have an open case"
    for path in ("/board", f"/cases/{ref}", "/safety/hate", "/safety/partners", "/safety/legal-actions"):
        assert "Officer Example (has left)" in await said(site, path), path
    board = await said(site, "/board")
    assert f'href="/hand-over?officer={gone}"' in board
    assert f'href="/hand-over?officer={here}"' not in board
    for path in ("/one-to-one", "/hand-over"):
        assert "Officer Example has left" in await said(site, path, officer=gone), path
    form = await said(site, "/hand-over", officer=gone)
    assert ref in form, "they are given from"
    assert f'value="{here}"' in form
    fact = {"fact": "case_allocated", "officer": gone}
    refused = problem(await site.supervisor.post(f"/api/cases/{ref}/facts", fact), 409, "has-left")
    assert refused["row"] == "new-cases-daily"
    cover = {"fact": "cover_arranged", "officer": gone, "until": "2072-01-31"}
    assert (await site.supervisor.post(f"/api/cases/{ref}/facts", cover)).status_code == 409
    headers = site.supervisor.headers() | {"Origin": site.settings.public_origin}
    form_of = {
        "key": str(uuid4()),
        "officer": here,
        "to": gone,
        "reasons": "On leave.",
        "which": "all",
        "refs": ref,
    }
    answer = await site.http.post("/hand-over", data=form_of, headers=headers)
    assert answer.status_code == 422
    assert "Choose who gets them" in answer.text
    await a_sign_in(site, gone)
    assert gone in await offered(site), "who signs in again works here again"
    assert "(has left)" not in await said(site, "/board")


async def test_whom_no_group_gives_a_role_any_more_has_left_too(site: Product) -> None:
    gone = "officer-7203"
    await a_sign_in(site, gone)
    await case_of(site, CaseAllocated(at=NOW, officer=gone))
    async with site.resources.everything.writing() as db:
        await sign_ins.regroup(db, gone, frozenset({"canteen"}))
    assert gone not in await offered(site)
    assert "Officer Example (has left)" in await said(site, "/board")
    assert "officer-7204" not in await offered(site)
    await case_of(site, CaseAllocated(at=NOW, officer="officer-7204"))
    assert "officer-7204" in await offered(site), "nobody knows that they left: they may call with a token"
