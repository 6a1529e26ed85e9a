"""`ops.under_load` says what came of what it reports and records while something else is done."""

import asyncio
import os
import sys

import httpx2

from ops.under_load import Load, in_words
from tests.api.product import Product


async def test_what_is_acknowledged_while_a_command_runs_is_there_afterwards(product: Product) -> None:
    command = [sys.executable, "-m", "ops.under_load", product.base, "sleep", "1"]
    environment = os.environ | {"CASEWORK_TOKEN": product.officer.token or ""}
    started = await asyncio.create_subprocess_exec(*command, env=environment, stdout=-1)
    said = (await started.communicate())[0].decode()
    assert started.returncode == 0, said
    assert "told to ask again: never\nnot taken: never\nacknowledged and not there: 0\n" in said
    assert not said.startswith("0 cases")


class Forgetful(httpx2.AsyncHTTPTransport):
    """Says that facts are kept, and keeps none; takes no second report."""

    reports = 0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/facts"):
            return httpx2.Response(201, json={})
        if request.url.path == "/api/reports":
            self.reports += 1
            if self.reports > 1:
                return httpx2.Response(500, text="No more.")
        return await super().handle_async_request(request)


async def test_what_was_acknowledged_and_is_not_there_is_named(product: Product) -> None:
    by = product.officer.headers()
    async with httpx2.AsyncClient(base_url=product.base, headers=by, transport=Forgetful()) as http:
        load = Load(http, patience=1)
        assert await load.during(asyncio.sleep(1, 7)) == 7
    (ref,) = load.lost
    assert not load.clean
    assert load.lost[ref] < load.acknowledged[ref]
    assert set(load.wrong) == {"500 No more."}
    assert any(line.startswith("acknowledged and not there: ") and line.endswith(ref) for line in in_words(load))


class Gone(httpx2.AsyncHTTPTransport):
    """Does not come back once it was stopped."""

    stopped = False

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if self.stopped:
            raise httpx2.ConnectError("Nobody is there.")
        return await super().handle_async_request(request)


async def test_what_was_acknowledged_by_one_who_does_not_come_back_is_named(product: Product) -> None:
    gone = Gone()

    async def stopped() -> int:
        await asyncio.sleep(1)
        gone.stopped = True
        return 7

    by = product.officer.headers()
    async with httpx2.AsyncClient(base_url=product.base, headers=by, transport=gone) as http:
        load = Load(http, patience=1)
        assert await load.during(stopped()) == 7
    assert load.acknowledged
    assert load.lost == load.acknowledged
