"""A page that lies open when the sign-in ends is covered, and loses nothing; one that is not live says so."""

from looking_at import is_right
from own_link import NOW, case_of
from playwright.async_api import Browser, Page, Request, Route, expect
from signed_in import a_sign_in, signed_in

from api.browser import SIGNED_IN
from policy.facts.promising import PromiseMade
from tests.api.product import Product

_MINUTE = 61_000
WORDS = "She is afraid of him."


async def _as(page: Page, site: Product, subject: str) -> None:
    cookie = {"name": SIGNED_IN.name(site.settings), "value": await a_sign_in(site, subject), "url": site.base}
    await page.context.add_cookies([cookie | {"httpOnly": True}])  # type: ignore[list-item] # as Playwright has it


async def test_what_is_typed_is_covered_and_comes_back_to_the_same_person_alone(
    site: Product, browser: Browser
) -> None:
    ref = await case_of(site)
    async with signed_in(browser, site, "officer-741", width=320) as page:
        await page.clock.install()
        asked: list[Request] = []
        page.on("request", lambda one: asked.append(one) if one.url.endswith("/api/me") else None)
        await page.goto(f"/cases/{ref}/record/contact_made")
        typed, notice = page.get_by_label("What happened, in your words"), page.locator("#signed-out")
        await typed.fill(WORDS)
        await page.clock.run_for(_MINUTE)
        await expect(notice).to_have_count(0)
        assert asked
        assert all(one.headers.get("hx-request") for one in asked), "asking by itself is no use of a sign-in"
        await page.context.clear_cookies()
        await page.clock.run_for(_MINUTE)
        await expect(notice).to_be_visible()
        for gone in ("#main", "header.top", ".govuk-skip-link"):
            await expect(page.locator(gone)).to_be_hidden()
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_focused()
        await expect(page.locator("#somebody-else")).to_be_hidden()
        assert ref not in await page.locator("body").inner_text()
        await is_right(page, for_staff=True)
        await _as(page, site, "officer-742")
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
        await expect(page.locator("#somebody-else")).to_be_visible()
        await expect(typed).to_be_hidden()
        await _as(page, site, "officer-741")
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
        await expect(notice).to_have_count(0)
        await expect(typed).to_have_value(WORDS)


async def test_a_form_is_covered_as_soon_as_what_is_typed_is_not_kept_any_more(
    site: Product, browser: Browser
) -> None:
    async with signed_in(browser, site, "officer-744") as page:
        await page.goto(f"/cases/{await case_of(site)}/record/contact_made")
        await page.get_by_label("What happened, in your words").fill(WORDS)
        await expect(page.get_by_text("Kept at")).to_be_visible()
        await page.context.clear_cookies()
        await page.evaluate("document.getElementById('words').dispatchEvent(new Event('input', {bubbles: true}))")
        await expect(page.locator("#signed-out")).to_be_visible()
        assert WORDS not in await page.locator("body").inner_text()


async def test_a_case_that_is_followed_is_covered_as_soon_as_its_stream_is_refused(
    site: Product, browser: Browser
) -> None:
    ref = await case_of(site, PromiseMade(at=NOW, words="We mend the lock."))
    async with signed_in(browser, site, "officer-743") as page:
        await page.clock.install()
        refused: list[str] = []

        async def away(route: Route) -> None:
            refused.append(route.request.url)
            await route.abort()

        await page.route("**/timeline/stream*", away)
        await page.goto(f"/cases/{ref}")
        await expect(page.locator("#main")).to_contain_text("We mend the lock.")
        await page.clock.run_for(11_000)
        await expect(page.locator("#not-live")).to_be_visible()
        assert refused
        await is_right(page, for_staff=True, contrast=False)
        await page.unroute("**/timeline/stream*")
        await page.clock.run_for(70_000)
        await expect(page.locator("#not-live")).to_be_hidden()
        await page.context.clear_cookies()
        await page.evaluate("htmx.trigger('#case', 'htmx:sseError')")
        await expect(page.locator("#signed-out")).to_be_visible()
        assert "We mend the lock." not in await page.locator("body").inner_text()
