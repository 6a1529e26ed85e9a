"""Every page for staff is for everybody on it, in each state: by axe, by keyboard, large, narrow and printed."""

from collections.abc import AsyncIterator
from http import HTTPStatus

import pytest
import pytest_asyncio
from conftest import TELEPHONE
from looking_at import is_right
from playwright.async_api import Browser, ConsoleMessage, Error, Page, expect
from signed_in import sign_in, signed_in
from sqlalchemy import update
from staff_states import FILES, LEADING, MANAGING, PROTECTING, STATES
from test_every_page import at_twice_the_size, by_keyboard
from ways_there import full, long

from api.page_actions import OF_STAFF_PAGES
from store.cases import cases
from tests.api.product import Product

_MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one), lasts = times => times.split(",").some(time => parseFloat(time) > 0.01);
    return lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration))
        || style.scrollBehavior === "smooth";
}).map(one => one.outerHTML.slice(0, 80))"""


def test_every_page_for_staff_is_looked_at() -> None:
    assert {page for page, _ in STATES.values()} | FILES == {
        path for method, path in OF_STAFF_PAGES if method == "GET"
    }


def who_looks_at(state: str) -> str:
    roles = {"supervisor-5": LEADING, "data_protection-5": PROTECTING, "manager-5": MANAGING}
    return next((who for who, states in roles.items() if state in states), "officer-5")


@pytest_asyncio.fixture(loop_scope="session")
async def said(window: Page) -> AsyncIterator[list[str]]:
    """What its console says of what goes wrong."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(message.text)

    def fail(error: Error) -> None:
        heard.append(str(error))

    window.on("console", hear)
    window.on("pageerror", fail)
    yield heard
    window.remove_listener("console", hear)
    window.remove_listener("pageerror", fail)


@pytest.mark.parametrize("state", STATES)
async def test_it_is_for_everybody_who_works_here(
    state: str, site: Product, window: Page, said: list[str]
) -> None:
    await sign_in(window.context, site, who_looks_at(state))
    await window.set_viewport_size(TELEPHONE)
    await window.emulate_media(color_scheme="light")
    answer = await window.goto(await STATES[state][1](site))
    assert answer is not None
    assert answer.status == HTTPStatus.OK
    await expect(window.locator("[hx-trigger=load]"), "what comes by itself is there").to_have_count(0)
    await _opened(window)
    await by_keyboard(window)
    await at_twice_the_size(window)
    await is_right(window, for_staff=True)
    assert not said


async def test_errors_on_a_form_are_for_everybody(site: Product, browser: Browser) -> None:
    async with signed_in(browser, site, "officer-5", width=320) as page:
        await page.goto(f"/cases/{await full(site)}/record/assessed")
        await page.get_by_role("button", name="Record", exact=True).click()
        await is_right(page, for_staff=True)


async def test_a_refusal_is_for_everybody(site: Product, browser: Browser) -> None:
    """A case that is shut to them, a fact that cannot be recorded yet, and an address that there is not."""
    ref, shut = await full(site), await full(site)
    async with site.records.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == shut).values(restricted=True))
    async with signed_in(browser, site, "officer-6", width=320) as page:
        for address, status in ((f"/cases/{shut}", 403), ("/cases/CW-2001-000001", 404)):
            answer = await page.goto(address)
            assert answer is not None
            assert answer.status == status
            await is_right(page, for_staff=True)
        await page.goto(f"/cases/{ref}/record/case_closed")
        await page.locator("[name=reasons]").fill("It has stopped.")
        await page.locator("[name=closing][value=with_letter]").check()
        await page.get_by_role("button", name="See first what it does").click()
        await expect(page.get_by_text("this is missing or still open")).to_be_visible()
        await is_right(page, for_staff=True)


async def test_nothing_moves_for_whoever_wants_less_of_that(site: Product, browser: Browser) -> None:
    """Also what would move, whoever wrote it so."""
    async with signed_in(browser, site, "officer-5") as page:
        for address in ("/today", f"/cases/{await full(site)}"):
            await page.goto(address)
            await page.evaluate("document.querySelector('main').style.transition = 'all 1s'")
            await page.emulate_media(reduced_motion="no-preference")
            assert len(await page.evaluate(_MOVING)) == 1
            await page.emulate_media(reduced_motion="reduce")
            assert not await page.evaluate(_MOVING)


async def test_five_hundred_lines_are_for_everybody(site: Product, browser: Browser) -> None:
    async with signed_in(browser, site, "officer-5", width=320) as page:
        await page.goto(await long(site))
        await expect(page.locator("ol.timeline > li")).to_have_count(500)
        await is_right(page, for_staff=True, contrast=False)


async def _opened(page: Page) -> None:
    """All that can be unfolded is."""
    await page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
