"""Reports on pages: asked for, looked at with their charts, published and saved."""

import re

from by_form import fill
from figures_here import READERS, STORY, report_here, yearly
from playwright.async_api import Browser, expect
from signed_in import signed_in

from policy.reports.charts import drawing
from policy.reports.kinds import ReportKind
from policy.reports.report import Row, Table, Told
from policy.reports.suppression import published
from tests.api.product import Product
from tests.policy.reports.test_reports_told import made


async def shown(site: Product, path: str, role: str = "supervisor", status: int = 200) -> str:
    answer = await site.http.get(f"/figures{path}", headers=site.as_(role, f"{role}-5").headers())
    assert answer.status_code == status, answer.text
    return answer.text


async def test_one_is_asked_for_on_a_form_and_what_is_wrong_is_said_beside_its_field(
    site: Product, browser: Browser
) -> None:
    """Here runs no engine: what was asked for waits, and the form says so."""
    async with signed_in(browser, site, "manager-5") as page:
        await page.goto("/today")
        await page.get_by_role("link", name="Figures").click()
        await page.get_by_role("link", name="Have a report made").click()
        await fill(page, kind="monthly", first="2011-02-28", last="2011-02-01")
        await page.get_by_role("button", name="Make it").click()
        await expect(page.locator(".govuk-error-summary")).to_contain_text("The last day is before the first.")
        await expect(page.locator("[name=kind][value=monthly]")).to_be_checked()
        await fill(page, first="2011-02-01", last="2011-02-28")
        await page.get_by_role("button", name="Make it").click()
        await expect(page.locator(".govuk-error-summary")).to_contain_text("We cannot record it right now")
        await page.goto("/figures?kind=monthly")
        there = page.get_by_role("link", name="Monthly report, Tuesday 1 February 2011")
        await expect(there).to_have_count(1)
        await there.click()
        await expect(page.locator("main")).to_contain_text("It is being made: 0% done.")


async def test_a_report_has_a_chart_with_its_words_and_a_table_beside_it(site: Product, browser: Browser) -> None:
    id_ = await report_here(site)
    async with signed_in(browser, site, "supervisor-5") as page:
        await page.goto(f"/figures/{id_}")
        bars = page.get_by_role("img", name="Cases that were reported").first
        await expect(bars).to_have_accessible_description(re.compile("3 bars. The longest is Noise .*: 40"))
        widths = await bars.locator("rect[height='10']").evaluate_all("all => all.map(one => one.getBBox().width)")
        assert [round(one / widths[0], 2) for one in widths] == [1, 0.42, 0.07]
        lines = page.get_by_role("img", name="Cases that were reported").nth(2)
        assert await lines.locator("circle").count() == 6
        assert await lines.locator("line").count() == 10
        table = page.get_by_role("region", name="New cases by type: Cases that were reported")
        await expect(table.get_by_role("row").nth(2)).to_contain_text("17")
        assert await page.locator("[style]").count() == 0


async def test_the_page_says_who_was_told_and_who_was_not(site: Product) -> None:
    page = await shown(site, f"/{await report_here(site)}")
    said = {address: page[page.index(address) :].partition("</li>")[0] for address in READERS}
    assert "told on" in said["told@landlord.example"]
    assert "Refused" in said["refused@landlord.example"]
    assert "Not known" in said["doubt@landlord.example"]
    assert "not yet" in said["waits@landlord.example"]


async def test_the_version_to_publish_has_stories_and_no_small_number(site: Product) -> None:
    id_ = await report_here(site)
    inside, outside = await shown(site, f"/{id_}"), await shown(site, f"/{id_}/published")
    assert "1 held back" in inside
    assert STORY not in inside
    assert "61 cases were read; 2 more have been erased" in inside
    assert STORY in outside
    for words in ("61 cases", "held back", "landlord.example", "by team"):
        assert words not in outside, words
    by_type = outside[outside.index("New cases by type") : outside.index("New cases by ward")]
    assert by_type.count("Not shown") == 2
    assert "<svg" in by_type
    monthly = await report_here(site, made(ReportKind.MONTHLY))
    assert "This report is for people who work here." in await shown(site, f"/{monthly}/published", status=404)


async def test_figures_by_officer_stand_on_the_page_of_managers_by_name(site: Product, browser: Browser) -> None:
    async with signed_in(browser, site, "officer-5"):
        pass
    id_ = await report_here(site, made(ReportKind.MONTHLY, kept={(): 40, ("officer-5",): 40}))
    assert "by officer" not in await shown(site, f"/{id_}")
    page = await shown(site, f"/{id_}", "manager")
    assert "Officer Example" in page[page.index("Done in time, by officer") :]


async def test_files_are_saved_under_names_that_name_nobody(site: Product, browser: Browser) -> None:
    id_ = await report_here(site)
    async with signed_in(browser, site, "supervisor-5") as page:
        await page.goto(f"/figures/{id_}/published")
        for name, called in (("PDF", "pdf"), ("Spreadsheet", "xlsx"), ("CSV", "csv")):
            async with page.expect_download() as saved:
                await page.get_by_role("link", name=name).click()
            assert (await saved.value).suggested_filename == f"yearly-2026-04-01-published.{called}"


async def test_what_is_being_made_and_what_failed_say_so_in_the_list(site: Product) -> None:
    going = await report_here(site, made=False)
    page = await shown(site, "")
    line = page[page.index(going) :].partition("</li>")[0]
    assert "Being made: 40% done, asked for by" in line
    await shown(site, f"/{going}/published", status=409)


async def test_officers_do_not_see_reports(site: Product) -> None:
    await shown(site, "", "officer", 403)
    await shown(site, f"/{await report_here(site)}", "officer", 403)


def test_a_chart_draws_nothing_that_is_not_published() -> None:
    by_type = next(one for one in published(yearly()).tables if one.section == "New cases by type")
    drawn = drawing(by_type)
    assert drawn is not None
    assert [bar.told for bar in drawn.bars] == ["40"]


def test_a_chart_of_many_bars_says_how_many_more_there_are() -> None:
    whole = Row(of=(), figure=Told(number=300, value=300))
    by_type = next(one for one in yearly().tables if one.section == "New cases by type")
    rows = tuple(Row(of=(f"ward {number}",), figure=Told(number=9, value=9)) for number in range(25))
    drawn = drawing(by_type.model_copy(update={"by": ("ward",), "whole": whole, "rows": rows}))
    assert drawn is not None
    assert (len(drawn.bars), drawn.more) == (20, 5)
    nothing: Table = by_type.model_copy(update={"rows": ()})
    assert drawing(nothing) is None
