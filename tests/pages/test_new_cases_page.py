"""new-cases-daily: whoever must look at them finds a day's new cases in one place, and only what they may see."""

from datetime import UTC, datetime, timedelta

import pytest
from looking_at import is_right
from own_link import case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in
from sqlalchemy import update

from pages.staff.new_cases import NO_TEAM, by_team
from policy.facts.reviewing import CaseAllocated
from policy.working_days import LONDON, london_day
from store.cases import cases
from store.new_cases import NewCase
from tests.api.product import Product

NOON = datetime.combine(london_day(datetime.now(UTC)) - timedelta(days=1), datetime.min.time(), LONDON).replace(
    hour=12
)


async def test_yesterday_s_new_cases_are_one_press_from_today(site: Product, browser: Browser) -> None:
    given = await case_of(site, CaseAllocated(at=NOON, officer="officer-181"), at=NOON)
    nobodys, shut = await case_of(site, at=NOON), await case_of(site, at=NOON)
    async with site.resources.everything.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == shut).values(restricted=True))
    async with signed_in(browser, site, "supervisor-81", width=320) as page:
        await page.goto("/today")
        way = page.get_by_role("link", name="New cases yesterday")
        before = int("".join(c for c in await way.inner_text() if c.isdigit()))
        await way.click()
        await is_right(page, for_staff=True)
        assert await page.locator("main li.owed").count() >= min(before, 2)
        line = page.locator("main li.owed", has_text=given)
        await expect(line).to_contain_text("Given to officer-181")
        await expect(line).to_contain_text("Contact the complainant")
        await expect(page.locator("main li.owed", has_text=nobodys)).to_contain_text("Given to nobody yet")
        await expect(page.locator("body")).not_to_contain_text(shut)
        await page.get_by_role("link", name="The day before").click()
        await expect(page.locator("body")).not_to_contain_text(given)


async def test_an_officer_is_not_told_how_many_came(site: Product) -> None:
    ways = {
        whose: (await site.as_(whose).get("/today")).text.count("/new-cases") for whose in ("officer", "manager")
    }
    assert ways == {"officer": 0, "manager": 1}


@pytest.mark.parametrize(
    ("day", "status"),
    [("0001-01-01", 422), ("9999-12-31", 422), ("1999-12-31", 422), ("2000-01-01", 200), ("2999-12-31", 200)],
)
async def test_days_of_no_use_are_not_understood(site: Product, day: str, status: int) -> None:
    assert (await site.as_("manager").get("/new-cases", day=day)).status_code == status


def test_the_reader_s_teams_come_first_then_what_is_nobody_s() -> None:
    def of(ref: str, *teams: str) -> NewCase:
        codes = {"category": None, "ward": None, "officer": None, "stage": "new"}
        flags = dict.fromkeys(("serious", "hate", "restricted", "domestic_abuse"), False)
        return NewCase.model_validate({"ref": ref, "came_at": NOON, "teams": teams} | codes | flags)

    found = by_team([of("a", "east"), of("b", "west", "east"), of("c")], {"west"})
    assert {team: [one.ref for one in there] for team, there in found.items()} == {
        "west": ["b"],
        NO_TEAM: ["c"],
        "east": ["a", "b"],
    }
    assert list(found) == ["west", NO_TEAM, "east"]
