"""Signing in and out in a browser, against a provider of the tests' own."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import httpx2
import pytest
from sqlalchemy import update

from runtime.database import dsn
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from store.sign_ins import signed_in as sign_ins
from tests.api.product import Product, problem
from tests.api.signing_in import OURS, a_browser, back_from, signed_in, signing_in_at, to_the_provider
from tests.identity_provider import Pretender, pretending

BACK_CHANNEL = "http://schemas.openid.net/event/backchannel-logout"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def provider() -> AsyncIterator[Pretender]:
    async with pretending(free_port()) as provider:
        yield provider


@pytest.fixture
async def product(settings: Settings, provider: Pretender) -> AsyncIterator[Product]:
    async with signing_in_at(settings, provider.issuer, api_audience="casework-api") as product:
        yield product


@pytest.fixture
async def browser(product: Product) -> AsyncIterator[httpx2.AsyncClient]:
    async with a_browser(product) as browser:
        yield browser


async def longer_ago(product: Product, **moved: timedelta) -> None:
    """As if that much time had passed."""
    async with product.resources.store.writing() as db:
        moments = {name: getattr(sign_ins.c, name) - by for name, by in moved.items()}
        await db.connection.execute(update(sign_ins).values(**moments))


async def test_somebody_signs_in_and_is_who_they_are(browser: httpx2.AsyncClient, provider: Pretender) -> None:
    provider.person = {"sub": "s-1", "name": "Ash Example", "groups": ["officers", "all", "else"]}
    arrived = await signed_in(browser, "/api/me?x=1")
    assert (arrived.status_code, arrived.headers["location"]) == (303, "/api/me?x=1")
    assert arrived.headers["cache-control"] == "no-store"
    assert arrived.headers["referrer-policy"] == "no-referrer"
    me = await browser.get("/api/me")
    assert me.json() == {"id": "s-1", "name": "Ash Example", "role": "officer", "teams": ["north", "south"]}
    assert me.headers["cache-control"] == "no-store"
    assert (await browser.get("/api/cases")).status_code == 200


async def test_the_first_role_of_the_settings_counts(browser: httpx2.AsyncClient, provider: Pretender) -> None:
    provider.person["groups"] = ["officers", "leads"]
    await signed_in(browser)
    assert (await browser.get("/api/me")).json()["role"] == "supervisor"


async def test_who_is_in_none_of_our_groups_is_told_so(browser: httpx2.AsyncClient, provider: Pretender) -> None:
    for groups in ([], ["kitchen"], "officers", None):
        provider.person["groups"] = groups
        told = problem(await signed_in(browser), 403, "no-role")
        assert told["missing"] == ["a group that gives a role"]
        problem(await browser.get("/api/me"), 401, "not-signed-in")


async def test_a_sign_in_is_good_once(browser: httpx2.AsyncClient) -> None:
    address = await back_from(browser, await to_the_provider(browser))
    cookies = dict(browser.cookies)
    assert (await browser.get(address)).status_code == 303
    browser.cookies.update(cookies)
    problem(await browser.get(address), 403, "not-signed-in-this-time")


async def test_a_sign_in_is_good_in_its_own_browser_only(browser: httpx2.AsyncClient, product: Product) -> None:
    address = await back_from(browser, await to_the_provider(browser))
    async with a_browser(product) as foreign:
        problem(await foreign.get(address), 403, "not-signed-in-this-time")
        await to_the_provider(foreign)
        problem(await foreign.get(address), 403, "not-signed-in-this-time")
        problem(await foreign.get("/api/me"), 401, "not-signed-in")
    assert (await browser.get(address)).status_code == 303


async def test_another_state_is_refused(browser: httpx2.AsyncClient, provider: Pretender) -> None:
    provider.answers = {"state": "another"}
    problem(await signed_in(browser), 403, "not-signed-in-this-time")
    provider.answers = {"state": None}
    problem(await signed_in(browser), 403, "not-signed-in-this-time")


async def test_a_token_with_something_wrong_signs_nobody_in(
    browser: httpx2.AsyncClient, provider: Pretender
) -> None:
    for says in ({"nonce": "another"}, {"aud": "another"}, {"iss": "https://another.example"}, {"exp": 1}):
        provider.says = says
        told = problem(await signed_in(browser), 403, "not-signed-in-this-time")
        assert "begin again" in told["detail"]
        problem(await browser.get("/api/me"), 401, "not-signed-in")


async def test_who_takes_too_long_begins_again(browser: httpx2.AsyncClient, product: Product) -> None:
    address = await back_from(browser, await to_the_provider(browser))
    assert product.settings.migration_database_url is not None
    owner = await asyncpg.connect(dsn(product.settings.migration_database_url.get_secret_value()))
    await owner.execute("UPDATE signing_in SET began_at = began_at - interval '10 minutes'")
    await owner.close()
    problem(await browser.get(address), 403, "not-signed-in-this-time")


@pytest.mark.parametrize(
    "goes_to",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "evil",
        "",
        "/\t/evil.example",
        "/a\r\nX: y",
        "/\0",
    ],
    ids=repr,
)
async def test_nobody_is_sent_to_another_site(goes_to: str, browser: httpx2.AsyncClient) -> None:
    problem(await browser.get("/sign-in", params={"next": goes_to}), 400, "not-a-page-here")


async def test_each_sign_in_has_a_new_secret_and_ends_the_one_before(browser: httpx2.AsyncClient) -> None:
    await signed_in(browser)
    before = browser.cookies["casework"]
    await signed_in(browser)
    assert browser.cookies["casework"] != before
    assert (await browser.get("/api/me")).status_code == 200
    browser.cookies.set("casework", before, domain="127.0.0.1", path="/")
    problem(await browser.get("/api/me"), 401, "not-signed-in")


async def test_what_is_kept_opens_nothing(browser: httpx2.AsyncClient, product: Product) -> None:
    way = await to_the_provider(browser)
    secrets = [browser.cookies["casework-signing-in"]]
    await browser.get(await back_from(browser, way))
    secrets.append(browser.cookies["casework"])
    owner = await asyncpg.connect(dsn(product.settings.database_url.get_secret_value()))
    for table in ("signed_in", "signing_in", "staff"):
        rows = str([dict(row) for row in await owner.fetch(f"SELECT * FROM {table}")])
        assert not [secret for secret in secrets if secret in rows]
    await owner.close()


async def test_a_sign_in_ends_when_it_is_not_used(browser: httpx2.AsyncClient, product: Product) -> None:
    await signed_in(browser)
    await longer_ago(product, used_at=timedelta(minutes=59))
    assert (await browser.get("/api/me")).status_code == 200, "and that was a use"
    await longer_ago(product, used_at=timedelta(minutes=59))
    assert (await browser.get("/api/me")).status_code == 200
    await longer_ago(product, used_at=timedelta(minutes=60))
    problem(await browser.get("/api/me"), 401, "not-signed-in")


@pytest.mark.parametrize("by_itself", [{"Accept": "text/event-stream"}, {"HX-Request": "true"}])
async def test_a_page_that_is_left_open_uses_none(
    browser: httpx2.AsyncClient, product: Product, by_itself: dict[str, str]
) -> None:
    await signed_in(browser)
    await longer_ago(product, used_at=timedelta(minutes=59))
    assert (await browser.get("/api/me", headers=by_itself)).status_code == 200
    await longer_ago(product, used_at=timedelta(minutes=1))
    problem(await browser.get("/api/me"), 401, "not-signed-in")


async def test_a_sign_in_ends_after_its_hours_however_it_is_used(
    browser: httpx2.AsyncClient, product: Product
) -> None:
    await signed_in(browser)
    await longer_ago(product, began_at=timedelta(hours=11, minutes=59))
    assert (await browser.get("/api/me")).status_code == 200
    await longer_ago(product, began_at=timedelta(minutes=2))
    problem(await browser.get("/api/me"), 401, "not-signed-in")


async def test_looking_writes_at_most_once_a_minute(browser: httpx2.AsyncClient, product: Product) -> None:
    await signed_in(browser)
    owner = await asyncpg.connect(dsn(product.settings.database_url.get_secret_value()))

    async def used_at() -> Any:
        return await owner.fetchval("SELECT used_at FROM signed_in")

    at_first = await used_at()
    await browser.get("/api/me")
    assert await used_at() == at_first
    await longer_ago(product, used_at=timedelta(seconds=61))
    await browser.get("/api/me")
    assert await used_at() > at_first
    await owner.close()


async def test_signing_out_ends_it(browser: httpx2.AsyncClient) -> None:
    await signed_in(browser)
    secret = browser.cookies["casework"]
    answer = await browser.post("/sign-out", headers=OURS)
    assert (answer.status_code, answer.headers["cache-control"]) == (204, "no-store")
    assert "casework" not in browser.cookies
    browser.cookies.set("casework", secret, domain="127.0.0.1", path="/")
    problem(await browser.get("/api/me"), 401, "not-signed-in")


async def test_signing_out_everywhere_ends_all_of_theirs_and_nobody_elses(
    browser: httpx2.AsyncClient, product: Product, provider: Pretender
) -> None:
    async with a_browser(product) as another, a_browser(product) as somebody_else:
        await signed_in(browser)
        await signed_in(another)
        provider.person = {"sub": "s-2", "groups": ["officers"]}
        await signed_in(somebody_else)
        assert (await browser.post("/sign-out/everywhere", headers=OURS)).status_code == 204
        problem(await browser.get("/api/me"), 401, "not-signed-in")
        problem(await another.get("/api/me"), 401, "not-signed-in")
        assert (await somebody_else.get("/api/me")).json()["id"] == "s-2"


async def test_a_change_of_groups_takes_effect_at_once_wherever_they_are_signed_in(
    browser: httpx2.AsyncClient, product: Product, provider: Pretender
) -> None:
    await signed_in(browser)
    assert (await browser.get("/api/me")).json()["role"] == "officer"
    async with a_browser(product) as another:
        provider.person["groups"] = ["leads", "south"]
        await signed_in(another)
        me = (await browser.get("/api/me")).json()
        assert (me["role"], me["teams"]) == ("supervisor", ["south"])
        provider.person["groups"] = ["kitchen"]
        problem(await signed_in(another), 403, "no-role")
        problem(await browser.get("/api/me"), 403, "no-role")
        problem(await browser.get("/api/cases"), 403, "no-role")
        assert (await browser.post("/sign-out", headers=OURS)).status_code == 204, "they may still go"


async def test_the_provider_can_sign_somebody_out(
    browser: httpx2.AsyncClient, product: Product, provider: Pretender
) -> None:
    ended: tuple[dict[str, Any], ...] = ({"sid": "there-1"}, {"sub": "s-1"})
    provider.person["sid"] = "there-1"
    for whose in ended:
        await signed_in(browser)
        claims = {"sub": None, "sid": None, "events": {BACK_CHANNEL: {}}} | whose
        for wrong in ({"events": {}}, {"nonce": "n"}, {"aud": "another"}, {"exp": 1}, {"sub": None, "sid": None}):
            form = {"logout_token": provider.signed(**claims | wrong)}
            problem(await product.http.post("/sign-out/by-provider", data=form), 400, "no-sign-out")
        assert (await browser.get("/api/me")).status_code == 200
        form = {"logout_token": provider.signed(**claims)}
        assert (await product.http.post("/sign-out/by-provider", data=form)).status_code == 204
        problem(await browser.get("/api/me"), 401, "not-signed-in")
    problem(await product.http.post("/sign-out/by-provider", content=b"", headers=FORM), 400, "no-sign-out")


async def test_the_providers_access_token_is_a_bearer_token(product: Product, provider: Pretender) -> None:
    token = provider.signed(aud="casework-api", groups=["leads", "north"])
    me = await product.http.get("/api/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json() == {"id": "s-1", "name": None, "role": "supervisor", "teams": ["north"]}
    for refused, status in (
        (provider.signed(aud="casework-api", groups=["kitchen"]), 403),
        (provider.signed(groups=["leads"]), 401),
        (provider.signed(aud="casework-api", exp=1), 401),
        (provider.signed(aud="casework-api", iss="casework"), 401),
    ):
        answer = await product.http.get("/api/me", headers={"Authorization": f"Bearer {refused}"})
        assert answer.status_code == status
    local = await product.as_("manager").get("/api/me")
    assert local.json() == {"id": "manager-1", "name": None, "role": "manager", "teams": []}


async def test_where_nobody_can_sign_in_they_are_told_so(settings: Settings, door: Product) -> None:
    async with (
        signing_in_at(settings, f"http://127.0.0.1:{free_port()}") as product,
        a_browser(product) as browser,
    ):
        told = problem(await browser.get("/sign-in"), 503, "sign-in-away")
        assert "again" in told["detail"]
    problem(await door.http.get("/sign-in"), 404, "no-sign-in-here")
