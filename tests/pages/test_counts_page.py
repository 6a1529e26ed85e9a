"""Open cases in numbers, of real cases, for whoever leads a team and without what they may not see."""

from own_link import NOW, case_of
from playwright.async_api import Browser, Page, expect
from signed_in import signed_in

from policy.facts.reviewing import CaseAllocated
from store.relations import is_in_teams
from tests.api.product import Product
from tests.given import assessed, contact
from tests.policy import happenings as h


async def test_what_is_open_late_due_today_and_waits_for_a_decision(site: Product, browser: Browser) -> None:
    given = CaseAllocated(at=NOW, officer="officer-7101")
    await case_of(site, given, h.hate(NOW))
    await case_of(site, given, contact(NOW))
    await case_of(site, given, contact(NOW), assessed(NOW), h.hate(NOW), h.proposal(NOW))
    closed = assessed(NOW), h.proposal(NOW), h.sent(NOW, "closing-letter-4"), h.closed(NOW)
    await case_of(site, given, contact(NOW), *closed)
    async with site.resources.everything.writing() as db:
        await is_in_teams(db, "officer-7101", ["dale", "vale"])
    async with signed_in(browser, site, "supervisor-7101") as page:
        await page.goto("/board")
        await page.get_by_role("link", name="In numbers").click()
        for team in ("dale", "vale"):
            assert await numbers(page, team) == ["3", "2", "0", "1"], "with hate, advice is owed within the hour"
        await page.get_by_role("link", name="By officer").click()
        assert await numbers(page, "officer-7101") == ["3", "2", "0", "1"]
        await page.get_by_role("link", name="officer-7101").click()
        await expect(page.locator("li.owed")).to_have_count(3)


async def numbers(page: Page, called: str) -> list[str]:
    cells = page.locator("tr", has=page.get_by_role("rowheader", name=called, exact=True)).locator("td")
    return [await one.inner_text() for one in await cells.all()]


async def test_they_are_for_whoever_leads_by_page_and_by_api(site: Product) -> None:
    assert (await site.officer.get("/counts")).status_code == 403
    assert (await site.officer.get("/api/counts")).status_code == 403
    told = (await site.supervisor.get("/api/counts", by="seriousness")).json()
    assert sum(one["open"] for one in told["sorted"]) == told["all"]["open"]
    assert (await site.supervisor.get("/api/counts", by="colour")).status_code == 422
