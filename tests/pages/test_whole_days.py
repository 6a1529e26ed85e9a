"""Whole days of those who work with cases, in a browser, on a real engine."""

import re
from datetime import datetime, timedelta

from by_form import fill, record, recorded
from playwright.async_api import Browser, Page, expect
from signed_in import a_sign_in, signed_in

from policy.working_days import LONDON
from tests.api.product import Product

TODAY = datetime.now(LONDON).date()
SOON = (TODAY + timedelta(days=10)).isoformat()
AT_ONCE = 2000
"""Milliseconds within which somebody sees what somebody else recorded."""


async def report_taken(page: Page, category: str, **said: str) -> str:
    await page.goto("/reports/new")
    await page.locator(f'a[href="/reports/new/{category}"]').click()
    await fill(page, channel="phone", **said)
    await record(page, "Record the report")
    await expect(page).to_have_url(re.compile(r"/cases/CW-\d{4}-\d{6}"))
    return await page.locator("h1").inner_text()


async def test_an_officer_s_morning(lived_in: Product, browser: Browser) -> None:
    """A report is taken; Today says what it owes; each press records it; what is done is owed no more."""
    async with signed_in(browser, lived_in) as page:
        ref = await report_taken(
            page,
            "noise",
            words="Music at night.",
            complainant__name="Nora Example",
            complainant__phone="01632 960002",
        )
        home, owed = f"/cases/{ref}", page.locator("li.owed", has_text=ref)
        await page.goto("/today")
        await owed.filter(has_text="Contact the complainant").locator("a.press").first.click()
        await fill(page, means="phone", words="She sleeps in the car.")
        await page.get_by_role("button", name="See first what it does").click()
        await expect(page.locator(".preview")).to_contain_text("No longer owed: Contact the complainant.")
        await record(page)
        await recorded(
            page, home, "assessed", seriousness="ordinary", categories="noise", limb="b", reasons="Nightly."
        )
        await recorded(page, home, "promise_made", words="Ring on Friday.", by_when=SOON)
        await page.goto("/today")
        await expect(owed.filter(has_text="Contact the complainant")).to_have_count(0)
        await expect(owed.filter(has_text="promise")).to_have_count(1)


async def test_a_friday_evening_s_hate_report(lived_in: Product, browser: Browser) -> None:
    """Reported as what it is, it is serious at once, is given to an officer, and stands on the list of hate."""
    async with (
        signed_in(browser, lived_in, "officer-1") as officer,
        signed_in(browser, lived_in, "supervisor-1") as leads,
    ):
        ref = await report_taken(
            officer,
            "hate",
            words="He shouts about where she comes from, and wrote it on her door.",
            hate__strands="race",
            hate__perceived_by="victim",
            hate__offence_alleged="yes",
            police_advised="yes",
            complainant__name="Nadia Example",
            complainant__phone="01632 960003",
        )
        home = f"/cases/{ref}"
        await expect(officer.locator(".flags")).to_contain_text("Hate: race")
        await expect(officer.locator(".flags")).to_contain_text("Serious")
        await recorded(leads, home, "case_allocated", officer="officer-1")
        await recorded(officer, home, "contact_made", means="phone", words="She is afraid to open the door.")
        await officer.goto("/today")
        await expect(officer.locator("li.owed", has_text=ref).first).to_be_visible()
        await leads.goto("/safety/hate")
        await expect(leads.locator("main")).to_contain_text(ref)


