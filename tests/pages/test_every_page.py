"""Every page is for everybody: by axe, by the keyboard alone, large, narrow, dark, printed and without scripts."""

from itertools import takewhile
from typing import Any

import pytest
from conftest import opened
from every_page import WAYS, every_page
from looking_at import is_right
from playwright.async_api import Browser, ConsoleMessage, Page

from pages.rendering import HEADERS
from tests.api.product import Product

_REACHED_BY_TAB = """() => {
  const shown = one => one.checkVisibility() && !one.disabled && one.type !== "hidden";
  const radios = new Set();
  const stops = "a[href], button, input, textarea, select, summary, [tabindex='0']";
  return [...document.querySelectorAll(stops)].filter(shown).filter(one => {
    if (one.type !== "radio") return true;
    const first = !radios.has(one.name);
    radios.add(one.name);
    return first;
  }).length;
}"""
"""How many; of radios that go together the keyboard comes to one."""

_LOOK_OF = """(one) => {
  const label = one.labels && one.labels[0];
  const of = style => [
    style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.borderWidth];
  return [of(getComputedStyle(one)), label ? of(getComputedStyle(label, "::before")) : ""].flat().join(" ");
}"""

_NOTICED = f"""() => {{
  const look = {_LOOK_OF}, all = new Set(), stops = window.stopsByTab = [];
  let last = null;
  window.onkeyup = () => {{
    const one = document.activeElement;
    if (one === document.body || one === document.documentElement) return stops.push(null);
    const still = one === last, again = all.has(one) && !still;
    all.add(one);
    last = one;
    const focused = look(one), place = one.getBoundingClientRect();
    const inParts = ["date", "time"].includes(one.type);
    if (!inParts) one.blur();  // which would begin again with the first part
    const plain = inParts ? "" : look(one);
    if (!inParts) one.focus();
    stops.push({{again, still, what: one.outerHTML.slice(0, 80), shows: focused !== plain,
      inside: place.bottom > 0 && place.top < innerHeight && place.width > 0}});
  }};
}}"""
"""From now on, where the keyboard is whenever a key was pressed; null where it is on nothing."""


async def by_keyboard(page: Page) -> None:
    await page.evaluate("document.activeElement.blur()")
    await page.evaluate(_NOTICED)
    wanted: int = await page.evaluate(_REACHED_BY_TAB)
    stops: list[dict[str, Any]] = []
    pressed = 0
    while len(stops) <= wanted and pressed < 4 * wanted + 5:  # a day or an hour has several parts
        more = wanted + 1 - len(stops)
        for _ in range(more):
            await page.keyboard.press("Tab")
        pressed += more
        told: list[dict[str, Any] | None] = await page.evaluate("window.stopsByTab")
        came = list(takewhile(lambda at: at is not None and not at["again"], told))
        stops = [at for at in came if at is not None and not at["still"]]
        if len(came) < len(told):
            break
    for at in stops:
        assert at["shows"], f"nobody sees that the keyboard is here: {at['what']}"
        assert at["inside"], f"the keyboard is out of sight: {at['what']}"
    assert len(stops) == wanted, f"{len(stops)} of {wanted} are reached"


async def _wide(page: Page) -> int:
    wide: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


async def at_twice_the_size(page: Page) -> None:
    """As a window of 1280 px shows it at 200 %, and with letters alone twice as large."""
    before = page.viewport_size
    assert before is not None
    await page.set_viewport_size({"width": 640, "height": 512})
    assert await _wide(page) <= 0, "scrolls sideways at 200 %"
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert await _wide(page) <= 0, "scrolls sideways with large letters"
    await page.evaluate("document.documentElement.style.fontSize = ''")
    await page.set_viewport_size(before)


async def printed(page: Page) -> None:
    """Nothing of the main part is missing on paper but what can be pressed."""
    lines = "[...document.querySelectorAll('main *')].filter(e => !e.matches('.govuk-button, [type=hidden]'))"
    shown = f"{lines}.filter(e => e.checkVisibility()).length"
    on_screen = await page.evaluate(shown)
    await page.emulate_media(media="print")
    assert await page.evaluate(shown) == on_screen
    await page.emulate_media(media="screen")


async def _without_scripts(page: Page, site: Product, browser: Browser) -> None:
    context = await opened(browser, site, java_script_enabled=False)
    await context.add_cookies(await page.context.cookies())  # type: ignore[arg-type] # as Playwright gives them
    plain = await context.new_page()
    await plain.goto(page.url)
    main = page.locator("main")
    assert await plain.locator("main").text_content() == await main.text_content()
    assert await plain.locator("main form").count() == await main.locator("form").count()
    await context.close()


@pytest.mark.parametrize("path", every_page())
async def test_it_is_for_everybody(path: str, page: Page, site: Product, browser: Browser) -> None:
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = await page.goto(await WAYS[path](page, site))
    assert answer is not None
    assert answer.status == 200
    assert (await answer.all_headers())["content-security-policy"] == HEADERS["Content-Security-Policy"]
    await by_keyboard(page)
    await at_twice_the_size(page)
    await printed(page)
    await _without_scripts(page, site, browser)
    await is_right(page)
    assert not said
