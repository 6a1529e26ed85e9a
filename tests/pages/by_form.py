"""Forms filled in as people do: what is folded away is opened, what is chosen is ticked, what is said is typed."""

import re

from playwright.async_api import Page, expect


async def fill(page: Page, **said: str) -> None:
    """By the names of inputs, `__` for a dot. Of a choice, the one that is meant."""
    for name, value in said.items():
        named = f'[name="{name.replace("__", ".")}"]'
        field = page.locator(f"main {named}")
        choice = await field.first.get_attribute("type") in {"radio", "checkbox"}
        if choice:
            field = page.locator(f'main {named}[value="{value}"]')
        if not await field.is_visible():
            await page.locator(f"details.group:not([open]):has({named}) > summary").first.click()
        await (field.check() if choice else field.fill(value))


async def record(page: Page, button: str = "Record") -> None:
    """Says what stood in the way, where it was not recorded."""
    was = page.url
    await page.get_by_role("button", name=button, exact=True).click()
    summary = page.locator(".govuk-error-summary")
    assert not await summary.count(), f"{was}: {await summary.inner_html()}"


async def recorded(page: Page, home: str, fact: str, **said: str) -> None:
    """Goes there by the press on its page, which offers it now."""
    await page.goto(home)
    press = page.locator(f'a[href^="{home}/record/{fact}"]').first
    if not await press.is_visible():
        await page.get_by_text("What you can record now").click()
    await press.click()
    await expect(page).to_have_url(re.compile(rf"{home}/record/{fact}"))
    await fill(page, **said)
    await record(page)
    await expect(page).to_have_url(re.compile(rf"{home}(#timeline)?$"))
