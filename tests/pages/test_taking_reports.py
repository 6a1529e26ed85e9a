"""Taking a report: what to ask, cases like it, its reference at once, and nothing typed lost."""

from playwright.async_api import Browser, Page, expect
from signed_in import signed_in

from tests.api.product import Product


async def written(page: Page, name: str) -> None:
    await page.get_by_label("Phone", exact=True).first.check()
    await page.get_by_label("What happened, in your words").fill("He threw stones at her window.")
    await page.get_by_text("The complainant (optional)").click()
    await page.locator("[name='complainant.name']").fill(name)
    await page.locator("[name='complainant.address']").fill("7 Invented Lane\nSevenoaks TN13 1AC")


async def test_a_report_is_taken_with_the_script_of_its_category(lived_in: Product, browser: Browser) -> None:
    async with signed_in(browser, lived_in) as page:
        await page.goto("/reports/new")
        await page.get_by_role("link", name="Noise").click()
        await expect(page.get_by_role("heading", name="What to ask and say")).to_be_visible()
        await expect(page.locator(".preview li").first).to_contain_text("Ask:")
        await written(page, "Nell Example")
        await page.get_by_role("button", name="Record the report").click()
        await expect(page.locator("ol.timeline li").last).to_contain_text("He threw stones at her window.")
        await expect(page.locator("main")).to_contain_text("Nell Example (the complainant)")


async def test_cases_like_it_are_offered_and_a_further_incident_goes_there(
    lived_in: Product, browser: Browser
) -> None:
    async with signed_in(browser, lived_in) as page:
        for _ in range(2):
            await page.goto("/reports/new/noise")
            await written(page, "Nora Example")
            await page.get_by_role("button", name="Look for cases like it").click()
            alike = page.locator(".preview[role=status]")
            if await alike.get_by_role("link", name="Record it there").count():
                break
            await expect(alike).to_contain_text("There is none.")
            await page.get_by_role("button", name="Record the report").click()
            await expect(page.locator("ol.timeline li", has_text="He threw stones")).to_have_count(1)
        await alike.get_by_role("link", name="Record it there").click()
        await page.get_by_label("Phone", exact=True).check()
        await page.get_by_label("What happened, in your words").fill("Again, at night.")
        await page.get_by_role("button", name="Record the report").click()
        await expect(page.locator("ol.timeline li", has_text="Again, at night.")).to_have_count(1)


async def test_a_report_with_something_missing_keeps_what_was_typed(site: Product, browser: Browser) -> None:
    async with signed_in(browser, site) as page:
        await page.goto("/reports/new/noise")
        await page.get_by_label("What happened, in your words").fill("Stones.")
        await page.get_by_role("button", name="Record the report").click()
        await expect(page.get_by_role("heading", name="Nothing was recorded")).to_be_visible()
        await expect(page.get_by_label("What happened, in your words")).to_have_value("Stones.")
