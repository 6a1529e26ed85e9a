"""Leaving is at once, whatever is slow or away."""

import time

import httpx2
import pytest
from sqlalchemy import select

from pages.app import with_pages
from pages.private.visiting import VISITING
from pages.report.drafts import DRAFT
from store.report_drafts import report_drafts
from tests.api.product import Product, elsewhere, serving

HERE = {"Sec-Fetch-Site": "same-origin"}
AT_ONCE = 5
"""Seconds, on a machine that is busy. The page waits half of one for records, which themselves wait for longer."""


async def leaves(base: str, product: Product, http: httpx2.AsyncClient) -> None:
    began = time.monotonic()
    answer = await http.get(f"{base}/leave")
    assert time.monotonic() - began < AT_ONCE
    assert (answer.status_code, answer.headers["location"]) == (303, product.settings.leave_quickly_to)
    taken = answer.headers.get_list("set-cookie")
    for cookie in (DRAFT, VISITING):
        assert any(one.startswith(f'{cookie.name(product.settings)}=""') for one in taken), taken
    assert "clear-site-data" not in answer.headers, "a browser may hold the answer for many seconds"


async def test_nobody_waits_for_records_that_are_slow(site: Product) -> None:
    async with httpx2.AsyncClient(headers=HERE) as http:
        await http.post(f"{site.base}/report")
        async with site.resources.everything.writing() as db:
            await db.connection.execute(select(report_drafts.c.id).with_for_update())
            await leaves(site.base, site, http)


@pytest.mark.parametrize("cookie", [DRAFT, VISITING], ids=["a report", "one's own case"])
async def test_nor_for_records_that_are_away(site: Product, cookie: object) -> None:
    nowhere = "postgresql+asyncpg://nobody:none@127.0.0.1:1/none"
    away = elsewhere(site.settings, database_url=nowhere, worker_database_url=nowhere)
    async with serving(away, make=with_pages) as product, httpx2.AsyncClient() as http:
        http.headers["Cookie"] = f"{cookie.name(site.settings)}=anything"  # type: ignore[attr-defined] # a cookie
        await leaves(product.base, product, http)
