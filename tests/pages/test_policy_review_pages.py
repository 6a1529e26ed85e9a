"""Our policy's own review on pages: its day, its owner, and forms that record what happens to it."""

from datetime import UTC, datetime

from looking_at import is_right
from playwright.async_api import Browser, expect
from signed_in import signed_in

from activities.noticing import Noticed, Noticer
from policy.own_review.file import years_after
from policy.working_days import day_in_words, london_day
from tests.api.product import Product

OVERDUE = "Friday 23 March 2018"


async def test_whoever_sees_to_it_finds_it_under_today_and_says_what_came_of_it(
    site: Product, browser: Browser
) -> None:
    await Noticer(site.resources.everything, {}).policy_review(Noticed(at=datetime.now(UTC)))
    public = await site.http.get("/our-policy")
    assert f"It was to be reviewed by {OVERDUE}. That is late." in public.text
    async with signed_in(browser, site, "community_safety-1", width=320) as page:
        await page.goto("/today")
        task = page.locator("li.owed", has_text="Review this policy")
        await expect(task).to_contain_text("3 years after Monday 23 March 2015")
        await task.get_by_role("link", name="Our policy", exact=True).click()
        await expect(page.locator("main")).to_contain_text(f"Late It was due by {OVERDUE}")
        await is_right(page, for_staff=True)
        await page.get_by_role("link", name="Say what came of the review").click()
        await is_right(page, for_staff=True)
        await page.get_by_text("unchanged", exact=False).first.click()
        await page.get_by_label("What was looked at, and why it stays or changes").fill("It says what we do.")
        await page.get_by_role("button", name="Record").click()
        next_one = day_in_words(years_after(london_day(datetime.now(UTC)), 3))
        await expect(page.locator("main")).to_contain_text(f"It is due by {next_one}")
        await expect(page.locator("main")).to_contain_text("It says what we do.")
        await page.goto("/today")
        await expect(page.locator("main")).not_to_contain_text("Review this policy")
    public = await site.http.get("/our-policy")
    assert f"It will be reviewed by {next_one}, or sooner where the law changes." in public.text


async def test_an_officer_sees_when_it_is_due_and_has_no_form_for_it(site: Product, browser: Browser) -> None:
    async with signed_in(browser, site, "officer-673") as page:
        await page.goto("/policy-review")
        await expect(page.locator("h1")).to_have_text("Review of our policy")
        assert await page.locator("main .press").count() == 0
        answer = await page.goto("/policy-review/reviewed")
        assert answer is not None
        assert answer.status == 403
