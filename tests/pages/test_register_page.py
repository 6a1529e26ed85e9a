"""Listing cases by what they are, and looking for words on one."""

from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in

from policy.facts.reviewing import CaseAllocated
from store.lookings import lookings
from tests.api.product import Product


async def test_only_mine(site: Product, browser: Browser) -> None:
    ref, other = await case_of(site, CaseAllocated(at=NOW, officer="officer-8")), await case_of(site)
    async with signed_in(browser, site, "officer-8") as page:
        await page.goto("/cases")
        await page.get_by_text("Only some of them").click()
        await page.get_by_label("Mine").check()
        await page.get_by_role("button", name="Show").click()
        await expect(page.get_by_role("link", name=ref)).to_be_visible()
        await expect(page.get_by_role("link", name=other)).to_have_count(0)


async def test_looking_for_words_on_a_case_is_a_look(site: Product) -> None:
    ref = await case_of(site)
    headers = site.as_("officer", "officer-188").headers() | {"Origin": site.settings.public_origin}
    answer = await site.http.post(f"/cases/{ref}", data={"words": "told"}, headers=headers)
    assert answer.status_code == 200
    async with site.resources.everything.reading() as db:
        looked = lookings.select().where(lookings.c.who == "officer-188", lookings.c.about == ref)
        assert (await db.connection.execute(looked)).first()


async def test_narrowing_the_cases_of_an_officer_keeps_the_officer(site: Product) -> None:
    page = (await site.officer.get("/cases", officer="officer-8")).text
    assert '<input type="hidden" name="officer" value="officer-8">' in page
