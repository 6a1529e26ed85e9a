"""How pages are served: what browsers are told, who may, and what is said where something goes wrong."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from fastapi.routing import APIRoute
from looking_at import is_right
from playwright.async_api import Page

from api.page_actions import OF_PAGES
from pages import answering
from pages.app import FOR_RESIDENTS, with_pages
from pages.form import MOST_BYTES
from pages.rendering import HEADERS, version
from policy.facts.base import Role
from policy.permissions import may
from tests.api.product import Product, elsewhere, problem, serving

PAGES = ["/report", "/our-policy", "/l/nonsense", "/answer/nonsense", "/my-case", "/nothing/here"]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_runs_frames_and_keeps_nothing_of_others(site: Product, path: str) -> None:
    answer = await site.http.get(path)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_what_stands_beside_pages_is_kept_for_ever_under_its_content(site: Product) -> None:
    shown = (await site.http.get("/report")).text
    assert f"/static/{version()}/casework.css" in shown
    for name in ("casework.css", "leave.js", "AtkinsonHyperlegible-Regular.ttf"):
        answer = await site.http.get(f"/static/{version()}/{name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert (await site.http.get(f"/static/0000000000000000/{name}")).status_code == 404
    for name in ("app.py", "..%2Fapp.py", "casework.scss"):
        assert (await site.http.get(f"/static/{version()}/{name}")).status_code == 404


async def test_programs_get_problems_and_people_pages(site: Product) -> None:
    problem(await site.http.get("/api/nothing"), 404, "not-found")
    assert "This page is not here" in (await site.http.get("/nothing/here")).text


async def test_a_form_of_another_site_is_not_taken(site: Product) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}):
        answer = await site.http.post("/report", headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


async def test_what_is_too_long_or_no_form_is_said_in_plain_words(site: Product) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    began = await site.http.post("/report", headers=headers)
    headers["Cookie"] = began.headers["set-cookie"].partition(";")[0]
    for content, status in ((b"x=" + b"a" * MOST_BYTES, 413), (b"\xff", 422), (b"words=%00", 422)):
        answer = await site.http.post("/report/words", content=content, headers=headers)
        assert answer.status_code == status
        assert "<h1" in answer.text
    site.http.cookies.clear()


@pytest.fixture
async def strict(site: Product) -> AsyncIterator[Product]:
    """Of which one address may report once an hour, and whose every page fails."""

    async def fails() -> None:
        raise RuntimeError

    settings = elsewhere(site.settings, reports_an_hour=1, public_url="https://casework.example", local=False)
    async with serving(settings, make=partial(with_pages)) as product:
        product.app.add_api_route("/broken", fails)
        yield product


async def test_too_often_and_a_fault_of_ours_say_what_to_do(strict: Product) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    first, second = [await strict.http.post("/report", headers=headers) for _ in range(2)]
    assert first.status_code == 303
    cookie = first.headers["set-cookie"]
    assert cookie.startswith("__Host-casework-draft=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=lax"))
    assert second.status_code == 429
    assert strict.settings.landlord_phone in second.text
    assert int(second.headers["retry-after"]) > 0
    assert "RuntimeError" not in (await strict.http.get("/broken")).text


async def test_a_page_of_what_went_wrong_is_right(page: Page) -> None:
    await page.goto("/nothing/here")
    await is_right(page)


def test_every_page_says_what_it_does_and_is_for_residents_or_agencies_by_the_table() -> None:
    served = {
        noun: {
            (method, route.path)
            for route in noun.routes.routes
            if isinstance(route, APIRoute)
            for method in route.methods or ()
        }
        for noun in (answering, *FOR_RESIDENTS)
    }
    assert set().union(*served.values()) == set(OF_PAGES)
    for noun, routes in served.items():
        by = Role.AGENCY if noun is answering else Role.RESIDENT
        assert all(may(by, OF_PAGES[route]) for route in routes)
