"""The page for an officer and whoever leads them."""

import re
from datetime import UTC, datetime, time, timedelta

from own_link import NOW, case_of, record
from playwright.async_api import Browser, expect
from signed_in import signed_in

from activities.counting import Counting
from policy.facts.base import SYSTEM
from policy.facts.promising import PromiseMade
from policy.facts.reviewing import CaseAllocated, CoverArranged
from policy.facts.ruling import DeadlineMissed
from policy.measures import MEASURES
from policy.working_days import LONDON, day_in_words, london_day
from store import deadlines
from tests.api.product import Product
from tests.given import assessed, contact
from tests.policy import happenings as h

MINE = CaseAllocated(at=NOW, officer="officer-64")
LONG_AGO = NOW - timedelta(days=40)


async def test_every_open_case_with_its_days_what_closed_and_what_was_missed(
    site: Product, browser: Browser
) -> None:
    this_month = datetime.now(UTC)
    quiet = await case_of(site, MINE, contact(NOW), assessed(NOW), PromiseMade(at=NOW, words="We mend the lock."))
    late = await case_of(site, MINE, at=LONG_AGO)
    written_down_late = await case_of(site, MINE, at=LONG_AGO)
    for ref in (late, written_down_late):
        async with site.resources.everything.reading() as db:
            first = next(one for one in await deadlines.endings(db, ref) if one["key"] == "first-contact")
        missed = DeadlineMissed(at=this_month, key="first-contact", due=first["due"], row=first["row"])
        await record(site, ref, [missed], 3, by=SYSTEM)
    await record(site, written_down_late, [contact(LONG_AGO + timedelta(hours=1))], 4, recorded_at=this_month)
    closed = await case_of(
        site, MINE, assessed(NOW), h.proposal(NOW), h.sent(NOW, "closing-letter-4"), h.closed(this_month)
    )
    others = await case_of(site, CaseAllocated(at=NOW, officer="officer-65"))
    away = CoverArranged(at=NOW, officer="officer-64", until=london_day(NOW) + timedelta(days=3))
    covered = await case_of(site, CaseAllocated(at=NOW, officer="officer-66"), away)
    async with signed_in(browser, site, "supervisor-64") as page:
        await page.goto("/one-to-one?officer=officer-64")
        found = [await one.inner_text() for one in await page.locator("li.owed h3 a").all()]
        assert found[0] == late
        assert set(found) == {quiet, late, covered, written_down_late}, others
        here = page.locator("li.owed", has_text=quiet)
        await expect(here).to_contain_text(f"Last contact with the complainant: {day_in_words(london_day(NOW))}")
        await expect(here).to_contain_text("A promise: by")
        await expect(here).not_to_contain_text("mend")
        await expect(page.locator("li.owed", has_text=covered)).to_contain_text("Covers for officer-66 until")
        there = page.locator("li.owed", has_text=late)
        await expect(there).to_contain_text("Last contact with the complainant: none yet")
        await expect(there).to_contain_text("A supervisor has: Contact the complainant")
        press = there.get_by_role("link", name="Record a review")
        assert await press.get_attribute("href") == f"/cases/{late}/record/case_reviewed"
        lists = page.locator("main > ul.govuk-list")
        await expect(lists.nth(0)).to_contain_text(f"{late}: Contact the complainant")
        await expect(lists.nth(0)).to_contain_text("still open")
        await expect(lists.nth(0)).not_to_contain_text(written_down_late)
        await expect(page.locator("main")).to_contain_text(
            "1 more was done in time and recorded only after its day."
        )
        await expect(lists.nth(1)).to_contain_text(closed)


async def test_an_officer_s_figures_of_this_month_and_the_last_are_beside_their_cases(site: Product) -> None:
    mine, month = CaseAllocated(at=NOW, officer="officer-671"), london_day(datetime.now(UTC)).replace(day=1)
    last_month = datetime.combine(month - timedelta(days=10), time(12), LONDON)
    await case_of(site, mine, contact(NOW), at=last_month)
    await case_of(site, mine, contact(NOW))
    await case_of(site, CaseAllocated(at=NOW, officer="officer-672"), contact(NOW))
    await Counting(site.records).bring_up_to_date()
    page = (await site.as_("supervisor", "supervisor-64").get("/one-to-one", officer="officer-671")).text
    opened = re.search(r"Cases that were reported</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>", page)
    assert opened is not None
    assert opened.groups() == (("1", "1") if london_day(NOW) >= month else ("0", "2"))
    assert f">{(month - timedelta(days=1)):%B}</th>" in page
    for name, theirs in (("contacts_kept", True), ("reviews_held", False), ("kept", False)):
        assert (f'">{MEASURES[name].says}</th>' in page) is theirs, name


async def test_it_is_for_the_officer_and_whoever_leads_them(site: Product) -> None:
    assert (await site.as_("officer", "officer-64").get("/one-to-one")).status_code == 200
    assert (await site.as_("officer", "officer-64").get("/one-to-one", officer="officer-64")).status_code == 200
    turned_away = await site.as_("officer", "officer-65").get("/one-to-one", officer="officer-64")
    assert turned_away.status_code == 403
    assert "for the officer and whoever leads them" in turned_away.text
    assert (await site.as_("manager", "manager-64").get("/one-to-one", officer="officer-64")).status_code == 200
