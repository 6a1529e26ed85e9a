"""The service at a glance, of real cases, without what the viewer may not see."""

from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in

from policy.facts.reviewing import CaseAllocated
from store import board
from store.board import Waiting
from tests.api.product import Product
from tests.given import assessed, contact
from tests.policy import happenings as h
from tests.store.test_evidence_kept import MONDAY, added


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


async def test_a_file_that_waits_is_counted_once_since_it_came_and_not_by_what_is_owed_of_it(
    site: Product,
) -> None:
    async def waits() -> Waiting | None:
        async with site.resources.everything.reading() as db:
            return next((one for one in await board.waiting(db) if one.what == "no_case"), None)

    before = await waits()
    await added(site.resources.everything, None, at=NOW, name="just come.jpg")
    await added(site.resources.everything, None, name="late, so that a supervisor owes it, too.jpg")
    after = await waits()
    assert after
    assert after.many == (before.many if before else 0) + 2
    assert after.since <= MONDAY
    assert 'href="/evidence"' in (await site.supervisor.get("/board")).text.partition("<main")[2]
