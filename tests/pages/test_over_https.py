"""Over TLS, as a landlord runs it: browsers keep the cookies that nobody else can set."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from every_page import WAYS
from own_link import case_of, link_to
from playwright.async_api import Browser, Page, expect

from pages.app import with_pages
from runtime.embedded.processes import free_port
from tests.api.product import Product, elsewhere, serving
from tests.certificates import Authority
from tests.tls_relay import before


@pytest_asyncio.fixture(loop_scope="session")
async def secure(site: Product, tmp_path: Path) -> AsyncIterator[Product]:
    """Not on a machine on its own, behind a proxy that ends TLS."""
    port = free_port()
    certificate = Authority(tmp_path, "authority").vouches_for("127.0.0.1")
    async with before(port, certificate.serving(), speaks="http/1.1") as relay:
        settings = elsewhere(site.settings, local=False, public_url=f"https://{relay.address}")
        async with serving(settings, port=port, make=with_pages) as product:
            yield product


@pytest_asyncio.fixture(loop_scope="session")
async def private(browser: Browser, secure: Product) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=secure.settings.public_url, ignore_https_errors=True)
    context.set_default_timeout(15_000)
    yield await context.new_page()
    await context.close()


async def _cookies(page: Page) -> set[str]:
    found = await page.context.cookies()
    assert all(one["secure"] and one["httpOnly"] and one["path"] == "/" for one in found)  # type: ignore[typeddict-item] # Playwright's own
    return {one["name"] for one in found}  # type: ignore[typeddict-item] # as above


async def test_a_report_is_told_from_beginning_to_end(private: Page, secure: Product) -> None:
    await WAYS["/report/sent"](private, secure)
    await expect(private.locator(".reference")).to_contain_text("CW-")
    assert await _cookies(private) == {"__Host-casework-draft"}


async def test_somebody_s_own_case_opens_and_leaving_takes_the_cookies_along(
    private: Page, secure: Product, site: Product
) -> None:
    _, path = await link_to(site, await case_of(site))
    await private.goto(path)
    await private.get_by_role("textbox").fill("0001")
    await private.get_by_role("button", name="Continue").click()
    await expect(private.get_by_role("heading", name="Where things stand")).to_be_visible()
    assert await _cookies(private) == {"__Host-casework-visiting"}
    async with private.expect_response(secure.settings.leave_quickly_to):
        await private.get_by_role("link", name="Leave this page").click()
    assert not await _cookies(private)


async def test_a_browser_keeps_them_without_tls_on_this_machine(browser: Browser, site: Product) -> None:
    """Chromium trusts loopback as it trusts TLS: whoever tries a server out there sees what residents see."""
    settings = elsewhere(site.settings, local=False)
    async with serving(settings, make=with_pages) as product:
        context = await browser.new_context(base_url=product.base)
        page = await context.new_page()
        await page.goto("/report")
        await page.get_by_role("button", name="Begin").click()
        kept = await _cookies(page)
        await context.close()
    assert kept == {"__Host-casework-draft"}