async def test_a_review_meeting(lived_in: Product, browser: Browser) -> None:
    """A supervisor goes through an officer's cases; what a review leaves to do is asked about by the next one."""
    await a_sign_in(lived_in, "officer-1")
    ref = await lived_in.officer.reported()
    home = f"/cases/{ref}"
    async with signed_in(browser, lived_in, "supervisor-1") as leads:
        await recorded(leads, home, "case_allocated", officer="officer-1")
        await leads.goto("/one-to-one?officer=officer-1")
        await leads.get_by_role("link", name=ref).first.click()
        await expect(leads.locator("h1")).to_have_text(ref)
        await recorded(
            leads, home, "assessed", seriousness="ordinary", categories="noise", limb="b", reasons="Nightly."
        )
        await recorded(leads, home, "action_planned", words="Fit a quieter fan.", by_when=SOON)
        for said in ("A fan is to be fitted.", "The fan is ordered."):
            await leads.goto(f"{home}/record/case_reviewed")
            await expect(leads.locator("#last-review")).to_contain_text("Fit a quieter fan.")
            await fill(leads, words=said, policy_followed="yes")
            for one in await leads.locator(
                "main textarea[name^='answers.'], main textarea[name^='actions.']"
            ).all():
                name = await one.get_attribute("name") or ""
                await fill(leads, **{name.replace(".", "__"): "Yes."})
            await record(leads)
        await leads.goto(f"{home}/record/case_reviewed")
        await expect(leads.locator("#last-review")).to_contain_text("The fan is ordered.")


async def test_a_legal_action_up_to_an_order(lived_in: Product, browser: Browser) -> None:
    """Officer, supervisor and solicitor carry it on from its page; the order stands on it and on its case."""
    pat = {"name": "Pat Sample", "address": ["3 Invented Row", "Sevenoaks"]}
    home = f"/cases/{await lived_in.officer.reported(category='violence', about=pat, police_advised=True)}"
    proposal = {
        "remedy": "injunction_with_arrest_or_exclusion",
        "tenure": "assured",
        "very_serious": "He held a knife.",
        "reasons": "She is afraid to go out.",
    }
    async with (
        signed_in(browser, lived_in, "officer-1") as officer,
        signed_in(browser, lived_in, "supervisor-1") as leads,
        signed_in(browser, lived_in, "solicitor-1") as solicitor,
    ):
        effect = {
            "effect": "Nobody uses the stairs.",
            "substantial": "yes",
            "causes": "alcohol",
            "words": "Told us.",
        }
        await recorded(officer, home, "effect_recorded", **effect)
        await recorded(officer, home, "legal_action_proposed", **proposal)
        await officer.goto(home)
        await officer.get_by_role("link", name=re.compile("Legal action CW-")).click()
        await expect(officer).to_have_url(re.compile("/legal-actions/"))
        there = officer.url.removeprefix(lived_in.base)
        await recorded(leads, there, "team_reviewed", goes_on="yes", words="It is that serious.")
        await recorded(officer, there, "solicitor_instructed", by_when=SOON, words="Please look.")
        await recorded(solicitor, there, "solicitor_answered", view="enough", words="It is enough.")
        await recorded(solicitor, there, "papers_issued", court="A county court", words="Issued.")
        await recorded(solicitor, there, "court_listed", on=TODAY.isoformat())
        order = {"order__until": SOON, "order__power_of_arrest": "yes", "order__exclusion": "yes"}
        await recorded(solicitor, there, "court_decided", outcome="granted", words="He stays away.", **order)
        await expect(solicitor.locator("main")).to_contain_text("He stays away.")
        await officer.goto(home)
        await expect(officer.locator("main")).to_contain_text("Legal action")


async def test_two_people_on_one_case_see_what_the_other_records(lived_in: Product, browser: Browser) -> None:
    async with (
        signed_in(browser, lived_in, "officer-1") as one,
        signed_in(browser, lived_in, "supervisor-1") as other,
    ):
        home = f"/cases/{await lived_in.officer.reported()}"
        watching = {one: await one.context.new_page(), other: await other.context.new_page()}
        for page in watching.values():
            await page.goto(home)
            await expect(page.locator("ol.timeline li").first).to_be_visible()
        for writer, reader, words in ((one, other, "Spoke at ten."), (other, one, "Rang them at eleven.")):
            await recorded(writer, home, "contact_made", means="phone", words=words)
            await expect(watching[reader].locator("ol.timeline li", has_text=words)).to_have_count(
                1, timeout=AT_ONCE
            )
