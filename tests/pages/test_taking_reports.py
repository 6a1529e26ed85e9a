"""Taking a report: what to ask, cases like it, its reference at once, and nothing typed lost."""

from own_link import NOW, case_of
from playwright.async_api import Browser, Page, expect
from signed_in import signed_in
from sqlalchemy import update

from policy.facts.reviewing import CaseAllocated
from store.cases import cases
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
            alike = page.locator("#alike")
            if await alike.get_by_role("button", name="Record it there").count():
                break
            await expect(alike).to_contain_text("There is none.")
            await page.get_by_role("button", name="Record the report").click()
            await expect(page.locator("ol.timeline li", has_text="He threw stones")).to_have_count(1)
        await alike.get_by_role("button", name="Record it there").click()
        await expect(page.get_by_role("heading", name="A further incident")).to_be_visible()
        await expect(page.get_by_label("Phone", exact=True)).to_be_checked()
        words = page.get_by_label("What happened, in your words")
        await expect(words).to_have_value("He threw stones at her window.")
        await words.fill("Again, at night.")
        await page.get_by_role("button", name="Record the report").click()
        await expect(page.locator("ol.timeline li", has_text="Again, at night.")).to_have_count(1)


async def test_cases_like_it_come_by_themselves_while_one_types(lived_in: Product, browser: Browser) -> None:
    ref = await lived_in.officer.reported(complainant={"name": "Nadia Example", "address": ["9 Invented Lane"]})
    async with signed_in(browser, lived_in) as page:
        await page.goto("/reports/new/noise")
        await page.get_by_text("The complainant (optional)").click()
        name, address = (page.locator(f"[name='complainant.{one}']") for one in ("name", "address"))
        await name.press_sequentially("Nadia Example")
        await address.press_sequentially("9 Invented Lane")
        await expect(page.locator("#alike")).to_contain_text(ref)
        await expect(address).to_be_focused()
        await expect(name).to_have_value("Nadia Example")
        await address.fill("1 Elsewhere")
        await name.fill("Somebody Else")
        await expect(page.locator("#alike")).to_contain_text("There is none.")


async def test_a_report_with_something_missing_keeps_what_was_typed(site: Product, browser: Browser) -> None:
    async with signed_in(browser, site) as page:
        await page.goto("/reports/new/noise")
        await page.get_by_label("What happened, in your words").fill("Stones.")
        await page.get_by_role("button", name="Record the report").click()
        await expect(page.get_by_role("heading", name="Nothing was recorded")).to_be_visible()
        await expect(page.get_by_label("What happened, in your words")).to_have_value("Stones.")


async def test_what_is_told_of_a_case_that_is_shut_ends_with_its_being_kept(site: Product) -> None:
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-2"))
    async with site.records.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == ref).values(restricted=True))
    who = site.as_("officer", "officer-79")
    assert (await who.get(f"/cases/{ref}")).status_code == 403
    headers = who.headers() | {"Origin": site.settings.public_origin}
    form = {"channel": "phone", "words": "He came back."}
    answer = await site.http.post(f"/cases/{ref}/incidents", data=form, headers=headers)
    assert answer.status_code == 200, answer.text
    assert f"It is kept on {ref}" in answer.text
    assert f'href="/cases/{ref}"' not in answer.text
