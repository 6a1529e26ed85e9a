"""A browser of somebody who signed in, as the database knows it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from conftest import opened
from playwright.async_api import Browser, BrowserContext, Page

from api.browser import SIGNED_IN
from api.identity import limits_of
from store import sign_ins
from tests.api.product import Product


@asynccontextmanager
async def signed_in(
    browser: Browser, site: Product, subject: str = "officer-1", *groups: str, width: int = 1280
) -> AsyncIterator[Page]:
    """`subject` is named for its role."""
    context = await opened(browser, site, viewport={"width": width, "height": 900})
    await sign_in(context, site, subject, *groups)
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def sign_in(context: BrowserContext, site: Product, subject: str, *groups: str) -> None:
    """Instead of whoever was signed in."""
    secret = await a_sign_in(site, subject, *groups)
    await context.clear_cookies()
    await context.add_cookies(
        [{"name": SIGNED_IN.name(site.settings), "value": secret, "url": site.base, "httpOnly": True}]
    )


async def a_sign_in(site: Product, subject: str, *groups: str) -> str:
    """Its secret, as the cookie has it."""
    secret = f"a-secret-of-{subject}-{datetime.now(UTC).timestamp()}"
    role = subject.rpartition("-")[0]
    person = sign_ins.Entering(
        subject, f"{role.replace('_', ' ').title()} Example", frozenset({role, *groups}), None
    )
    async with site.resources.everything.writing() as db:
        await sign_ins.enter(db, person, secret, limits_of(site.settings), datetime.now(UTC))
    return secret
