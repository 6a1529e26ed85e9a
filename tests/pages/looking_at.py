"""What every page must be, in whichever state."""

from pathlib import Path

import axe_playwright_python
from playwright.async_api import Page

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
_RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": ["color-contrast"],
}
"""All of them, and in the dark those that differ there."""

_VIOLATIONS = """async asked => {
  const found = await axe.run(document, {...asked, resultTypes: ["violations"]});
  return found.violations.map(one => [one.id, one.nodes.map(node => node.html)]);
}"""
"""What is right is not described, which takes as long as looking for what is wrong."""


async def is_right(page: Page, *, for_staff: bool = False, contrast: bool = True) -> None:
    """By axe in light and dark, one heading, a neutral tab, a way to leave, nothing that a browser keeps, and
    no scrolling sideways. Without `contrast`, which takes axe most of its time, where it was looked at elsewhere.
    """
    await page.evaluate(
        "window.scrollTo(0, 0)"
    )  # further down the way out is over whatever is beside it just then
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_AXE)
    for scheme, rules in _RULES.items():
        if scheme == "dark" and not contrast:
            continue
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of Playwright's words
        asked = {"runOnly": rules, "rules": {"color-contrast": {"enabled": contrast}}}
        told = await page.evaluate(_VIOLATIONS, asked)
        assert not told, (page.url, scheme, told)
    assert await page.locator("h1:visible").count() == 1
    assert await page.locator("html").get_attribute("lang") == "en-GB"
    title = (await page.title()).lower()
    assert not {"anti-social", "hate", "asb", "abuse", "report"} & set(title.split()), title
    if not for_staff:
        assert await page.locator("a.leave[rel~=noreferrer]").count() == 1
    kept = "form:not([autocomplete=off])"
    assert await page.locator(kept).count() == 0, "the browser would offer what was typed to the next one here"
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, (page.url, "scrolls sideways")
