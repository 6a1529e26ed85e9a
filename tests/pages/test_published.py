"""What we publish can be read by anybody, leaves nothing in their browser, and says which edition it is."""

from datetime import UTC, date, datetime, timedelta
from html import escape

import pytest
from playwright.async_api import Page, expect

from pages.published import standing
from policy.editions import Edition, in_force_on, released
from policy.working_days import london_day
from tests.api.product import Product

NOW = released()[-1]
PUBLISHED = ["/our-policy", f"/our-policy/{NOW.name}", "/accessibility", "/privacy"]


@pytest.mark.parametrize("path", [*PUBLISHED, "/our-policy.pdf", f"/our-policy/{NOW.name}.pdf"])
async def test_it_is_read_without_a_cookie(site: Product, path: str) -> None:
    answer = await site.http.get(path)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


async def test_the_policy_says_its_edition_and_its_figures_are_the_edition_s(site: Product) -> None:
    shown = (await site.http.get("/our-policy")).text
    assert "It is what we work by now." in shown
    days = in_force_on(london_day(datetime.now(UTC))).first_contact.working_days
    assert f"We speak to you within {days} working days" in shown
    assert escape(site.settings.landlord_name) in shown


async def test_its_pdf_is_the_same_bytes_under_both_addresses(site: Product) -> None:
    now, named = [await site.http.get(path) for path in ("/our-policy.pdf", f"/our-policy/{NOW.name}.pdf")]
    assert now.headers["content-type"] == "application/pdf"
    assert now.content.startswith(b"%PDF")
    assert now.content == named.content
    assert "inline" in now.headers["content-disposition"]


@pytest.mark.parametrize("name", ["2014-01-01", "nonsense", "a%00b", "..%2f..%2fetc"])
async def test_an_edition_that_there_is_not_is_not_here(site: Product, name: str) -> None:
    for path in (f"/our-policy/{name}", f"/our-policy/{name}.pdf"):
        assert (await site.http.get(path)).status_code == 404


async def test_the_list_of_contents_leads_to_each_heading(page: Page) -> None:
    await page.goto("/our-policy")
    links = page.get_by_role("navigation", name="On this page").get_by_role("link")
    names = await links.all_inner_texts()
    assert len(names) == len(set(names)) > 10
    assert names == await page.locator("main h2").all_inner_texts()
    for target in await links.evaluate_all("all => all.map(one => one.getAttribute('href'))"):
        assert await page.locator(target).count() == 1
    await links.filter(has_text="Warnings").click()
    await expect(page.get_by_role("heading", name="Warnings")).to_be_in_viewport()


def _since(day: date) -> Edition:
    return NOW.model_copy(update={"name": day.isoformat(), "in_force_from": day})


def test_an_earlier_edition_says_that_it_is_no_longer_in_force_and_names_what_the_law_allowed_then() -> None:
    first, second, third = editions = [_since(date(year, 1, 1)) for year in (2015, 2020, 2030)]
    today = date(2026, 11, 30)
    assert standing(second, editions, today) == ("It is what we work by now.", today)
    said, day = standing(first, editions, today)
    assert said == "It is no longer in force. It was until Tuesday 31 December 2019."
    assert day == second.in_force_from - timedelta(days=1)
    said, day = standing(third, editions, today)
    assert said.startswith("It is not in force yet.")
    assert day == third.in_force_from


async def test_every_page_leads_to_what_we_publish_and_to_reporting(site: Product) -> None:
    for path in ("/report", "/privacy", "/nothing/here"):
        shown = (await site.http.get(path)).text
        for there in ("/report", "/our-policy", "/accessibility", "/privacy"):
            assert f'href="{there}"' in shown, path


async def test_the_statement_names_the_standard_what_does_not_work_and_who_sees_to_the_law(site: Product) -> None:
    shown = (await site.http.get("/accessibility")).text
    for words in (
        "2.2 AA",
        "made for paper",
        "The heading on the page says what it is about",
        "Equality and Human Rights Commission",
        site.settings.landlord_email,
    ):
        assert words in shown


async def test_how_long_we_keep_what_is_the_edition_s(site: Product) -> None:
    shown = (await site.http.get("/privacy")).text
    for key, said in (("case", "We keep a case for"), ("evidence", "belongs to no case for")):
        period = next(one for one in NOW.retention.periods if one.key == key)
        years = period.months // 12
        assert f"{said} {years} year{'' if years == 1 else 's'}." in shown
    assert escape(site.settings.landlord_data_protection_officer) in shown
    assert "Information Commissioner" in shown
