"""Somebody reports by our page."""

import asyncio
from typing import Any

import pytest
from looking_at import is_right
from playwright.async_api import BrowserContext, Page, expect
from sqlalchemy import select

from store.report_drafts import report_drafts
from store.reports import reports
from tests.api.product import Product


async def go_on(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


async def choose(page: Page, text: str) -> None:
    await page.get_by_label(text, exact=True).check()
    await go_on(page)


async def as_far_as_words(page: Page, who: str = "Me, or somebody I live with") -> None:
    await page.goto("/report")
    await page.get_by_role("button", name="Begin").click()
    await choose(page, who)
    await choose(page, "Noise")


async def as_far_as_checking(page: Page) -> None:
    await as_far_as_words(page)
    await page.get_by_label("What happened?").fill("Music through the wall.\nEvery night.")
    await go_on(page)
    await choose(page, "No")
    for _ in range(3):
        await go_on(page)
    await choose(page, "No")
    await page.get_by_label("Your name").fill("Rowan Example")
    await page.get_by_label("Telephone number").fill("01632 960001")
    await go_on(page)
    await choose(page, "Ring me")
    await page.get_by_label("Letters in large print").check()
    await page.get_by_label("Which language, or anything else").fill("Ring after six.")
    await go_on(page)


async def entry_of(site: Product, ref: str) -> dict[str, Any]:
    async with site.records.reading() as db:
        found = await db.connection.scalar(select(reports.c.entry).where(reports.c.case_ref == ref))
    assert found is not None
    told: dict[str, Any] = found["fact"]
    return told


async def drafts(site: Product) -> int:
    async with site.resources.everything.reading() as db:
        return len((await db.connection.execute(select(report_drafts))).all())


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
async def test_a_report_is_told_one_question_a_page_and_has_its_reference_at_once(
    page: Page, without_scripts: Page, site: Product, script: bool
) -> None:
    """Also while the engine is away, as it is here."""
    page = page if script else without_scripts
    await as_far_as_checking(page)
    await expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    await page.get_by_role("button", name="Send").click()
    ref = await page.locator(".reference").inner_text()
    told = await entry_of(site, ref)
    assert told["words"] == "Music through the wall.\nEvery night.\n\nWould make it easier: Ring after six."
    assert told["adjustments"] == ["large_print"]
    assert (told["channel"], told["reporter"], told["category"]) == ("web", "victim", "noise")
    assert told["complainant"] | {"name": "Rowan Example", "phone": "01632 960001"} == told["complainant"]
    assert told["hate"] is None
    assert "Rowan" not in page.url


async def test_every_page_of_it_is_right_empty_and_with_errors(page: Page) -> None:
    await page.goto("/report")
    await is_right(page)
    await page.get_by_role("button", name="Begin").click()
    seen = 0
    answers = {"who": "Me, or somebody I live with", "what": "Being treated badly because of who you are"}
    answers |= {"about": "Something else about who somebody is", "close": "No", "safe": "Ring me"}
    while "/check" not in page.url:
        about = page.url.rsplit("/", 1)[1]
        await is_right(page)
        if about in {*answers, "words"}:
            await go_on(page)
            await expect(page.get_by_role("alert")).to_be_visible()
            assert (await page.title()).startswith("Error: ")
            await is_right(page)
        if about in answers:
            await page.get_by_label(answers[about], exact=True).check()
        if about == "words":
            await page.get_by_label("What happened?").fill("He shouts names.")
        if about == "you":
            await page.get_by_label("Telephone number").fill("01632 960001")
        await go_on(page)
        seen += 1
    assert seen == 11
    await is_right(page)
    await page.get_by_role("button", name="Send").click()
    await is_right(page)


async def test_what_was_typed_stays_where_something_is_wrong(page: Page) -> None:
    await as_far_as_words(page)
    await page.get_by_label("What happened?").fill("It was loud.")
    await go_on(page)
    await choose(page, "I am not sure")
    await page.get_by_label("Day", exact=True).first.fill("31")
    await page.get_by_label("Month").fill("2")
    await page.get_by_label("Year").fill("2026")
    await go_on(page)
    await expect(page.get_by_role("alert")).to_contain_text("Write the day as numbers")
    await expect(page.get_by_label("Month")).to_have_value("2")
    await page.get_by_role("link", name="Write the day as numbers").click()
    await expect(page.locator("#day-day")).to_be_focused()


async def test_back_shows_what_was_answered_and_an_answer_can_be_changed(page: Page) -> None:
    await as_far_as_checking(page)
    await page.get_by_role("link", name="Change what happened").click()
    await expect(page.get_by_label("What happened?")).to_have_value("Music through the wall.\nEvery night.")
    await page.get_by_label("What happened?").fill("Only on Sundays.")
    await go_on(page)
    await expect(page.get_by_text("Only on Sundays.")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_label("What happened?")).to_have_value("Only on Sundays.")


async def test_hate_is_what_they_think_and_nobody_has_to_prove_it(page: Page, site: Product) -> None:
    """(hate-by-perception)"""
    await as_far_as_words(page, "Other people: I saw or heard it")
    await page.get_by_label("What happened?").fill("Names were shouted on the stairs.")
    await go_on(page)
    await expect(page.get_by_text("nobody has to prove it")).to_be_visible()
    await choose(page, "Yes")
    await choose(page, "A disability, of body or mind")
    for _ in range(3):
        await go_on(page)
    await choose(page, "I am not sure")
    await go_on(page)
    await page.get_by_role("button", name="Send").click()
    told = await entry_of(site, await page.locator(".reference").inner_text())
    assert told["hate"] == {"strands": ["disability"], "perceived_by": "witness", "offence_alleged": False}
    assert (told["reporter"], told["complainant"]) == ("witness", None)


async def test_pressed_twice_it_is_one_report(page: Page, context: BrowserContext) -> None:
    await as_far_as_checking(page)
    other = await context.new_page()
    await other.goto("/report/check")
    await asyncio.gather(*(each.get_by_role("button", name="Send").click() for each in (page, other)))
    refs = {await each.locator(".reference").inner_text() for each in (page, other)}
    assert len(refs) == 1


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
async def test_leaving_goes_elsewhere_at_once_and_leaves_nothing_behind(
    page: Page, without_scripts: Page, site: Product, script: bool
) -> None:
    page = page if script else without_scripts
    await as_far_as_words(page)
    await page.get_by_label("What happened?").fill("It was loud.")
    await go_on(page)
    before = await drafts(site)
    async with page.expect_response(site.settings.leave_quickly_to) as gone:
        await page.get_by_role("link", name="Leave this page").click()
    assert "referer" not in await (await gone.value).request.all_headers()
    assert await drafts(site) == before - 1
    assert not await page.context.cookies(site.base)
    again = await page.context.new_page()
    await again.goto("/report/words")
    assert again.url.endswith("/report")


async def test_escape_three_times_leaves_too(page: Page, site: Product) -> None:
    await page.goto("/report")
    async with page.expect_response(site.settings.leave_quickly_to):
        for _ in range(3):
            await page.keyboard.press("Escape")


async def test_a_draft_is_nothing_that_can_be_read_in_the_records(page: Page, site: Product) -> None:
    await as_far_as_words(page)
    await page.get_by_label("What happened?").fill("A word like marmalade.")
    await go_on(page)
    async with site.resources.everything.reading() as db:
        sealed = (await db.connection.scalars(select(report_drafts.c.sealed))).all()
    assert sealed
    assert not any(b"marmalade" in one for one in sealed)


async def test_domestic_abuse_goes_by_the_ways_that_are_safe_alone(page: Page, site: Product) -> None:
    await as_far_as_words(page)
    await page.get_by_label("What happened?").fill("He waits for me.")
    await go_on(page)
    await choose(page, "No")
    for _ in range(3):
        await go_on(page)
    await choose(page, "Yes")
    await page.get_by_label("Telephone number").fill("01632 960001")
    await page.get_by_label("E-mail address").fill("rowan@example.org")
    await go_on(page)
    await page.get_by_label("Write me an e-mail").check()
    await page.get_by_label("Only until").fill("17:00")
    await go_on(page)
    await go_on(page)
    await page.get_by_role("button", name="Send").click()
    told = await entry_of(site, await page.locator(".reference").inner_text())
    assert told["domestic_abuse"] is True
    assert told["safe_contact"] == {"means": ["email"], "from_time": None, "until_time": "17:00:00"}


async def test_whatever_somebody_typed_stays_text(page: Page) -> None:
    await as_far_as_words(page)
    script = "<script>document.title = 'taken'</script><b>loud</b>"
    await page.get_by_label("What happened?").fill(script)
    await go_on(page)
    await page.goto("/report/words")
    await expect(page.get_by_label("What happened?")).to_have_value(script)
    assert "taken" not in await page.title()
    assert await page.locator("b").count() == 0
