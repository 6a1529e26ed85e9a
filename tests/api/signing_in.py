"""Somebody at a browser that signs in: it keeps cookies, follows where it is sent, and says who made it ask."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx2

from gateways.identity import Provider
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from tests.api.product import Product, elsewhere, serving

GROUPS = {
    "role_groups": {"supervisor": frozenset({"leads"}), "officer": frozenset({"officers"})},
    "team_groups": {"north": frozenset({"north", "all"}), "south": frozenset({"south", "all"})},
}
OURS = {"Sec-Fetch-Site": "same-origin"}


@asynccontextmanager
async def signing_in_at(settings: Settings, issuer: str, **more: Any) -> AsyncIterator[Product]:
    """The API as it is on a machine on its own, where staff sign in there."""
    port = free_port()
    local = {"local": True, "sign_in_issuer": issuer, "public_url": f"http://127.0.0.1:{port}"}
    async with serving(elsewhere(settings, **local | GROUPS | more), port=port) as product:
        provider = product.resources.provider
        assert provider is not None
        product.app.state.resources = replace(product.resources, provider=Provider(provider.client, rest=0))
        yield product


@asynccontextmanager
async def a_browser(product: Product) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=product.base, timeout=30) as http:
        yield http


async def to_the_provider(browser: httpx2.AsyncClient, goes_to: str = "/api/me") -> str:
    answer = await browser.get("/sign-in", params={"next": goes_to})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def back_from(browser: httpx2.AsyncClient, way: str) -> str:
    """The address that a provider which asks nothing sends the browser to."""
    sent = await browser.get(way)
    assert sent.status_code in {302, 303}, sent.text
    return sent.headers["location"]


async def signed_in(browser: httpx2.AsyncClient, goes_to: str = "/api/me") -> httpx2.Response:
    return await browser.get(await back_from(browser, await to_the_provider(browser, goes_to)))
