"""The service at a glance, of real cases, without what the viewer may not see."""

from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in

from policy.facts.reviewing import CaseAllocated
from tests.api.product import Product
from tests.given import assessed, contact
from tests.policy import happenings as h


async def test_whose_cases_are_open_and_what_is_late(site: Product, browser: Browser) -> None:
    given = CaseAllocated(at=NOW, officer="officer-61")
    await case_of(site, given, h.hate(NOW))
    await case_of(site, given, contact(NOW))
    await case_of(site, given, assessed(NOW), h.proposal(NOW), h.sent(NOW, "closing-letter-4"), h.closed(NOW))
    async with signed_in(browser, site, "supervisor-61") as page:
        await page.goto("/board")
        row = page.locator("tr", has_text="officer-61")
        cells = [await one.inner_text() for one in await row.locator("td").all()]
        assert cells[:4] == ["2", "1", "1", "1"], "with hate, somebody is owed advice within the hour"
        await row.get_by_role("link", name="officer-61", exact=True).click()
        await expect(page.locator("li.owed")).to_have_count(2)
