"""A case on one page."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

from looking_at import is_right
from own_link import NOW, case_of, record
from playwright.async_api import Browser, Page, expect
from signed_in import signed_in
from sqlalchemy import update

from policy.facts.needs import DomesticAbuseRecognised, SafeContact
from policy.facts.people import Means
from policy.facts.promising import PromiseMade
from policy.facts.reviewing import CaseAllocated
from store.cases import cases
from tests.api.product import Product
from tests.given import assessed, contact
from tests.policy import happenings as h


async def test_it_tells_where_the_case_stands_and_what_happened(site: Product, browser: Browser) -> None:
    ref = await case_of(site, contact(NOW), assessed(NOW), PromiseMade(at=NOW, words="We mend the lock."))
    async with signed_in(browser, site) as page:
        await page.goto(f"/cases/{ref}")
        assert await page.title() == f"{ref} - Casework"
        main = page.locator("main")
        await expect(main).to_contain_text("Rowan Example (the complainant)")
        await expect(main).to_contain_text("Promised: We mend the lock. (open")
        await expect(page.locator(".owed", has_text="Review the case with the officer")).to_be_visible()
        await expect(page.get_by_role("link", name="The case was reviewed")).to_have_count(0)
        await expect(page.locator("ol.timeline li")).to_have_count(4)
        await page.get_by_label("Only lines with these words").fill("LOCK mend")
        await page.get_by_role("button", name="Show", exact=True).click()
        await expect(page.locator("ol.timeline li")).to_have_count(1)
        await expect(main).to_contain_text("1 of 4 lines")


async def test_each_reason_why_something_cannot_be_recorded_stands_once(site: Product) -> None:
    """With all that it holds for, so that nobody reads one sentence eighty times."""
    shown = (await site.officer.get(f"/cases/{await case_of(site)}")).text
    folded = shown.partition("What cannot be recorded now, and why")[2].partition("</details>")[0]
    sentences = re.findall("<p>(.*?)</p>", folded)
    assert len(sentences) == len(set(sentences)) > 5
    assert folded.startswith(f" ({folded.count('<li>')})")


async def test_it_updates_itself_when_somebody_else_records(site: Product, browser: Browser) -> None:
    ref = await case_of(site)
    async with signed_in(browser, site) as page:
        await page.goto(f"/cases/{ref}")
        await expect(page.locator("ol.timeline li")).to_have_count(1)
        await page.get_by_text("What you can record now").click()
        await record(site, ref, [contact(NOW)], 2)
        await expect(page.locator("ol.timeline li")).to_have_count(2, timeout=2000)
        offered = page.locator(f"a.govuk-link[href='/cases/{ref}/record/contact_attempted']")
        await expect(offered).to_be_visible()
        await page.goto(f"/cases/{ref}")
        await page.get_by_text("Only some kinds").click()
        await page.get_by_label("We reached the complainant (1)").check()
        await page.get_by_role("button", name="Show", exact=True).click()
        await expect(page.locator("#lines")).to_contain_text("1 of 2 lines")
        await page.get_by_label("Only lines with these words").fill("half typ")
        await record(site, ref, [contact(NOW), h.attempt(NOW)], 3)
        await expect(page.locator("#lines")).to_contain_text("2 of 4 lines", timeout=2000)
        await expect(page.get_by_label("Only lines with these words")).to_have_value("half typ")


async def test_a_case_that_there_is_not_is_said_so(site: Product, browser: Browser) -> None:
    async with signed_in(browser, site) as page:
        answer = await page.goto("/cases/CW-2024-999999")
        assert answer is not None
        assert answer.status == 404


async def test_what_was_written_down_late_says_so(site: Product, browser: Browser) -> None:
    ref = await case_of(site, contact(NOW))
    await record(site, ref, [h.attempt(NOW - timedelta(hours=2))], 3, recorded_at=NOW)
    async with signed_in(browser, site) as page:
        await page.goto(f"/cases/{ref}")
        await page.get_by_label("Only what was recorded late").check()
        await page.get_by_role("button", name="Show", exact=True).click()
        await expect(page.locator("ol.timeline li")).to_have_count(1)
        late = page.locator("ol.timeline li", has_text="recorded late")
        await expect(late).to_have_count(1)
        await expect(late).to_contain_text("We tried to reach the complainant and did not")


async def test_with_domestic_abuse_the_safe_way_stands_before_the_number(site: Product, browser: Browser) -> None:
    only = SafeContact(means=(Means.PHONE,))
    ref = await case_of(site, DomesticAbuseRecognised(at=NOW, words="By him.", safe_contact=only))
    async with signed_in(browser, site) as page:
        await page.goto(f"/cases/{ref}")
        her = page.locator(".people li").first
        await her.get_by_text("How to reach them").click()
        text = await her.inner_text()
        assert 0 < text.index("Only by phone") < text.index("01632 960001")


async def test_on_paper_nothing_folded_is_lost_but_how_to_reach_somebody(
    site: Product, browser: Browser, tmp_path: Path
) -> None:
    ref = await case_of(site, assessed(NOW))
    async with signed_in(browser, site) as page:
        await page.goto(f"/cases/{ref}")
        printed = await on_paper(page, tmp_path)
        assert "Rowan Example (the complainant)" in printed
        assert "policy section" in printed, "why it is due by then"
        for left_out in (
            "01632 960001",
            "Invented Street",
            "Sign out",
            "Show",
            "Record something",
            "as it was known",
        ):
            assert left_out not in printed, left_out
        await page.locator("details.reach summary").click()
        assert "01632 960001" in await on_paper(page, tmp_path)


async def on_paper(page: Page, folder: Path) -> str:
    """What stands on the printed page, on one line."""
    file = folder / "page.pdf"
    await page.pdf(path=file)
    read = await asyncio.create_subprocess_exec("pdftotext", file, "-", stdout=asyncio.subprocess.PIPE)
    said, _ = await read.communicate()
    return " ".join(said.decode().split())


async def test_whoever_must_see_a_case_that_is_shut_says_why_where_they_were_turned_away(
    site: Product, browser: Browser
) -> None:
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-2"))
    async with site.records.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == ref).values(restricted=True))
    async with signed_in(browser, site, "officer-97", width=320) as page:
        await page.goto(f"/cases/{ref}")
        await expect(page.get_by_role("heading", level=1)).to_have_text("You cannot do this here")
        await is_right(page)
        await page.get_by_role("button", name="See it now").click()
        await expect(page.get_by_role("heading", name="Nothing was recorded")).to_be_visible()
        await page.get_by_label("What the danger is").fill("He is at her door.")
        await page.get_by_role("button", name="Record").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(ref)
