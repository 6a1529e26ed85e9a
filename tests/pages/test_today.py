"""An officer's first page, of real cases behind the real door."""

from own_link import NOW, case_of, record
from playwright.async_api import Browser, expect
from signed_in import signed_in

from policy.facts.base import Actor, Role
from policy.facts.reviewing import CaseAllocated
from tests.api.product import Product
from tests.given import contact

MINE = CaseAllocated(at=NOW, officer="officer-7")


async def test_whoever_is_not_signed_in_is_led_to_signing_in_and_back(site: Product) -> None:
    answer = await site.http.get("/today?about=x", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Ftoday%3Fabout%3Dx")


async def test_what_is_owed_says_by_when_and_why_and_what_to_record(site: Product, browser: Browser) -> None:
    ref, other = await case_of(site, MINE), await case_of(site)
    async with signed_in(browser, site, "officer-7") as page:
        await page.goto("/today")
        mine = page.locator("li.owed", has_text=ref).filter(has_text="Contact the complainant")
        await mine.get_by_text("Why").click()
        await expect(mine.get_by_text("(policy section 5, contact-5-working-days)")).to_be_visible()
        href = await mine.get_by_role("link", name="We reached the complainant").get_attribute("href")
        assert href == f"/cases/{ref}/record/contact_made"
        await expect(page.locator("main")).not_to_contain_text(other)


async def test_what_others_recorded_is_new_until_one_has_looked(site: Product, browser: Browser) -> None:
    ref = await case_of(site, MINE)
    await record(site, ref, [contact(NOW)], 3, by=Actor(id="officer-7", role=Role.OFFICER))
    async with signed_in(browser, site, "officer-7") as page:
        await page.goto("/today")
        await expect(page.locator("main ul li", has_text=ref)).not_to_contain_text("We reached")
        news = page.locator("main li", has_text=ref).filter(has_text="A report was made")
        await expect(news).to_be_visible()
        await page.goto(f"/cases/{ref}")
        await page.goto("/today")
        await expect(news).to_have_count(0)
