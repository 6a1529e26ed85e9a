"""Whoever wrote something gets it back where we could not take it: they may not find the words twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx2
import pytest
from behind_links import visiting
from looking_at import is_right
from own_link import case_of, link_to
from playwright.async_api import Page
from sqlalchemy import update

from pages.app import with_pages
from pages.private.visiting import VISITING
from store.private_links import visits
from store.report_drafts import report_drafts
from tests.api.product import Product, elsewhere, serving

WORDS = "He waits for me on the stairs."
HERE = {"Sec-Fetch-Site": "same-origin"}
LONG_AGO = datetime.now(UTC) - timedelta(hours=2)


@asynccontextmanager
async def reporting(site: Product) -> AsyncIterator[httpx2.AsyncClient]:
    """As far as what happened."""
    async with httpx2.AsyncClient(base_url=site.base, headers=HERE, timeout=30) as http:
        await http.post("/report")
        await http.post("/report/who", data={"reporter": "witness"})
        await http.post("/report/what", data={"category": "noise"})
        yield http


async def test_a_draft_that_was_forgotten_meanwhile_gives_back_what_was_just_written(site: Product) -> None:
    async with reporting(site) as http:
        async with site.resources.everything.writing() as db:
            await db.connection.execute(update(report_drafts).values(used_at=LONG_AGO))
        answer = await http.post("/report/words", data={"words": WORDS})
        assert (answer.status_code, WORDS in answer.text, "begin again" in answer.text) == (410, True, True)
        assert (await http.post("/report/check")).status_code == 410


async def test_what_is_written_in_one_window_after_the_other_has_sent_is_not_thanked_for(site: Product) -> None:
    async with reporting(site) as http:
        for about, said in {"words": {"words": "Shouting."}, "because": {"hate": "no"}}.items():
            await http.post(f"/report/{about}", data=said)
        for about, said in {"when": {}, "where": {}, "them": {}, "close": {"close": "no"}, "you": {}}.items():
            await http.post(f"/report/{about}", data=said)
        assert (await http.post("/report/check")).headers["location"] == "/report/sent"
        answer = await http.post("/report/words", data={"words": WORDS})
        assert (answer.status_code, WORDS in answer.text) == (410, True)
        assert "CW-" in answer.text


@pytest.mark.parametrize("many", ["\N{GRINNING FACE}" * 6900, "न" * 7000], ids=["emoji", "letters of three bytes"])
async def test_as_much_as_we_take_is_taken_in_every_script(site: Product, many: str) -> None:
    async with reporting(site) as http:
        answer = await http.post("/report/words", data={"words": many})
        assert (answer.status_code, answer.headers["location"]) == (303, "/report/because")


async def test_what_is_too_long_is_shown_again_to_be_shortened(site: Product) -> None:
    async with reporting(site) as http:
        answer = await http.post("/report/words", data={"words": f"{WORDS}\n" * 10_000})
        assert answer.status_code == 422
        assert "Shorten it to 7000 characters" in answer.text
        assert answer.text.count(WORDS) == 10_000


async def test_a_limit_is_said_as_one_and_gives_back_what_was_written(site: Product) -> None:
    few = elsewhere(site.settings, case_reviews_an_hour=1)
    ref = await case_of(site)
    async with serving(few, make=with_pages) as product, visiting(product, ref, "my-case") as http:
        asked = {"district": "sevenoaks", "words": WORDS}
        for _ in range(2):
            answer = await http.post("/my-case/review", data=asked | {"key": str(uuid4())})
        assert (answer.status_code, WORDS in answer.text) == (429, True)
        assert "Please wait a little" in answer.text


async def test_a_page_that_closed_gives_back_words_and_no_second_fact(site: Product, page: Page) -> None:
    ref = await case_of(site)
    id_, path = await link_to(site, ref)
    async with visiting(site, ref, "my-case") as http:
        async with site.resources.everything.writing() as db:
            await db.connection.execute(update(visits).values(used_at=LONG_AGO))
        for about in ("again", "file"):
            form = {"words": (None, WORDS)} if about == "file" else None
            answer = await http.post(f"/my-case/{about}", data=None if form else {"words": WORDS}, files=form)
            assert (answer.status_code, WORDS in answer.text) == (404, True), about
            assert "Open your link again" in answer.text
    await site.officer.post(f"/api/cases/{ref}/private-links/{id_}/revoke", {})
    gone = await site.http.post(path, data={"answer": "TN13 1AA"}, headers=HERE)
    assert (gone.status_code, "TN13 1AA" in gone.text) == (404, False)
    await page.context.add_cookies([{"name": VISITING.name(site.settings), "value": "x", "url": site.base}])
    await page.goto("/report")
    await page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<form method=post action=/my-case/again>"
        "<textarea name=words>Again and again.</textarea></form>'), document.forms[1].submit()"
    )
    await page.get_by_role("heading", name="This page has closed").wait_for()
    await is_right(page)


async def test_who_is_turned_away_at_the_door_of_a_page_for_staff_gets_it_back(site: Product) -> None:
    few, ref = elsewhere(site.settings, requests_a_minute=1), await case_of(site)
    async with serving(few, make=with_pages) as product:
        headers = product.as_("officer", "officer-429").headers() | {"Origin": product.settings.public_origin}
        for _ in range(2):
            to = f"/cases/{ref}/record/contact_made"
            answer = await product.http.post(to, data={"words": WORDS}, headers=headers)
        assert (answer.status_code, WORDS in answer.text) == (429, True)
        to = f"/cases/{ref}/evidence"
        answer = await product.http.post(to, files={"words": (None, WORDS)}, headers=headers)
        assert (answer.status_code, WORDS in answer.text) == (429, True)
        others = headers | {"Origin": "https://another.example", "Sec-Fetch-Site": "cross-site"}
        answer = await product.http.post(to, data={"words": WORDS}, headers=others)
        assert WORDS not in answer.text
