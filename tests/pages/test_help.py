"""Help in place: each word that a page explains is the glossary's, and each rule leads to where we publish it."""

import re
from importlib.resources import files
from pathlib import Path

from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in

from pages import explaining
from pages.explaining import ANCHORS, glossary, meaning_of, rule, term_of
from policy.editions import released
from policy.facts.reviewing import CaseAllocated
from policy.rows import SECTION_OF_ROW
from tests.api.product import Product

_EXPLAINS = re.compile(r"means\(\"([^\"]+)\"\)")


def test_each_word_that_a_page_or_a_form_explains_is_in_the_glossary() -> None:
    templates = Path(str(files("pages").joinpath("templates")))
    words = {word for one in templates.rglob("*.html") for word in _EXPLAINS.findall(one.read_text())}
    of_forms = {word for field in explaining._OF_FIELD if (word := term_of(field))}  # noqa: SLF001 - the whole table
    assert words
    for word in words | of_forms:
        assert meaning_of(word)


def test_the_glossary_is_read_whole(repository: Path) -> None:
    lines = (repository / "docs" / "glossary.md").read_text().splitlines()
    assert len(glossary()) == sum(line.startswith("| ") for line in lines) - 1
    assert glossary()["reference"].startswith("CW-2026-000123: ")


async def test_each_rule_of_the_policy_leads_to_where_it_is_published_in_each_edition(site: Product) -> None:
    assert ANCHORS.keys() == SECTION_OF_ROW.keys()
    for edition in (None, *(one.name for one in released())):
        shown = (await site.http.get(rule("acknowledge", edition).partition("#")[0])).text
        for row in SECTION_OF_ROW:
            assert f'id="{rule(row, edition).partition("#")[2]}"' in shown, (row, edition)


async def test_a_rule_on_today_leads_to_it_and_a_form_explains_its_words_without_scripts(
    site: Product, browser: Browser
) -> None:
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-267"))
    async with signed_in(browser, site, "officer-267") as page:
        await page.goto("/today")
        mine = page.locator("li.owed", has_text=ref).filter(has_text="Contact the complainant")
        await mine.get_by_text("Why").click()
        await mine.get_by_role("link", name="What our policy says").click()
        await expect(page.get_by_role("heading", name="What we do when you tell us")).to_be_in_viewport()
        await page.goto(f"/cases/{ref}/record/assessed")
        await page.get_by_text("What “limb” means").click()
        await expect(page.get_by_text("of the definition in the 2014 Act")).to_be_visible()
